/**
 * The whole trading decision, as one pure function.
 *
 * ```text
 * input ─► decide ─► facts ─► evolve ─► state'
 *             ▲        └────► react ──► effects
 *             └── attend ◄── what should be, compared with what is
 * ```
 *
 * `decide` says what the input itself means. Then every trade it touched is attended: rules compare
 * it with what it should be and add facts until all are content. No clock, no randomness, no I/O:
 * the same state and input give the same step, today, after a restart or in a replay.
 */
import { invariant, unreachable } from "../std/assert.ts";
import { valuesOf } from "../std/trie.ts";
import { watchAlarms } from "./decide/alarms.ts";
import { decideFanOut } from "./decide/answer.ts";
import { decideBackup } from "./decide/backup.ts";
import { decideCommand } from "./decide/command.ts";
import { decideSource, tellDuties } from "./decide/duties.ts";
import { decideGap } from "./decide/gap.ts";
import { decideHealth } from "./decide/health.ts";
import { firstLook } from "./decide/look.ts";
import { setAllLossAlarms, setLossAlarms } from "./decide/loss-alarms.ts";
import { decideMessage } from "./decide/message.ts";
import { settlePostponed } from "./decide/postponed.ts";
import { watchAttendance } from "./decide/presence.ts";
import { decideReload } from "./decide/reload.ts";
import { decideReport } from "./decide/report.ts";
import { newRiskWatch, watchRisk } from "./decide/risk-watch.ts";
import { decideAlarm, decidePrice, decideStart, decideStop } from "./decide/run.ts";
import { settleWaiting } from "./decide/withdraw.ts";
import type { Effect } from "./model/effect.ts";
import type { Fact } from "./model/fact.ts";
import type { TradeId } from "./model/ids.ts";
import type { Input } from "./model/input.ts";
import type { Band } from "./model/quote.ts";
import type { Trade } from "./model/trade.ts";
import type { Millis } from "./model/units.ts";
import { react } from "./react.ts";
import { sceneOf, tradeTimesOf } from "./scenery.ts";
import { findTrade, openTradesOf, type State, tradeOf } from "./state.ts";
import { attend } from "./track/attend.ts";
import { isOver } from "./track/phases.ts";
import { bandOf, wakeTimeOf } from "./track/trade-alarms.ts";
import { newTurn, record, type Turn } from "./turn.ts";

export interface Step {
  readonly state: State;
  readonly facts: readonly Fact[];
  readonly effects: readonly Effect[];
}

export function step(state: State, input: Input): Step {
  const seen = input.kind === "report" ? input.seen : undefined;
  const turn = newTurn(state, input.at, input.quotes, seen);
  decide(turn, input);
  let unattended = attendTouched(state, turn);
  const again = (isNews: boolean): void => {
    if (isNews) unattended = attendTouched(state, turn);
  };
  const watch = newRiskWatch();
  again(watchRisk(turn, watch, input));
  again(settlePostponed(turn, state, input));
  settleWaiting(turn, state, input);
  watchAttendance(turn, input);
  again(watchRisk(turn, watch, input));
  watchAlarms(turn, input);
  tellDuties(turn, input);
  const effects: Effect[] = [];
  for (const fact of turn.facts) effects.push(...react(turn.state, fact));
  for (const ask of turn.asks) effects.push(ask);
  setAlarms(effects, state, { turn, unattended }, input);
  if (input.kind === "start") setAllLossAlarms(effects, turn);
  else setLossAlarms(effects, state, turn, watch);
  return { state: turn.state, facts: turn.facts, effects };
}

function decide(turn: Turn, input: Input): void {
  switch (input.kind) {
    case "start":
      return decideStart(turn, input);
    case "stop":
      return decideStop(turn, input);
    case "message":
      return decideMessage(turn, input);
    case "report":
      return decideReport(turn, input);
    case "alarm":
      return decideAlarm(turn, input);
    case "source":
      return decideSource(turn, input);
    case "price":
      return decidePrice(turn, input);
    case "command":
      return decideCommand(turn, input);
    case "reload":
      return decideReload(turn, input);
    case "backup":
      return decideBackup(turn, input);
    case "gap":
      return decideGap(turn, input);
    case "health":
      return decideHealth(turn, input);
    case "fan-out":
      return decideFanOut(turn, input);
    default:
      return unreachable(input);
  }
}

