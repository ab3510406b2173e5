/**
 * Chats lose the order of what they carry, and deliver things twice. Neither may end in more than
 * the author meant.
 */
import { describe, expect, it } from "vitest";
import { chance } from "../../../../src/std/seeded.ts";
import {
  conversation,
  type Ending,
  endingsOf,
  type Heard,
  onTime,
} from "../../../kit/conversation.ts";

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);
/** Time enough for one message's orders before the next is heard. */
const APART = 350;

/** Every message once or twice more, at any time after the first. */
const doubled = (seed: number, heard: readonly Heard[]): readonly Heard[] =>
  heard.flatMap((one, index) => {
    const again = { ...one, after: one.after + 1 + (chance(seed, "again", index) % 9_000) };
    return chance(seed, "double", index) % 2 === 0 ? [one, again] : [one];
  });

/** In the order it was said, later and later. */
function late(seed: number, heard: readonly Heard[]): readonly Heard[] {
  let last = -APART;
  return heard.map((one, index) => {
    const after = Math.max(one.after + (chance(seed, "late", index) % 4_000), last + APART);
    last = after;
    return { ...one, after };
  });
}

/** In any order, everything before the oldest of it is stale. */
function shuffled(seed: number, heard: readonly Heard[]): readonly Heard[] {
  const order = heard
    .map((one, index) => ({ one, key: chance(seed, "shuffle", index) }))
    .toSorted((a, b) => a.key - b.key);
  const from = Math.max(...heard.map(({ after }) => after));
  return order.map(({ one }, index) => ({ ...one, after: from + index * APART }));
}

interface Exposure {
  readonly held: number;
  readonly risk: number;
}

const exposure = (endings: readonly Ending[], product: string): Exposure =>
  endings
    .filter((one) => one.product === product)
    .reduce((sum: Exposure, { held, risk }) => ({ held: sum.held + held, risk: sum.risk + risk }), {
      held: 0,
      risk: 0,
    });

describe("what an author said", () => {
  const ends: number[] = [];

  it.each(SEEDS)("ends the same when it is heard twice, and late, in its order (%d)", (seed) => {
    const said = onTime(conversation(seed, { namesClosed: false }));
    const endings = endingsOf(said);
    ends.push(endings.reduce((sum, one) => sum + one.held, 0));
    expect(endingsOf(doubled(seed, late(seed, said)))).toEqual(endings);
  });

  it.each(SEEDS)("ends in no more than that when it is heard in any order (%d)", (seed) => {
    const said = onTime(conversation(seed, { namesClosed: true }));
    const meant = endingsOf(said);
    const got = endingsOf(doubled(seed, shuffled(seed, said)));
    for (const product of ["MES", "MNQ"]) {
      const most = exposure(meant, product);
      const { held, risk } = exposure(got, product);
      expect(held, product).toBeLessThanOrEqual(most.held);
      expect(risk, product).toBeLessThanOrEqual(most.risk);
    }
  });

  it("ends flat, reduced and whole in these conversations", () => {
    expect(new Set(ends).size).toBeGreaterThan(3);
  });
});
