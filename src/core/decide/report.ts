/**
 * What a venue said, turned into facts about the trades it concerns.
 *
 * Answers, events and snapshots all end in the same few readings: an event is a hint, a snapshot is
 * the truth as of when it was asked for, and both are compared with the books. Orders that are not
 * ours are reported once and never touched.
 */
import { unreachable } from "../../std/assert.ts";
import { getIn, valuesOf } from "../../std/trie.ts";
import { CLOCK_OFF_MAX } from "../model/account.ts";
import { type AccountId, readName, tradeOfTag } from "../model/ids.ts";
import type { InputOf } from "../model/input.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Trade } from "../model/trade.ts";
import { enteredOf } from "../model/trade-sums.ts";
import type { VenueFill, VenueOrder, VenueReport } from "../model/venue.ts";
import { sceneOf } from "../scenery.ts";
import { accountOf, findTrade, openTradesOf, rulesOf, tradeOf } from "../state.ts";
import { leaveBeyondTarget } from "../track/leave-tranche.ts";
import { anchorTargets } from "../track/milestones.ts";
import { isOver } from "../track/phases.ts";
import { readAnswer } from "../track/read-answer.ts";
import { readCloseFill, readEntryFill, readExitFill } from "../track/read-fill.ts";
import {
  placeOf,
  type Reading,
  readAbsence,
  readEntryOrder,
  readLegAbsence,
  readLegOrder,
} from "../track/read-order.ts";
import { record, type Turn } from "../turn.ts";
import { compareBalance, settle } from "./balance.ts";
import { lookAgain, lookAtNews } from "./look.ts";
import { tradeOverlooked } from "./overlooked.ts";
import { comparePositions } from "./positions.ts";
import { cancelOrphans, reportStranger } from "./stranger.ts";

export function decideReport(turn: Turn, { report }: InputOf<"report">): void {
  const before = turn.state;
  if (getIn(before.accounts, report.account) === undefined) return;
  hear(turn, report);
  if (report.kind !== "snapshot" && report.kind !== "link")
    lookAtNews(turn, before, report.account);
}

function hear(turn: Turn, report: VenueReport): void {
  switch (report.kind) {
    case "answer":
      return hearAnswer(turn, report);
    case "order":
      return hearOrder(turn, report.account, report.order, { at: turn.at, askedAt: null });
    case "fill":
      return hearFill(turn, report.account, report.fill);
    case "snapshot":
      return hearSnapshot(turn, report);
    case "link":
      return hearLink(turn, report);
    case "clock":
      return hearClock(turn, report);
    case "barred":
      return shutGate(turn, report.account, report.reason);
    default:
      return unreachable(report);
  }
}

/** Whether it broke off or goes on, something may have been missed: compare anew, at once. */
function hearLink(turn: Turn, { account, state }: Extract<VenueReport, { kind: "link" }>): void {
  if (state === "down" && accountOf(turn.state, account).link?.state === "down") return;
  const before = turn.state;
  record(turn, { at: turn.at, kind: "LinkMoved", account, state });
  lookAgain(turn, before, account);
}

/** Only that it parts and that it is together again is a fact; in between it may drift as it likes. */
function hearClock(turn: Turn, { account, offset }: Extract<VenueReport, { kind: "clock" }>): void {
  const isSound = Math.abs(offset) <= CLOCK_OFF_MAX;
  const wasSound = accountOf(turn.state, account).clockOff === undefined;
  if (isSound === wasSound) return;
  record(turn, { at: turn.at, kind: "ClockMoved", account, offset, isSound });
}

function hearAnswer(turn: Turn, { id, outcome }: Extract<VenueReport, { kind: "answer" }>): void {
  const named = readName(id);
  const trade = named && findTrade(turn.state, named.trade);
  if (!named || !trade) return;
  record(turn, ...readAnswer(trade, named, outcome, turn.at));
  if (outcome.kind === "refused" && outcome.code === "brackets-unsupported")
    shutGate(turn, trade.account, NO_BRACKETS);
}

/** Every entry would be refused, or worse: it would stand there without its stop. */
const NO_BRACKETS =
  "the venue refuses brackets on this account; set it to Auto OCO Brackets there, while it is flat";

function shutGate(turn: Turn, account: AccountId, reason: string): void {
  if (accountOf(turn.state, account).gate !== "active") return;
  record(turn, { at: turn.at, kind: "GateMoved", account, gate: "reducing", reason });
}

/** The trade of ours an order or fill names, by its own tag or its parent's. */
function tradeNamed(
  turn: Turn,
  { tag, parent }: { tag: string | null; parent: string | null },
): Trade | undefined {
  const id = tradeOfTag(parent ?? tag);
  return id === null ? undefined : findTrade(turn.state, id);
}

function hearOrder(turn: Turn, account: AccountId, order: VenueOrder, reading: Reading): void {
  const trade = tradeNamed(turn, order);
  const place = trade && placeOf(trade, order);
  if (!trade || !place) return reportStranger(turn, account, order);
  if (place.role === "entry") record(turn, ...readEntryOrder(trade, place.tranche, order, reading));
  else record(turn, ...readLegOrder(trade, place.tranche, place.role, order, reading));
  // A leg of a trade that is over should not work: look now, not when the next list is due.
  const isLate = reading.askedAt === null && order.status === "working" && isOver(trade.phase);
  if (isLate) turn.asks.push({ kind: "AskVenue", account, since: trade.plannedAt });
}