/** More rounds than any real day needs; reaching it means two rules disagree for ever. */
const ROUNDS_MAX = 64;

/**
 * Trades attended in one step. What one message says is decided for all it binds, at once and
 * durably; carrying it out may take more steps, and a crash between them is one like any other.
 */
export const ATTENDED_MAX = 200;

type Trades = ReadonlySet<TradeId>;

/** Those that were too many; each is woken at once, in a step of its own. */
function attendTouched(before: State, turn: Turn): Trades {
  const rest = new Set<TradeId>();
  let attended = 0;
  // A set being walked also yields what is added meanwhile.
  for (const id of turn.touched) {
    if (tradeBefore(before, turn, id) === undefined) continue;
    if (attended++ < ATTENDED_MAX) attendOne(turn, id);
    else rest.add(id);
  }
  return rest;
}

/** Planned by this very step: its first order is on its way, and nothing else is known of it yet. */
const tradeBefore = (before: State, { planned }: Turn, id: TradeId): Trade | undefined =>
  planned.has(id) ? undefined : findTrade(before, id);

function attendOne(turn: Turn, id: TradeId): void {
  for (let round = 0; ; round++) {
    const trade = tradeOf(turn.state, id);
    const facts = attend(trade, sceneOf(turn, trade));
    if (facts.length === 0) return;
    record(turn, ...facts);
    if (round >= ROUNDS_MAX) invariant(false, `the rules of trade ${id} come to rest`);
  }
}

interface Attended {
  readonly turn: Turn;
  readonly unattended: Trades;
}

/** Re-arms what changed. At a start every trade's alarms are new; a ringing one is spent. */
function setAlarms(
  effects: Effect[],
  before: State,
  { turn, unattended }: Attended,
  input: Input,
): void {
  if (input.kind === "start") {
    for (const account of valuesOf(turn.state.accounts)) {
      for (const trade of openTradesOf(turn.state, account)) {
        setTimeAlarm(effects, null, turn, trade);
        setPriceAlarm(effects, undefined, trade);
      }
    }
    return;
  }
  const [timeRung, priceRung] = rungBy(input);
  for (const id of turn.touched) {
    const was = tradeBefore(before, turn, id);
    const is = findTrade(turn.state, id);
    if (is === undefined) continue;
    const isSame = is === was;
    if (unattended.has(id)) effects.push({ kind: "WakeAt", key: id, at: turn.at });
    else if (!isSame || id === timeRung) {
      const known = id === timeRung || was === undefined ? null : wakeOf(before, was, turn.at);
      setTimeAlarm(effects, known, turn, is);
    }
    if (!isSame || id === priceRung) setPriceAlarm(effects, id === priceRung ? undefined : was, is);
    if (was === undefined || (isOver(was.phase) && !isOver(is.phase)))
      effects.push(firstLook(turn.state, is.account, turn.at));
  }
}

/** The keys of the time alarm and of the price alarm that this input has spent. */
const rungBy = (input: Input): readonly [string | null, string | null] => [
  input.kind === "alarm" ? input.key : null,
  input.kind === "price" ? input.key : null,
];

const wakeOf = (state: State, trade: Trade, at: Millis): Millis | null =>
  wakeTimeOf(trade, at, tradeTimesOf(state, trade, at));

function setTimeAlarm(
  effects: Effect[],
  known: Millis | null,
  { state, at }: Turn,
  is: Trade,
): void {
  const wake = wakeOf(state, is, at);
  if (wake === known) return;
  effects.push(
    wake === null ? { kind: "LetSleep", key: is.id } : { kind: "WakeAt", key: is.id, at: wake },
  );
}

function setPriceAlarm(effects: Effect[], was: Trade | undefined, is: Trade): void {
  const band = bandOf(is);
  const known = was === undefined ? null : bandOf(was);
  if (sameBand(band, known)) return;
  const key: TradeId = is.id;
  effects.push(
    band === null
      ? { kind: "UnwatchPrice", key }
      : { kind: "WatchPrice", key, instrument: is.plan.instrument, band },
  );
}

const sameBand = (a: Band | null, b: Band | null): boolean =>
  a?.atOrBelow === b?.atOrBelow && a?.atOrAbove === b?.atOrAbove;
