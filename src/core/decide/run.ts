/**
 * The life of the house: start, stop, alarms, prices.
 *
 * Starting is recovering: the settings are adopted, every account is asked for its truth, and no
 * entry is sent before the answer has been compared with the books.
 */

import { canonical } from "../../std/canonical.ts";
import { getIn, valuesOf } from "../../std/trie.ts";
import type { TradeId } from "../model/ids.ts";
import type { InputOf } from "../model/input.ts";
import { reaches } from "../model/levels.ts";
import type { Trade } from "../model/trade.ts";
import { nextRollAfter, tradeDateOf } from "../model/trade-date.ts";
import { sceneOf } from "../scenery.ts";
import { findTrade, openTradesOf } from "../state.ts";
import { breakevenNow, targetLevel } from "../track/milestones.ts";
import { isPending } from "../track/order-states.ts";
import { record, type Turn } from "../turn.ts";
import { isRingKey } from "./alarms.ts";
import { DUTY_KEY } from "./duties.ts";
import { adoptFirms, adoptKept } from "./firm-terms.ts";
import { closeFirmDays } from "./firm-watch.ts";
import { keepLimits } from "./kept-limits.ts";
import { isLookKey, lookAtAll, lookByAlarm } from "./look.ts";
import { isLossKey } from "./loss-alarms.ts";
import { noticesOn } from "./notices.ts";
import { dropPostponed, POSTPONED_KEY } from "./postponed.ts";
import { ATTENDANCE_KEY } from "./presence.ts";
import { APPROVALS_KEY, withdrawAll } from "./withdraw.ts";

const ROLL_KEY = "roll";
/** Alarms of the house that concern no trade; they are heard elsewhere in the step. */
const OTHER_KEYS: ReadonlySet<string> = new Set([
  DUTY_KEY,
  POSTPONED_KEY,
  APPROVALS_KEY,
  ATTENDANCE_KEY,
]);

export function decideStart(turn: Turn, input: InputOf<"start">): void {
  const { at, mode, version, settings, priceAgeMax, reduceBecause, push } = input;
  const present = input.attended === true ? ({ attended: true } as const) : {};
  const asked = push === undefined ? {} : { push };
  record(turn, { at, kind: "RunStarted", mode, version, priceAgeMax, ...present, ...asked });
  const before = turn.state;
  if (canonical(settings) !== canonical(turn.state.settings)) {
    record(turn, { at, kind: "SettingsAdopted", settings });
    keepLimits(turn, before);
  }
  for (const { account, balance } of input.balances) {
    const known = getIn(turn.state.accounts, account) !== undefined;
    if (!known) record(turn, { at, kind: "AccountOpened", account, balance });
  }
  adoptFirms(turn, before);
  beginTradeDate(turn);
  if (reduceBecause !== undefined) closeGate(turn, reduceBecause);
  turn.asks.push({ kind: "WakeAt", key: ROLL_KEY, at: nextRollAfter(at) });
  lookAtAll(turn);
}

/** For every account, until a person says otherwise. */
function closeGate(turn: Turn, reason: string): void {
  record(turn, { at: turn.at, kind: "GateMoved", account: null, gate: "reducing", reason });
  // Books of an earlier run are no ground to act on: trades are attended once the venue has spoken.
  turn.touched.clear();
}

function beginTradeDate(turn: Turn): void {
  const tradeDate = tradeDateOf(turn.at);
  // A clock that goes back does not begin an earlier day, which would forget what this one has lost.
  if (turn.state.tradeDate !== null && turn.state.tradeDate >= tradeDate) return;
  const before = turn.state;
  record(turn, { at: turn.at, kind: "TradeDateBegan", tradeDate });
  adoptKept(turn, before);
  closeFirmDays(turn);
  for (const notice of noticesOn(turn.state, tradeDate, turn.quotes))
    record(turn, { at: turn.at, kind: "NoticeGiven", notice });
}

/** Begin: what has not filled is withdrawn. Stops and targets stay where they are. */
export function decideStop(turn: Turn, { stage, reason }: InputOf<"stop">): void {
  if (stage === "end") return record(turn, { at: turn.at, kind: "RunEnded", reason });
  dropPostponed(turn);
  withdrawAll(turn);
  const trades = valuesOf(turn.state.accounts).flatMap((one) => openTradesOf(turn.state, one));
  for (const trade of trades) {
    if (trade.entryEnding !== null || !trade.tranches.some((one) => isPending(one.entry.state)))
      continue;
    record(turn, { at: turn.at, trade: trade.id, kind: "EntryWithdrawn", reason: "shutting down" });
  }
}

export function decideAlarm(turn: Turn, { key }: InputOf<"alarm">): void {
  if (key === ROLL_KEY) {
    beginTradeDate(turn);
    turn.asks.push({ kind: "WakeAt", key, at: nextRollAfter(turn.at) });
  } else if (isLookKey(key)) lookByAlarm(turn, key);
  else if (!isRingKey(key) && !OTHER_KEYS.has(key)) turn.touched.add(key as TradeId);
}

/** A band was left: either the unfilled rest is no longer wanted, or breakeven is due by price. */
export function decidePrice(turn: Turn, { key: name, quote }: InputOf<"price">): void {
  if (isLossKey(name)) return; // heard by whoever watches what the day costs
  const key = name as TradeId;
  turn.touched.add(key);
  const trade = findTrade(turn.state, key);
  if (trade === undefined) return;
  const waiting =
    trade.entryEnding === null && trade.tranches.some((one) => isPending(one.entry.state));
  const best = trade.plan.side === "long" ? quote.high : quote.low;
  const worst = trade.plan.side === "long" ? quote.low : quote.high;
  const first = targetLevel(trade, 0);
  const hitTarget = first !== null && reaches(trade.plan.side, best, first);
  const hitStop = reaches(trade.plan.side, trade.plan.stop, worst);
  if (waiting && (hitTarget || hitStop)) {
    const reason = hitTarget ? "target 1 traded" : "the stop traded";
    record(turn, { at: turn.at, trade: key, kind: "EntryWithdrawn", reason });
  }
  breakevenByPrice(turn, trade, best);
}

function breakevenByPrice(turn: Turn, trade: Trade, best: number): void {
  const level = targetLevel(trade, trade.plan.breakevenAfter - 1);
  if (level === null || !reaches(trade.plan.side, best as typeof level, level)) return;
  const resting = trade.tranches.some(
    (one) =>
      one.targetIndex < trade.plan.breakevenAfter && one.entered.quantity > one.exited.quantity,
  );
  // Contracts that rest at that target say it better, by filling.
  if (!resting) record(turn, ...breakevenNow(trade, sceneOf(turn, trade), "price"));
}
