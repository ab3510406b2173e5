/**
 * Keeps the entry orders of a trade moving: the next tranche out, the unfilled ones back in.
 *
 * Entries are sent one after the other. When the fate of one is unknown, or it was refused, the
 * rest stay home: a smaller trade is safe, a doubled one is not.
 */
import type { Fact } from "../model/fact.ts";
import type { EntryOrder, Trade, Tranche } from "../model/trade.ts";
import { millis } from "../model/units.ts";
import { isLive, isPending } from "./order-states.ts";
import { PATIENCE, type Scene } from "./scene.ts";

export function sendNext(trade: Trade, { at, compared }: Scene): readonly Fact[] {
  const tranche = trade.tranches.findIndex((one) => one.entry.state === "planned");
  const before = trade.tranches[tranche - 1]?.entry;
  if (before === undefined) return [];
  const reason = keepHome(trade, before, at);
  if (reason !== null) return [{ at, trade: trade.id, tranche, kind: "EntryNotSent", reason }];
  return before.order === null || !compared
    ? []
    : [{ at, trade: trade.id, tranche, kind: "EntrySent" }];
}

function keepHome(trade: Trade, before: EntryOrder, at: number): string | null {
  if (trade.entryEnding !== null) return trade.entryEnding;
  if (at >= trade.entryUntil) return "not filled in time";
  const { state } = before;
  return state === "unknown" || state === "rejected" || state === "not-sent"
    ? `the tranche before it is ${state}`
    : null;
}

/** So long an entry may be without an answer before a person is told. */
export const DOUBT_AFTER = 10_000;

/** It is looked for all the time; a person may be faster at finding out on the platform. */
export function tellDoubt(trade: Trade, { at }: Scene): readonly Fact[] {
  const { id, account, doubted } = trade;
  const isLost = ({ entry }: Tranche): boolean =>
    entry.state === "unknown" && entry.sentAt !== null && at >= entry.sentAt + DOUBT_AFTER;
  const tranche = doubted === true ? -1 : trade.tranches.findIndex(isLost);
  if (tranche === -1) return [];
  const detail = `entry ${tranche + 1} was sent and neither answered nor found`;
  return [{ at, account, trade: id, kind: "IncidentFound", what: "outcome-unknown", detail }];
}

/** With a feed of bars the time-out counts from the first print in which the entry could have filled. */
export function startClock(trade: Trade, { at, lastQuote }: Scene): readonly Fact[] {
  const { expiresAt, timeout } = trade.plan;
  if (trade.isEntryTimed || trade.entryEnding !== null || timeout === undefined) return [];
  if (lastQuote === null || lastQuote.at <= trade.plannedAt) return [];
  if (!trade.tranches.some((one) => isPending(one.entry.state))) return [];
  const from = lastQuote.at;
  const until = millis(Math.min(expiresAt, from + timeout));
  return [{ at, trade: trade.id, kind: "EntryClockStarted", from, until }];
}

/** Time is up, or the trade has already been decided without the rest of it. */
export function withdraw(trade: Trade, scene: Scene): readonly Fact[] {
  if (trade.entryEnding !== null || !trade.tranches.some((one) => isPending(one.entry.state)))
    return [];
  const reason = reasonToWithdraw(trade, scene);
  const { at } = scene;
  return reason === null ? [] : [{ at, trade: trade.id, kind: "EntryWithdrawn", reason }];
}

function reasonToWithdraw(trade: Trade, { at, mayEnter, entriesEnd }: Scene): string | null {
  if (trade.exit !== null) return "the trade is being left";
  if (!mayEnter) return "no entries are allowed";
  if (trade.targetsHit > 0) return "target 1 traded";
  if (trade.tranches.some((one) => (one.stop?.filled ?? 0) > 0)) return "the stop traded";
  if (at >= trade.entryUntil) return "not filled in time";
  return entriesEnd !== null && at >= entriesEnd ? "entries end at this hour" : null;
}

/** Asks for the cancel of what still works, and asks again until the venue confirms. */
export function cancelEntries(trade: Trade, { at }: Scene): readonly Fact[] {
  if (trade.entryEnding === null) return [];
  return trade.tranches.flatMap(({ entry }, tranche): readonly Fact[] => {
    if (!isLive(entry.state) || entry.order === null) return [];
    if (entry.cancelAskedAt !== null && at < entry.cancelAskedAt + PATIENCE) return [];
    return [{ at, trade: trade.id, tranche, kind: "EntryCancelAsked", order: entry.order }];
  });
}
