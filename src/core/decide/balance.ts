/**
 * Our cash against the venue's, to the cent, whenever an account is flat.
 *
 * Every fill is booked with its price and its fees, so the two figures are the same, or something
 * has happened that nobody here knows of. The venue may book a fee later than the fill, and what it
 * says of cash may be older than what it says of orders, so the same difference has to stand for a
 * minute and a half; then the books follow, and nobody enters until a person has looked.
 */

import type { VenueReport } from "../model/venue.ts";
import { showMoney } from "../model/wording.ts";
import { accountOf } from "../state.ts";
import { record, type Turn } from "../turn.ts";

type Snapshot = Extract<VenueReport, { kind: "snapshot" }>;

const STANDS = 90_000;
/** What the venue says of cash is at most so much older than what it says of fills; clocks differ. */
const LAG_MAX = 15_000;

/**
 * It was compared. A run that is new takes the venue's cash over; but where something filled a moment
 * ago the figure may still be the one from before, and the books know better: then it waits.
 */
export function settle(turn: Turn, { account, askedAt, balance, fills }: Snapshot): void {
  const { settled, adopts, open, balance: ours } = accountOf(turn.state, account);
  const isYoung = fills.some(({ at }) => at > askedAt - LAG_MAX);
  const lags = adopts === true && open.length === 0 && isYoung;
  if (settled && lags) return;
  // Later in a run the venue's figure may be older than the last fill; it is compared by itself.
  const isTaken = open.length > 0 || (adopts === true && !lags);
  record(turn, {
    ...{ at: turn.at, kind: "AccountSettled", account, balance: isTaken ? balance : ours },
    ...(lags && { lags }),
  });
}

/** Only of an account whose contracts agree, and that was compared before in this run. */
export function compareBalance(turn: Turn, snapshot: Snapshot): void {
  const { account: id, askedAt, balance: theirs } = snapshot;
  const { at } = turn;
  const account = accountOf(turn.state, id);
  const { balance: ours, unbalanced } = account;
  if (account.open.length > 0 || (ours === theirs && unbalanced === undefined)) return;
  const settled = { at, kind: "AccountSettled", account: id, balance: theirs } as const;
  if (ours === theirs) return record(turn, settled);
  if (unbalanced?.theirs !== theirs || unbalanced.ours !== ours)
    return record(turn, { at, kind: "BalanceDiffered", account: id, ours, theirs, askedAt });
  if (askedAt < unbalanced.askedAt + STANDS) return;
  const detail = `${showMoney(ours)} in the books, ${showMoney(theirs)} at the venue`;
  const reason = "the venue's cash differs from the books";
  record(
    turn,
    { at, kind: "IncidentFound", account: id, trade: null, what: "balance-differs", detail },
    ...(account.gate === "active"
      ? [{ at, kind: "GateMoved", account: id, gate: "reducing", reason } as const]
      : []),
    settled,
  );
}
