/**
 * Scores the parser against the labelled messages in `test/data/alerts`.
 *
 * ```text
 * right         everything as labelled
 * soft          tradable as it is; a target, tag or stop condition differs
 * missed        an alert or update that was not found: costs an opportunity
 * wrong, false  an entry with a wrong number, or one that nobody gave: costs money
 * ```
 */
import { readFileSync } from "node:fs";
import { parseIso } from "../../src/core/model/iso-time.ts";
import type { Message } from "../../src/core/model/message.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { millis } from "../../src/core/model/units.ts";
import { readMessage } from "../../src/core/parse/read-message.ts";
import { toCorpusResult } from "../../src/core/parse/record.ts";

type Part = Readonly<Record<string, unknown>>;
type Labelled = Part & { readonly kind: string; readonly more?: readonly Part[] };

export interface CorpusRow extends Partial<Omit<Message, "text" | "id">> {
  readonly id: string;
  readonly family: string;
  readonly text: string;
  /** When it was posted; of every option whose expiry has to be resolved. */
  readonly ts?: string;
  readonly expect: Labelled;
}

export type Verdict = "right" | "soft" | "missed" | "wrong entry" | "false entry";

const AUTHORS = { ids: [], names: ["JMoney", "twi_jmoney", "Twinsight Bot #7577"] };

export function loadCorpus(
  name: "dev" | "ambiguous" | "held-out-1" | "held-out-2",
): readonly CorpusRow[] {
  const file = new URL(`../data/alerts/${name}.jsonl`, import.meta.url);
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as CorpusRow);
}

/** Families of other markets, which a parser of futures alerts need not read. */
export const isFutures = ({ family }: CorpusRow): boolean =>
  !/^(?:forex|opt_|tv_json|none_options|none_forex)/.test(family);

const messageOf = (row: CorpusRow): Message => ({
  source: "chat-file",
  channel: "alerts",
  id: row.id,
  author: row.author ?? null,
  text: row.text,
  embeds: row.embeds ?? [],
  referenced: row.referenced ?? null,
  event: row.event ?? "create",
  previous: row.previous ?? null,
  sentAt: (row.ts === undefined ? null : parseIso(row.ts)) ?? millis(0),
});

export const readRow = (row: CorpusRow): Labelled =>
  toCorpusResult(readMessage(messageOf(row), { ...OPEN_ROOM, authors: AUTHORS })) as Labelled;

export function judge(expected: Labelled, got: Labelled): Verdict {
  const wanted = partsOf(expected);
  const found = partsOf(got);
  if (count(found, "entry") > count(wanted, "entry")) return "false entry";
  if (wanted.length !== found.length) return "missed";
  const faults = wanted.map((part) => faultOf(part, found));
  if (faults.includes("hard")) return "wrong entry";
  return faults.includes("soft") ? "soft" : "right";
}

/** The first action and all further ones, each with its kind. */
function partsOf(result: Labelled): readonly Part[] {
  if (result.kind === "none") return [];
  const { more = [], ...first } = result;
  return [first, ...more].map((part) => ({ kind: "action" in part ? "update" : "entry", ...part }));
}

const count = (parts: readonly Part[], kind: string): number =>
  parts.filter((part) => part["kind"] === kind).length;

const HARD = [
  ..."kind action instrument side entry stop sizeLabel quantity".split(" "),
  ..."target asset right strike expiry fraction".split(" "),
];
const SOFT = ["targets", "tags", "stopCondition", "price", "targetsPct", "stopPct"];

/** How far the best matching part is from what was wanted. */
function faultOf(wanted: Part, found: readonly Part[]): "none" | "soft" | "hard" {
  const differs = (part: Part) => (key: string) => shown(part[key]) !== shown(wanted[key]);
  const close = found.filter((part) => !HARD.some(differs(part)));
  if (close.length === 0) return "hard";
  return close.some((part) => !SOFT.some(differs(part))) ? "none" : "soft";
}

/** A third is written .3333 there and .333 here. */
const shown = (value: unknown): string =>
  JSON.stringify(typeof value === "number" ? Math.round(value * 1_000) / 1_000 : (value ?? null));
