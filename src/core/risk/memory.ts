/** What an account's limits remember, and what nothing at all looks like. */
import { withOne } from "../../std/list.ts";
import type { Account } from "../model/account.ts";
import type { AccountRisk, Tally } from "../model/account-risk.ts";
import { type Millis, type Money, money } from "../model/units.ts";

export const NOTHING_REMEMBERED: AccountRisk = {
  reached: 0,
  peak: money(0),
  streak: 0,
  entries: [],
  troubles: [],
  slips: [],
  tallies: [],
  tripped: [],
};

export const riskOf = ({ risk }: Pick<Account, "risk">): AccountRisk => risk ?? NOTHING_REMEMBERED;

/** The daily loss allows no entry. */
export const isLockedToday = ({ risk }: Pick<Account, "risk">, at: Millis): boolean =>
  risk?.lock !== undefined && at < risk.lock.until;

/** What it held when the trade date began: what it has, without what the day booked. */
export const openingOf = ({ balance, realisedToday }: Account): Money =>
  money(balance - realisedToday);

/** What a letter's trades are counted under; a source's are under its name. */
export const SIZE_PARTS = { A: "size A", B: "size B", C: "size C" } as const;

/** What alerts of one source, or of one size letter, have come to today. */
export function tallyFor({ tallies }: AccountRisk, part: string): Pick<Tally, "trades" | "net"> {
  let [trades, net] = [0, 0];
  for (const one of tallies) {
    if (!isOfPart(one, part)) continue;
    trades += one.trades;
    net += one.net;
  }
  return { trades, net: money(net) };
}

/** Letters have keys that no channel has. */
const isOfPart = ({ source, channel, size }: Tally, part: string): boolean =>
  source === part || channel === part || (size !== null && SIZE_PARTS[size] === part);

type Cause = Pick<Tally, "source" | "channel" | "size">;

/** With so many more trades of that cause, and so much more made by them. */
export function withTally(
  tallies: AccountRisk["tallies"],
  { source, channel, size }: Cause,
  { trades, net }: Pick<Tally, "trades" | "net">,
): AccountRisk["tallies"] {
  const at = tallies.findIndex(
    (one) => one.source === source && one.channel === channel && one.size === size,
  );
  const known = tallies[at];
  if (known === undefined) return withOne(tallies, { source, channel, size, trades, net });
  const sum = { trades: known.trades + trades, net: money(known.net + net) };
  return tallies.with(at, { source, channel, size, ...sum });
}
