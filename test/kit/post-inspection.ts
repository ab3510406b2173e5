/**
 * Looks through the post: whatever the policy names is told or waits to be told, and nothing is told
 * under two ids. It goes by what lies in the outbox and by what the other side saw.
 */
import type { Fact } from "../../src/core/model/fact.ts";
import type { Letter } from "../../src/core/model/notification.ts";
import type { Addressing } from "../../src/core/notify/policy.ts";
import type { MemoryOutbox } from "./memory-outbox.ts";

/** What the other side of one channel or of all saw, in order. */
export interface Seen {
  readonly tries: readonly Letter[];
  readonly taken: readonly Letter[];
}

/** A slip for every fact that is to be told, and no other. */
export function slipTroubles(
  { slips }: MemoryOutbox,
  facts: readonly Fact[],
  addressing: Addressing,
): readonly string[] {
  const kept = new Set(slips.map(({ sequence, channel }) => `${sequence} ${channel}`));
  const wanted = addressing(facts).map(({ index, channel }) => `${index + 1} ${channel}`);
  const lost = wanted.filter((slip) => !kept.has(slip));
  const more = slips.length - (wanted.length - lost.length);
  return [
    ...lost.map((slip) => `there is no slip ${slip}`),
    ...(more > 0 ? [`${more} slips are for nothing that is to be told`] : []),
  ];
}

export function letterTroubles(
  { letters }: MemoryOutbox,
  { tries, taken }: Seen,
): readonly string[] {
  const found: string[] = [];
  const bodies = new Map<string, string>();
  for (const letter of tries) {
    const body = JSON.stringify(letter);
    if ((bodies.get(letter.id) ?? body) !== body) found.push(`${letter.id} has two texts`);
    bodies.set(letter.id, body);
  }
  const kept = new Map(letters.map((one) => [idIn(one), one]));
  for (const id of bodies.keys())
    if (!kept.has(id)) found.push(`${id} was sent and is in no outbox`);
  const arrived = new Set(taken.map(({ id }) => id));
  for (const [id, { state }] of kept)
    if (state === "sent" && !arrived.has(id)) found.push(`${id} is noted and was never taken`);
  return found;
}

/** Once the channels are well again and had their time: each item in one letter that arrived, or named. */
export function endTroubles({ slips, letters }: MemoryOutbox): readonly string[] {
  const loose = slips.filter(({ letter }) => letter === null);
  const open = letters.filter(({ state }) => state === "waiting" || state === "expired");
  const told = letters.flatMap((one) => (one.kind === "letter" ? itemsIn(one) : [])).toSorted();
  const wanted = slips.flatMap(({ words }) => words ?? []).toSorted();
  return [
    ...loose.map(({ sequence, channel }) => `slip ${sequence} ${channel} is in no letter`),
    ...open.map((one) => `${idIn(one)} is still ${one.state}`),
    ...(told.join("\n") === wanted.join("\n") ? [] : ["what is told is not what was to be told"]),
  ];
}

interface Kept {
  readonly body: string;
}

const letterIn = ({ body }: Kept): Letter => JSON.parse(body);
const idIn = (kept: Kept): string => letterIn(kept).id;
const itemsIn = (kept: Kept): readonly string[] =>
  letterIn(kept).items.map((item) => JSON.stringify(item));
