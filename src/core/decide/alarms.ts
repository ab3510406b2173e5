/**
 * Watches what must wake a person, and rings until somebody answers or its cause is gone.
 *
 * ```text
 * what stands now ─┬─ new ──► its grace is over? ─┬─ yes ─► raised ─► an alarm in 60 s
 *                  │                              └─ no ──► an alarm then
 *                  ├─ known, unanswered, 60 s on ─► repeated, 10 times at most
 *                  └─ known, and it stands no more ─► ended
 * ```
 *
 * Asked of the state alone, and only for trades and accounts that the step has touched: so a restart
 * rings on where the run before it left off, and a day without trouble costs nothing. A grace is for
 * what comes by itself a moment later, such as the stop that follows a fill.
 *
 * Twins are nobody's money, and a trade that was handed over is looked after by who took it.
 */
import { getIn, valuesOf } from "../../std/trie.ts";
import { alarmsOf } from "../evolve-alarm.ts";
import type { Account } from "../model/account.ts";
import {
  type AlarmCause,
  type AlarmFact,
  alarmKey,
  REPEATS_MAX,
  RING_EVERY,
  type Ringing,
} from "../model/alarm-fact.ts";
import type { CommandAnswer } from "../model/command.ts";
import type { Fact } from "../model/fact.ts";
import { type AccountId, isTwin, type TradeId } from "../model/ids.ts";
import type { Input } from "../model/input.ts";
import type { Trade, Tranche } from "../model/trade.ts";
import { heldOf, heldOfTranche } from "../model/trade-sums.ts";
import { type Millis, millis } from "../model/units.ts";
import { showWhen } from "../model/when.ts";
import { accountOf, findTrade, openTradesOf, type State } from "../state.ts";
import { isPending } from "../track/order-states.ts";
import { record, type Turn } from "../turn.ts";

const RING_PREFIX = "ring/";
export const isRingKey = (key: string): boolean => key.startsWith(RING_PREFIX);

/** A stop that follows its fill is there by then, and one that was taken away is back. */
const GRACE_BARE = 3_000;
/** A line that breaks off for a moment is nobody's alarm. */
const GRACE_LINE = 10_000;
/** A start has so long to hear from the venue. */
const GRACE_START = 30_000;

/** A cause that stands, and from when on it rings. */
interface Standing extends AlarmCause {
  readonly since: Millis;
  readonly due: Millis;
}

export function watchAlarms(turn: Turn, input: Input): void {
  const { state } = turn;
  const rung = input.kind === "alarm" && isRingKey(input.key) ? input.key : null;
  const isStart = input.kind === "start";
  const alarms = alarmsOf(state);
  for (const [key, cause] of causesIn(turn, { rung, isStart })) {
    const hasRung = RING_PREFIX + key === rung;
    watchOne(turn, key, cause, { hasRung, isStart, known: getIn(alarms, key) });
  }
}

interface Asked {
  readonly rung: string | null;
  readonly isStart: boolean;
}

/** All that may stand or may have ended; of what is well and never rang, nothing. */
function causesIn(turn: Turn, { rung, isStart }: Asked): ReadonlyMap<string, AlarmCause> {
  const { state } = turn;
  const alarms = alarmsOf(state);
  const causes = new Map<string, AlarmCause>();
  const put = (cause: AlarmCause): void => void causes.set(alarmKey(cause), cause);
  const trades = isStart ? allOpen(state) : turn.touched;
  const isNews = isStart || alarms.size > 0;
  for (const id of trades) {
    const trade = findTrade(state, id);
    if (trade === undefined || (!isNews && isWell(trade))) continue;
    for (const what of OF_TRADE) put({ what, account: trade.account, trade: id });
  }
  for (const id of concerned(turn, trades)) {
    const { gate, link } = accountOf(state, id);
    if (!isNews && gate !== "halted" && link?.state !== "down") continue;
    for (const what of OF_ACCOUNT) put({ what, account: id, trade: null });
  }
  if (isStart) for (const one of valuesOf(alarms)) put(one);
  const spent = rung === null ? undefined : causeNamed(state, rung.slice(RING_PREFIX.length));
  if (spent !== undefined) put(spent);
  return causes;
}

