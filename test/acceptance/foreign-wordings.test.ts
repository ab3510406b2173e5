/**
 * Options, currencies and the JSON of trading platforms beyond the labelled corpus: one wording a
 * line of `test/data/alerts/foreign.jsonl`, as many that must not be read as such that must.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseIso } from "../../src/core/model/iso-time.ts";
import type { Embed } from "../../src/core/model/message.ts";
import type { Tracked } from "../../src/core/model/tracked.ts";
import { millis } from "../../src/core/model/units.ts";
import { toCorpusResult } from "../../src/core/parse/record.ts";
import { read, reading } from "../kit/posted.ts";

interface Wording {
  readonly text: string;
  readonly embeds?: readonly Embed[];
  /** When it was posted; left out for a Tuesday. */
  readonly at?: string;
  readonly reads: string;
}

const TUESDAY = "2025-09-16T10:05:00-04:00";

function lines(): readonly Wording[] {
  const file = new URL("../data/alerts/foreign.jsonl", import.meta.url);
  const texts = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return texts.map((line) => JSON.parse(line) as Wording);
}

/** `open SPY 662C 2025-09-19 2.5 x5 t30% sl50% #LOTTO`, or as a future; `none`, `review`. */
function shown({ text, embeds = [], at = TUESDAY }: Wording): string {
  const sentAt = parseIso(at) ?? millis(0);
  const parsed = read(text, { embeds, sentAt });
  if (parsed.kind === "none") return parsed.review ? "review" : "none";
  if (parsed.kind === "tracked") return parsed.tracked.map(trackedShown).join(" + ");
  const { quantity } = toCorpusResult(parsed) as { readonly quantity?: number };
  const future = reading(text, { embeds, sentAt });
  return quantity === undefined ? future : `${future} x${quantity}`;
}

function trackedShown(one: Tracked): string {
  const { contract, quantity } = one;
  const name =
    contract.asset === "option"
      ? `${contract.symbol} ${contract.strike}${contract.right === "call" ? "C" : "P"} ${contract.expiry}`
      : contract.symbol;
  const count = quantity === null ? "" : `x${quantity}`;
  if (one.kind === "update") {
    const share = one.share === null ? "?" : one.share / 1000;
    return spaced(one.action, name, one.price, one.action === "trim" && share, count);
  }
  const targets = [...one.targets, ...one.targetsPct.map((percent) => `${percent}%`)].join("/");
  return spaced(
    contract.asset === "option" ? "open" : one.side,
    ...[name, one.entry, count, one.stop !== null && `sl${one.stop}`],
    ...[targets !== "" && `t${targets}`, one.stopPct !== null && `sl${one.stopPct}%`],
    ...one.tags.map((tag) => `#${tag}`),
  ).replace(/(sl\S+) (t\S+)/, contract.asset === "option" ? "$2 $1" : "$1 $2");
}

const spaced = (...words: readonly unknown[]): string => words.filter(Boolean).join(" ");

test("options, currencies and JSON are read as what they say, or not at all", () => {
  const wordings = lines();
  const isRead = ({ reads }: Wording) => reads !== "none" && reads !== "review";
  expect(wordings.filter(isRead).length).toBeGreaterThanOrEqual(100);
  expect(wordings.filter((one) => !isRead(one)).length).toBeGreaterThanOrEqual(100);
  const wrong = wordings
    .map((one) => ({ text: one.text, got: shown(one), reads: one.reads }))
    .filter(({ got, reads }) => got !== reads);
  expect(wrong).toEqual([]);
});
