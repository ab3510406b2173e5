/**
 * What a changed format would change: every message read twice, by the old and by the new one.
 *
 * ```text
 * message ─┬─ old format ─► before ─┐
 *          └─ new format ─► after ──┴─► the same: nothing to say · another: shown to a person
 * ```
 *
 * Labelled messages also know what is right. One that was read as labelled and is not any more is
 * worse, and a person should think twice; of stored ones only their reader can say.
 */
import type { Authors, Format } from "../core/model/format.ts";
import type { Message } from "../core/model/message.ts";
import type { Parsed } from "../core/parse/outcome.ts";
import { type ParseSettings, readMessage } from "../core/parse/read-message.ts";
import { toCorpusResult } from "../core/parse/record.ts";
import type { KeptMessage } from "../ports/history.ts";
import { canonical } from "../std/canonical.ts";
import { type NamedRoom, roomFor } from "./configured-rooms.ts";
import { wordsFor } from "./parsed-words.ts";

/** A message, and whose count where it was said. */
export interface Trial {
  readonly message: Message;
  readonly authors: Authors | null;
  /** What it should be read as; left out: nobody has said. */
  readonly label?: Label;
}

export type Label = Readonly<Record<string, unknown>>;

export type Verdict = "better" | "worse" | "other";

export interface Change {
  readonly message: Message;
  readonly before: Parsed;
  readonly after: Parsed;
  readonly verdict: Verdict;
}

/** The messages that were heard in rooms of that format; in all rooms, where none has it yet. */
export function* trialsIn(
  messages: Iterable<Pick<KeptMessage, "message">>,
  rooms: readonly NamedRoom[],
  format: string,
): Iterable<Trial> {
  const isUsed = rooms.some(({ room }) => room.format.name === format);
  for (const { message } of messages) {
    const room = roomFor(rooms, message);
    if (isUsed && room?.format.name !== format) continue;
    yield { message, authors: room?.authors ?? null };
  }
}

export interface Changes {
  readonly read: number;
  readonly changes: readonly Change[];
}

export interface Exchange {
  readonly before: Format;
  readonly after: Format;
}

export function changesIn(trials: Iterable<Trial>, { before, after }: Exchange): Changes {
  const changes: Change[] = [];
  let read = 0;
  for (const { message, authors, label } of trials) {
    read += 1;
    const [was, is] = [before, after].map((format) => outcomeOf(message, { authors, format }));
    if (was === undefined || is === undefined || was.key === is.key) continue;
    const verdict = label === undefined ? "other" : verdictOn(label, was, is);
    changes.push({ message, before: was.parsed, after: is.parsed, verdict });
  }
  return { read, changes };
}

interface Outcome {
  readonly parsed: Parsed;
  readonly result: unknown;
  readonly key: string;
}

function outcomeOf(message: Message, settings: ParseSettings): Outcome {
  const parsed = readMessage(message, settings);
  const result = toCorpusResult(parsed);
  return { parsed, result, key: canonical(result) };
}

function verdictOn(label: Label, before: Outcome, after: Outcome): Verdict {
  const [was, is] = [before, after].map(({ result }) => isAsLabelled(label, result));
  if (was === is) return "other";
  return is ? "better" : "worse";
}

/** What money depends on. Why something is none was never labelled for comparing. */
const DECIDING = ["action", "instrument", "side", "entry", "stop", "sizeLabel"];

function isAsLabelled(label: Label, result: unknown): boolean {
  const got = result as Label; // an object, whatever the message was
  if (label["kind"] !== got["kind"]) return false;
  return (
    label["kind"] === "none" ||
    DECIDING.every((key) => canonical(label[key] ?? null) === canonical(got[key] ?? null))
  );
}

/** Before and after, as lines for a person. */
export const changeLines = ({ before, after, verdict }: Change): readonly string[] => [
  ...wordsFor(before).map((line) => `   before  ${line}`),
  ...wordsFor(after).map((line) => `   after   ${line}`),
  ...(verdict === "other" ? [] : [`   ${verdict} than before: it is labelled`]),
];