function hearFill(turn: Turn, account: AccountId, fill: VenueFill): void {
  if (fill.role === "close") return hearCloseFill(turn, account, fill);
  const trade = tradeNamed(turn, fill);
  if (!trade || trade.fills.includes(fill.fill)) return;
  const place = placeOf(trade, fill);
  if (!place) return;
  turn.fill = fill;
  if (place.role !== "entry")
    return record(turn, ...readExitFill(trade, place.tranche, place.role, fill, turn.at));
  record(turn, ...readEntryFill(trade, place.tranche, fill, turn.at));
  const filled = tradeOf(turn.state, trade.id);
  record(
    turn,
    ...anchorTargets(filled, turn.at),
    ...leaveBeyondTarget(filled, place.tranche, fill.price, sceneOf(turn, filled)),
  );
  leaveIfReplaced(turn, filled);
}

/**
 * A trade that fills after it was given up, when its place has been taken: two would be too many.
 * Taken by a later one, or by one that was given up before it and filled late as well.
 */
function leaveIfReplaced(turn: Turn, trade: Trade): void {
  const account = accountOf(turn.state, trade.account);
  const family = instrumentOf(trade.plan.instrument).family;
  const mayAdd = rulesOf(turn.state, account).adds === "allow";
  const taken = openTradesOf(turn.state, account).some(
    (one) =>
      one.id !== trade.id &&
      (one.number > trade.number || isIn(one)) &&
      instrumentOf(one.plan.instrument).family === family &&
      !(mayAdd && one.plan.side === trade.plan.side),
  );
  if (trade.exit !== null || !taken) return;
  record(turn, { at: turn.at, trade: trade.id, kind: "ExitBegun", reason: "late-fill" });
}

/** It filled before, and stays. */
const isIn = (trade: Trade): boolean => trade.exit === null && enteredOf(trade).quantity > 0;

/** A fill older than the trades it could belong to is history from a list, and was booked then. */
function hearCloseFill(turn: Turn, account: AccountId, fill: VenueFill): void {
  const trades = openTradesOf(turn.state, accountOf(turn.state, account));
  const concerned = trades.filter(
    (trade) => trade.plan.contract === fill.contract && trade.plannedAt <= fill.at,
  );
  if (isBooked(turn, fill)) return;
  if (concerned.length === 0) return lookIfOverlooked(turn, account, fill);
  const facts = readCloseFill(concerned, fill, { at: turn.at, fromList: turn.truth !== null });
  record(turn, ...facts);
  for (const trade of concerned) {
    if (
      trade.part?.stage !== "closing" ||
      !facts.some((fact) => "trade" in fact && fact.trade === trade.id)
    )
      continue;
    record(turn, { at: turn.at, trade: trade.id, kind: "TrimEnded", how: "filled" });
  }
}

/** It met the last legs of a trade that looked over: more left than was held, so look now. */
function lookIfOverlooked(turn: Turn, account: AccountId, fill: VenueFill): void {
  const trade = tradeOverlooked(valuesOf(turn.state.trades), account, fill);
  if (turn.truth === null && trade !== undefined)
    turn.asks.push({ kind: "AskVenue", account, since: trade.plannedAt });
}

/** By any trade of today, also one that is over. */
const isBooked = (turn: Turn, { fill }: VenueFill): boolean =>
  valuesOf(turn.state.trades).some((trade) => trade.fills.includes(fill));

/** A list reaches back days; what ended of trades that are over needs no second look. */
function isOfInterest(turn: Turn, { status, parent, tag }: VenueOrder): boolean {
  if (status === "working" || status === "suspended") return true;
  const id = tradeOfTag(parent ?? tag);
  const trade = id === null ? undefined : findTrade(turn.state, id);
  return trade !== undefined && !isOver(trade.phase);
}

type Snapshot = Extract<VenueReport, { kind: "snapshot" }>;

function hearSnapshot(turn: Turn, snapshot: Snapshot): void {
  const { account, askedAt } = snapshot;
  const reading = { at: turn.at, askedAt };
  turn.truth = snapshot;
  for (const order of snapshot.orders)
    if (isOfInterest(turn, order)) hearOrder(turn, account, order, reading);
  for (const fill of snapshot.fills) hearFill(turn, account, fill);
  for (const trade of openTradesOf(turn.state, accountOf(turn.state, account)))
    hearAbsences(turn, trade, snapshot);
  cancelOrphans(turn, snapshot);
  const agrees = comparePositions(turn, snapshot);
  // A list asked for before the gap cannot tell what was missed in it.
  const { settled, link, adopts } = accountOf(turn.state, account);
  if (!agrees) return;
  tellFlat(turn, snapshot);
  if (settled && adopts !== true) compareBalance(turn, snapshot);
  else if (askedAt >= (link?.at ?? askedAt)) settle(turn, snapshot);
}

/** In a list that agrees with books that hold nothing, nothing is held; and nothing may be at work. */
function tellFlat(turn: Turn, { account, askedAt, orders }: Snapshot): void {
  const { flattening, open } = accountOf(turn.state, account);
  if (flattening === undefined || askedAt < flattening || open.length > 0) return;
  const isAtWork = orders.some(({ status }) => status === "working" || status === "suspended");
  if (!isAtWork) record(turn, { at: turn.at, kind: "AccountFlat", account });
}

const LEGS = ["stop", "target"] as const;

function hearAbsences(turn: Turn, trade: Trade, { orders, askedAt }: Snapshot): void {
  const reading = { at: turn.at, askedAt };
  // What lives stands first in the list, so this mostly looks at its first few rows.
  const isListed = (name: string | null): boolean =>
    orders.some((order) => order.tag === name || order.order === name);
  turn.touched.add(trade.id);
  for (const [index, tranche] of trade.tranches.entries()) {
    if (!isListed(tranche.entry.tag)) record(turn, ...readAbsence(trade, index, reading));
    for (const side of LEGS) {
      const leg = tranche[side];
      if (leg === null || isListed(leg.tag ?? leg.order)) continue;
      record(turn, ...readLegAbsence(trade, index, side, reading));
    }
  }
}