const OF_TRADE = ["unprotected", "outcome-unknown"] as const;
const OF_ACCOUNT = ["venue-unreachable", "halted-with-position"] as const;

const allOpen = (state: State): ReadonlySet<TradeId> =>
  new Set(valuesOf(state.accounts).flatMap(({ open }) => open));

/** Those of the trades, and those of which something was said. */
function concerned({ facts, state }: Turn, trades: ReadonlySet<TradeId>): ReadonlySet<AccountId> {
  const accounts = new Set<AccountId>();
  for (const id of trades) {
    const trade = findTrade(state, id);
    if (trade !== undefined) accounts.add(trade.account);
  }
  for (const fact of facts) {
    if (!OF_WHOLE.has(fact.kind) || !("account" in fact)) continue;
    if (fact.account !== null) accounts.add(fact.account);
    else for (const { id } of valuesOf(state.accounts)) accounts.add(id);
  }
  return accounts;
}

const OF_WHOLE: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["LinkMoved", "AccountSettled", "PositionDiffered", "GateMoved"] as const),
]);

/** What an alarm of the clock is about: one that rings, or one in its grace. */
function causeNamed(state: State, key: string): AlarmCause | undefined {
  const known = getIn(alarmsOf(state), key);
  if (known !== undefined) return known;
  const at = key.indexOf("/");
  const [kind, id] = [key.slice(0, at), key.slice(at + 1)];
  const trade = findTrade(state, id as TradeId);
  const ofTrade = OF_TRADE.find((one) => one === kind);
  if (trade !== undefined && ofTrade !== undefined)
    return { what: ofTrade, account: trade.account, trade: trade.id };
  const ofAccount = OF_ACCOUNT.find((one) => one === kind);
  return ofAccount && { what: ofAccount, account: id as AccountId, trade: null };
}

interface Watched {
  readonly hasRung: boolean;
  readonly isStart: boolean;
  readonly known: Ringing | undefined;
}

function watchOne(turn: Turn, key: string, cause: AlarmCause, watched: Watched): void {
  const { known, isStart } = watched;
  const standing = standingOf(turn, cause, watched);
  if (standing === null) {
    if (known !== undefined) end(turn, key, known);
  } else if (known === undefined) begin(turn, key, standing);
  else if (known.acknowledged === undefined && known.times < REPEATS_MAX)
    goOn(turn, key, known, isStart);
}

function begin(turn: Turn, key: string, { due, ...cause }: Standing): void {
  const { at } = turn;
  if (at < due) return wakeAt(turn, key, due);
  record(turn, { at, kind: "AlarmRaised", ...cause });
  wakeAt(turn, key, millis(at + RING_EVERY));
}

function goOn(turn: Turn, key: string, known: Ringing, isStart: boolean): void {
  const { at } = turn;
  const { what, account, trade, since } = known;
  const due = millis(known.rangAt + RING_EVERY);
  if (at < due) {
    // Timers of the run before this one are gone with it.
    if (isStart) wakeAt(turn, key, due);
    return;
  }
  const times = known.times + 1;
  record(turn, { at, kind: "AlarmRepeated", what, account, trade, since, times });
  if (times < REPEATS_MAX) wakeAt(turn, key, millis(at + RING_EVERY));
}

function end(turn: Turn, key: string, { what, account, trade }: Ringing): void {
  record(turn, { at: turn.at, kind: "AlarmEnded", what, account, trade });
  turn.asks.push({ kind: "LetSleep", key: RING_PREFIX + key });
}

const wakeAt = ({ asks }: Turn, key: string, at: Millis): void =>
  void asks.push({ kind: "WakeAt", key: RING_PREFIX + key, at });

