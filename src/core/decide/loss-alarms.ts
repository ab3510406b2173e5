/**
 * The prices at which a loss that is still open must be looked at again, so that nothing polls.
 *
 * ```text
 * left to the next step: $100         MES long 3 (3.75 a tick)      MNQ short 2 (1.00 a tick)
 *      shared by two lines ─────────►  $50: 13 ticks down            $50: 50 ticks up
 * ```
 *
 * As long as no alarm rings, no line has lost its share, so all together have not lost what was left:
 * the step cannot be passed unheard. When one rings the loss is taken anew and what is then left is
 * shared again. Distances count from the last trade, because trades ring and quotes do not; the loss
 * counts from the bid or the ask.
 */
import { ownOf } from "../../std/own.ts";
import { valuesOf } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import type { Side } from "../model/alert.ts";
import type { Effect } from "../model/effect.ts";
import { type AccountId, accountId } from "../model/ids.ts";
import type { Instrument, Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { amountOf, type DailyLoss } from "../model/limits.ts";
import type { Band, Quote } from "../model/quote.ts";
import type { BookName } from "../model/risk-fact.ts";
import type { Rules } from "../model/rules.ts";
import { heldOf } from "../model/trade-sums.ts";
import { type Money, type Ticks, ticks } from "../model/units.ts";
import { stateAt } from "../risk/breakers.ts";
import { nextShare } from "../risk/loss-steps.ts";
import { openingOf, riskOf } from "../risk/memory.ts";
import { accountOf, findRuleSet, openTradesOf, ruleSetOf, type State } from "../state.ts";
import { quoteIn, type Turn } from "../turn.ts";
import { bookResult, linesOf, openOf, ruleNamesOf, totalLimitOf } from "./day-result.ts";
import { firmLeft, firmRise } from "./firm-watch.ts";

const PREFIX = "loss/";
const ACCOUNT = `${PREFIX}account/`;
const BOOK = `${PREFIX}book/`;

export const isLossKey = (key: string): boolean => key.startsWith(PREFIX);

export type Watched =
  | { readonly kind: "account"; readonly account: AccountId }
  | { readonly kind: "book"; readonly book: BookName };

/** Whose alarm it is; null for one of a trade. */
export function watchedBy(key: string): Watched | null {
  if (!isLossKey(key)) return null;
  const name = key.slice(0, key.lastIndexOf("/"));
  if (name.startsWith(ACCOUNT))
    return { kind: "account", account: accountId(name.slice(ACCOUNT.length)) };
  return { kind: "book", book: name === `${BOOK}twins` ? "twins" : "house" };
}

/** Contracts of one instrument and side. */
interface Exposed {
  readonly instrument: Instrument;
  readonly side: Side;
  readonly held: number;
}

export interface Concerned {
  readonly accounts: ReadonlyMap<AccountId, unknown> | null;
  readonly books: ReadonlySet<BookName> | null;
}

/** After a restart nothing is watched yet; the books are enough to say what to listen for. */
export function setAllLossAlarms(effects: Effect[], turn: Turn): void {
  for (const { id, open } of valuesOf(turn.state.accounts))
    if (open.length > 0) watchAccount(effects, turn.state, turn, id);
  for (const book of ["house", "twins"] as const) watchBook(effects, turn.state, turn, book);
}

export function setLossAlarms(
  effects: Effect[],
  before: State,
  turn: Turn,
  { accounts, books }: Concerned,
): void {
  if (accounts === null || books === null) return;
  for (const id of accounts.keys()) watchAccount(effects, before, turn, id);
  for (const book of books) watchBook(effects, before, turn, book);
}

function watchAccount(effects: Effect[], before: State, turn: Turn, id: AccountId): void {
  const account = accountOf(turn.state, id);
  const was = exposedOf(before, account.id);
  const exposed = exposedOf(turn.state, id);
  const rules = exposed.length === 0 ? null : findRuleSet(turn.state, account.rules);
  const own = rules === null ? null : leftOf(turn, account, rules);
  const ofFirm = rules === null ? null : firmLeft(turn, id);
  const left = own === null || ofFirm === null ? (own ?? ofFirm) : Math.min(own, ofFirm);
  const rise = rules === null ? null : firmRise(turn, id);
  setAlarms(effects, turn, { key: `${ACCOUNT}${id}/`, was, exposed, left, rise });
}

function exposedOf(state: State, id: AccountId): readonly Exposed[] {
  const lines = new Map<string, Exposed>();
  for (const trade of openTradesOf(state, accountOf(state, id))) {
    const held = heldOf(trade);
    if (held <= 0) continue;
    const { instrument: root, side } = trade.plan;
    const known = lines.get(`${root}/${side}`)?.held ?? 0;
    lines.set(`${root}/${side}`, { instrument: instrumentOf(root), side, held: known + held });
  }
  return [...lines.values()];
}

/** Dollars to the nearest thing that happens next; null = nothing more does. */
function leftOf(turn: Turn, account: Account, rules: Rules): number | null {
  const { limits } = rules;
  const result = account.realisedToday + openOf(turn, account, rules);
  const { reached, peak, tripped } = riskOf(account);
  const opening = openingOf(account);
  const toStep = toNextStep(limits.dailyLoss, opening, reached, result);
  const allowed = limits.breakers?.drawdown?.limit;
  const isTripped = tripped.some(
    (one) => one.breaker === "drawdown" && stateAt(one, turn.at) === "open",
  );
  if (allowed === undefined || isTripped || peak <= 0) return toStep;
  const toDrawdown = amountOf(allowed, opening) - (peak - result);
  return toStep === null ? toDrawdown : Math.min(toStep, toDrawdown);
}

function toNextStep(
  daily: DailyLoss | undefined,
  opening: Money,
  reached: number,
  result: number,
): number | null {
  const share = daily === undefined ? null : nextShare(daily.steps, reached);
  if (daily === undefined || share === null) return null;
  return Math.ceil((amountOf(daily.limit, opening) * share) / 1_000) + result;
}

function watchBook(effects: Effect[], before: State, turn: Turn, book: BookName): void {
  const { state } = turn;
  const was = linesOf(before.books[book]).filter(({ held }) => held > 0);
  const exposed = linesOf(state.books[book]).filter(({ held }) => held > 0);
  if (was.length + exposed.length === 0) return;
  const lefts = ruleNamesOf(state, book).flatMap((name) => {
    const rules = ruleSetOf(state, name);
    const daily = rules.limits.total?.dailyLoss;
    const limit = totalLimitOf(state, book, rules);
    if (daily === undefined || limit === null) return [];
    const { realised, open } = bookResult(turn, book, rules);
    const reached = ownOf(state.books[book].reached, name) ?? 0;
    const left = toNextStep({ ...daily, limit }, limit, reached, realised + open);
    return left === null ? [] : [left];
  });
  const left = lefts.length === 0 ? null : Math.min(...lefts);
  setAlarms(effects, turn, { key: `${BOOK}${book}/`, was, exposed, left, rise: null });
}

interface Alarms {
  readonly key: string;
  readonly was: readonly Exposed[];
  readonly exposed: readonly Exposed[];
  /** Dollars that may be lost before somebody has to look again; null = any. */
  readonly left: number | null;
  /** Dollars that may be won before that; null = any. */
  readonly rise: number | null;
}

function setAlarms(effects: Effect[], turn: Turn, alarms: Alarms): void {
  const { key, was, exposed } = alarms;
  const watched = new Set<Root>();
  if (alarms.left !== null || alarms.rise !== null) {
    for (const { instrument } of exposed) {
      if (watched.has(instrument.root)) continue;
      watched.add(instrument.root);
      const band = bandFor(turn, instrument, alarms);
      const { root } = instrument;
      effects.push({ kind: "WatchPrice", key: `${key}${root}`, instrument: root, band });
    }
  }
  for (const { instrument } of was) {
    if (watched.has(instrument.root)) continue;
    watched.add(instrument.root);
    effects.push({ kind: "UnwatchPrice", key: `${key}${instrument.root}` });
  }
}

/** Both sides of one instrument are two lines, although what one loses the other makes. */
function bandFor(turn: Turn, instrument: Instrument, { exposed, left, rise }: Alarms): Band {
  const quote = quoteIn(turn, instrument);
  const edge = (side: Side, whole: number | null, way: Side): Ticks | null => {
    const line = exposed.find(
      (one) => one.instrument.root === instrument.root && one.side === side,
    );
    return line === undefined || whole === null
      ? null
      : edgeFor(line, quote, { share: whole / exposed.length, way });
  };
  return {
    atOrBelow: nearer(Math.max, edge("long", left, "long"), edge("short", rise, "long")),
    atOrAbove: nearer(Math.min, edge("short", left, "short"), edge("long", rise, "short")),
  };
}

function nearer(
  pick: (...edges: readonly number[]) => number,
  ...edges: readonly (Ticks | null)[]
): Ticks | null {
  const known = edges.filter((edge) => edge !== null);
  return known.length === 0 ? null : ticks(pick(...known));
}

/** Beyond every price: whatever is traded next rings. */
const ANY = 1_000_000_000;

interface Edge {
  /** Of the dollars, this line's. */
  readonly share: number;
  /** Which way from the price: down, as a long loses, or up. */
  readonly way: Side;
}

function edgeFor({ instrument, held }: Exposed, quote: Quote | null, { share, way }: Edge): Ticks {
  if (quote === null) return ticks(way === "long" ? ANY : -ANY);
  const distance = Math.max(1, Math.floor(share / (held * instrument.tickValue)));
  return ticks(way === "long" ? quote.last - distance : quote.last + distance);
}
