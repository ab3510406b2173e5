/**
 * The names of orders and fills, counted: so the books know which they have given out.
 *
 * ```text
 * paper-o1  paper-o2  paper-f1 ...   ─ books made anew ─►   paper-mi4x2c80-o1 ...
 * └ series of the account's opening                         └ series of that moment
 * ```
 *
 * A power cut may take the venue's last writes with it. Whoever then shows a name the books have not
 * come to yet remembers something they have lost.
 */
import type { AccountId } from "../model/ids.ts";
import type { Millis } from "../model/units.ts";
import type { PaperAccount } from "./state.ts";

const RADIX = 36;

/** Begins every name given out after the books were made anew. */
export const seriesSince = (account: AccountId, at: Millis): string =>
  `${account}-${at.toString(RADIX)}`;

type Counted = Pick<PaperAccount, "id" | "series" | "orderCount" | "fillCount">;

/** False for a name these books have yet to give out; of any other text, true. */
export function hasGivenOut(account: Counted, name: string): boolean {
  const [, series = "", kind, count] = /^(.*)-([of])(\d+)$/.exec(name) ?? [];
  if (kind === undefined) return true;
  const highest = kind === "o" ? account.orderCount : account.fillCount;
  if (series === account.series) return Number(count) <= highest;
  return !(beginOf(account.id, series) > beginOf(account.id, account.series));
}

/** When a series began; not a number for one of another account. */
function beginOf(account: AccountId, series: string): number {
  if (series === account) return 0;
  const since = series.startsWith(`${account}-`) ? series.slice(account.length + 1) : "";
  return Number.parseInt(since, RADIX);
}