/** Null: it does not stand. */
function standingOf(turn: Turn, cause: AlarmCause, watched: Watched): Standing | null {
  const { state, at } = turn;
  const account = getIn(state.accounts, cause.account);
  if (account === undefined || isTwin(account.id)) return null;
  switch (cause.what) {
    case "unprotected":
      return ofTrade(state, cause, bareSince, GRACE_BARE);
    case "outcome-unknown":
      return ofTrade(state, cause, unknownSince, 0);
    case "halted-with-position": {
      const isIt = account.gate === "halted" && openTradesOf(state, account).some(isHeld);
      return isIt ? standing(cause, watched.known?.since ?? at) : null;
    }
    case "venue-unreachable":
      return unheard(turn, account, cause, watched);
  }
}

const standing = ({ what, account, trade }: AlarmCause, since: Millis, grace = 0): Standing => ({
  ...{ what, account, trade, since },
  due: millis(since + grace),
});

function ofTrade(
  state: State,
  cause: AlarmCause,
  sinceOf: (trade: Trade) => Millis | null,
  grace: number,
): Standing | null {
  const trade = cause.trade === null ? undefined : findTrade(state, cause.trade);
  if (trade === undefined || trade.released) return null;
  const since = sinceOf(trade);
  return since === null ? null : standing(cause, since, grace);
}

/** Down, or up again and not yet heard of: what was missed in between nobody knows. */
function unheard(
  { state, at }: Turn,
  account: Account,
  cause: AlarmCause,
  { known, isStart, hasRung }: Watched,
): Standing | null {
  const { link, settled, differs } = account;
  if (!openTradesOf(state, account).some(isExposed)) return null;
  if (link?.state === "down") return standing(cause, link.at, GRACE_LINE);
  // A list that differs from the books was heard all the same.
  if (settled || differs !== undefined) return null;
  if (known !== undefined) return standing(cause, known.since);
  if (isStart) return standing(cause, at, GRACE_START);
  return hasRung ? standing(cause, at) : null;
}

const isHeld = (trade: Trade): boolean => heldOf(trade) > 0;

const isExposed = (trade: Trade): boolean =>
  isHeld(trade) || trade.tranches.some(({ entry }) => isPending(entry.state));

const isBare = (tranche: Tranche): boolean =>
  heldOfTranche(tranche) > 0 && tranche.stop?.state !== "working";

const isUnknown = ({ entry }: Tranche): boolean => entry.state === "unknown";

const isWell = ({ tranches }: Trade): boolean =>
  !tranches.some((one) => isBare(one) || isUnknown(one));

/** Null: every contract has its stop. */
function bareSince({ tranches }: Trade): Millis | null {
  const times = tranches.filter(isBare).map(({ filledAt, stop }) => {
    const isOnItsWay = stop?.state === "sent" || stop?.state === "unknown";
    const lostAt = isOnItsWay ? stop.placedAt : stop?.touchedAt;
    return Math.max(Number(filledAt), lostAt ?? 0);
  });
  return times.length === 0 ? null : millis(Math.min(...times));
}

/** Null: every answer is known. */
function unknownSince({ tranches, plannedAt }: Trade): Millis | null {
  const lost = tranches.filter(isUnknown);
  return lost.length === 0
    ? null
    : millis(Math.min(...lost.map(({ entry }) => entry.sentAt ?? plannedAt)));
}

/** An operator has heard them: they are silent from now on, and the next cause rings anew. */
export function acknowledge(
  { state, at }: Turn,
  by: string,
): { readonly answer: CommandAnswer; readonly facts: readonly AlarmFact[] } {
  const standing = valuesOf(alarmsOf(state));
  const ringing = standing.filter(({ acknowledged }) => acknowledged === undefined);
  const facts = ringing.map(
    ({ what, account, trade }): AlarmFact => ({
      ...{ at, kind: "AlarmAcknowledged", what, account, trade },
      by,
    }),
  );
  const [last] = standing.flatMap(({ acknowledged }) => acknowledged ?? []);
  if (facts.length > 0) return { answer: { kind: "taken", note: countOf(facts.length) }, facts };
  const reason =
    last === undefined
      ? "no alarm rings"
      : `no alarm rings; ${last.by} answered the last one ${showWhen(last.at)}, and its cause still stands`;
  return { answer: { kind: "refused", reason }, facts };
}

const countOf = (alarms: number): string =>
  `${alarms} alarm${alarms === 1 ? " is" : "s are"} silent; you are told when the cause is gone`;
