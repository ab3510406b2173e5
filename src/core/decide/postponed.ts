/**
 * Re-entries that wait until the trade before them is over.
 *
 * ```text
 * re-entry ─► ReentryPostponed ─┬─ the last trade it waits for ends ─► judged as if just heard
 *                               └─ its age limit comes first ───────► refused: stale
 * ```
 *
 * So there are never two trades at once, and never a late one: the same age limit holds that holds
 * for every alert. What waits is part of the state and survives a restart; then the account must
 * agree with the venue first, like for any entry.
 */
import { valuesOf } from "../../std/trie.ts";
import { type Account, isCompared } from "../model/account.ts";
import type { Input } from "../model/input.ts";
import { type Millis, millis } from "../model/units.ts";
import { accountOf, findTrade, type Postponed, type State } from "../state.ts";
import { isOver } from "../track/phases.ts";
import { record, type Turn } from "../turn.ts";
import { PLAIN } from "./freshness.ts";
import { judgeFor, readingsOf } from "./verdict.ts";

/** One alarm for all of them, at the first deadline. */
export const POSTPONED_KEY = "postponed";

/** True when something was decided; `before` is the state the turn began with. */
export function settlePostponed(turn: Turn, before: State, input: Input): boolean {
  if (before.postponed.size === 0 && turn.state.postponed.size === 0) return false;
  const known = turn.facts.length;
  for (const waiting of valuesOf(turn.state.postponed))
    for (const one of waiting) settle(turn, one);
  const isSpent = input.kind === "start" || (input.kind === "alarm" && input.key === POSTPONED_KEY);
  if (isSpent || turn.state.postponed !== before.postponed) setAlarm(turn);
  return turn.facts.length > known;
}

function settle(turn: Turn, one: Postponed): void {
  const { at, state } = turn;
  const account = accountOf(state, one.account);
  const limit = ageMaxOf(state, account);
  const age = millis(at - one.sentAt);
  if (age > limit) {
    const refusal = { kind: "stale", age, limit } as const;
    const { message } = one;
    record(turn, { at, message, account: account.id, kind: "TradeRefused", refusal });
  } else if (isCompared(account) && one.trades.every((id) => isGone(state, id))) {
    const { message: ref, alert, author, sentAt } = one;
    const heard = { ref, alert, author, sentAt, isReentry: true, ...PLAIN };
    record(turn, judgeFor(turn, account, readingsOf(heard, []), []));
  }
}

/** The program stops: what has not been entered by now is not entered. */
export function dropPostponed(turn: Turn): void {
  const refusal = { kind: "gate", gate: "reducing", reason: "shutting down" } as const;
  for (const waiting of valuesOf(turn.state.postponed))
    for (const { account, message } of waiting)
      record(turn, { at: turn.at, message, account, kind: "TradeRefused", refusal });
}

function isGone(state: State, id: Postponed["trades"][number]): boolean {
  const trade = findTrade(state, id);
  return trade === undefined || isOver(trade.phase);
}

/** Of rules that are no more, none: what waited for them is refused. */
const ageMaxOf = ({ settings }: State, { rules }: Account): Millis =>
  settings.ruleSets[rules]?.limits.ageMax ?? millis(0);

function setAlarm(turn: Turn): void {
  const deadlines = valuesOf(turn.state.postponed).flatMap((waiting) =>
    waiting.map((one) => one.sentAt + ageMaxOf(turn.state, accountOf(turn.state, one.account)) + 1),
  );
  turn.asks.push(
    deadlines.length === 0
      ? { kind: "LetSleep", key: POSTPONED_KEY }
      : { kind: "WakeAt", key: POSTPONED_KEY, at: millis(Math.min(...deadlines)) },
  );
}
