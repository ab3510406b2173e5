/**
 * Alerts that wait: until the trade before them is over, or until the account is compared with the
 * venue, after a start and after each gap in its reports.
 *
 * ```text
 * re-entry ───► ReentryPostponed ─┬─ compared, and the last trade it waits for over ─► judged anew
 * uncompared ─► AlertHeld ────────┼─ exits only, or halted ──────────────────────────► refused
 *                                 └─ its age limit comes first ──────────────────────► refused
 * ```
 *
 * So there are never two trades at once, nothing enters an account nobody knows, and nothing late: the
 * same age limit holds that holds for every alert, and price, limits and what its author has said since
 * are looked at as if it had just been heard. What waits is part of the state and survives a restart.
 */
import { getIn, valuesOf } from "../../std/trie.ts";
import { type Account, isCompared } from "../model/account.ts";
import type { Fact } from "../model/fact.ts";
import type { Input } from "../model/input.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Refusal } from "../model/refusal.ts";
import { type Millis, millis } from "../model/units.ts";
import { opposedBy, refuseUncompared } from "../risk/account-limits.ts";
import { accountOf, findRuleSet, findTrade, type Postponed, type State } from "../state.ts";
import { isOver } from "../track/phases.ts";
import { record, type Stand, type Turn } from "../turn.ts";
import { PLAIN } from "./freshness.ts";
import { opponentFor, opponentIn } from "./opposing.ts";
import { judgeFor, readingsOf } from "./verdict.ts";

/** One alarm for all of them, at the first deadline. */
export const POSTPONED_KEY = "postponed";

/** True when something was decided; `before` is the state the turn began with. */
export function settlePostponed(turn: Turn, before: State, input: Input): boolean {
  if (before.postponed.size === 0 && turn.state.postponed.size === 0) return false;
  const known = turn.facts.length;
  for (const waiting of touchedBy(input, turn)) for (const one of waiting) settle(turn, one, input);
  const isSpent = input.kind === "start" || (input.kind === "alarm" && input.key === POSTPONED_KEY);
  if (isSpent || turn.state.postponed !== before.postponed) setAlarm(turn);
  return turn.facts.length > known;
}

/**
 * What the venue says of one account decides nothing about the others, unless that one is out of
 * something: whoever is to take the other side may be waiting for it.
 */
function touchedBy(input: Input, { state, facts }: Turn): Iterable<readonly Postponed[]> {
  const { postponed } = state;
  if (input.kind !== "report" || facts.some(({ kind }) => ENDS.has(kind)))
    return valuesOf(postponed);
  const waiting = getIn(postponed, input.report.account);
  return waiting === undefined ? [] : [waiting];
}

const ENDS: ReadonlySet<Fact["kind"]> = new Set(["TradeClosed", "TradeAbandoned"] as const);

function settle(turn: Turn, one: Postponed, input: Input): void {
  const { at, state } = turn;
  const account = accountOf(state, one.account);
  const limit = ageMaxOf(state, account);
  const age = millis(at - one.sentAt);
  const isFree = one.trades.every((id) => isGone(state, id));
  if (age > limit) {
    // After a long absence its age says it better than what was not known in between.
    const uncompared = isFree && input.kind !== "start" ? refuseUncompared(account) : null;
    const refusal =
      uncompared ?? refuseBehind(turn, one) ?? ({ kind: "stale", age, limit } as const);
    const { message } = one;
    record(turn, { at, message, account: account.id, kind: "TradeRefused", refusal });
  } else if (
    account.gate !== "active" ||
    (isCompared(account) && isFree && behindWhom(turn, one)?.isLeaving !== true)
  ) {
    const { message: ref, alert, author, sentAt, isReentry } = one;
    const heard = { ref, alert, author, sentAt, isReentry, ...PLAIN };
    record(turn, judgeFor(turn, account, readingsOf(heard, []), []));
  }
}

/** The other side of the family, as another account still has it. */
function behindWhom(turn: Turn, { account, alert, isReentry }: Postponed): Stand | null {
  if (!isReentry) return null;
  const { family } = instrumentOf(alert.instrument);
  return opponentFor(turn, accountOf(turn.state, account), family, alert.side);
}

function refuseBehind(turn: Turn, one: Postponed): Refusal | null {
  const stand = behindWhom(turn, one);
  const { family } = instrumentOf(one.alert.instrument);
  return stand === null ? null : opposedBy(opponentIn(stand), family);
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
const ageMaxOf = (state: State, { rules }: Account): Millis =>
  findRuleSet(state, rules)?.limits.ageMax ?? millis(0);

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
