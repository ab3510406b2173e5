/** What is read of options, currencies and JSON, in one line each. */

import { parseIso } from "../../src/core/model/iso-time.ts";
import type { Embed } from "../../src/core/model/message.ts";
import type { Tracked } from "../../src/core/model/tracked.ts";
import { millis } from "../../src/core/model/units.ts";
import { toCorpusResult } from "../../src/core/parse/record.ts";
import { read, reading } from "./posted.ts";

export interface Posting {
  readonly text: string;
  readonly embeds?: readonly Embed[];
  /** When it was posted; left out for a Tuesday. */
  readonly at?: string;
}

const TUESDAY = "2025-09-16T10:05:00-04:00";

/** `open SPY 662C 2025-09-19 2.5 x5 t30% sl50% #LOTTO`, or as a future; `none`, `review`. */
export function foreignReading({ text, embeds = [], at = TUESDAY }: Posting): string {
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
