/**
 * A step under construction: facts are recorded one by one and folded at once, so that each
 * decision sees what the one before it made true.
 *
 * The accumulator never leaves `step`; from outside a step is a pure function.
 */
import { invariant } from "../std/assert.ts";
import { getIn, valuesOf } from "../std/trie.ts";
import { evolve } from "./evolve.ts";
import type { Effect } from "./model/effect.ts";
import type { Fact } from "./model/fact.ts";
import type { AccountId, TradeId } from "./model/ids.ts";
import type { Instrument } from "./model/instrument.ts";
import type { Quote } from "./model/quote.ts";
import type { Opponent } from "./model/refusal.ts";
import type { BookName } from "./model/risk-fact.ts";
import type { Seen } from "./model/seen.ts";
import type { Millis, Money } from "./model/units.ts";
import type { VenueFill, VenueReport } from "./model/venue.ts";
import { type State, tradeOf } from "./state.ts";
import { isOver } from "./track/phases.ts";
import { witnessed } from "./witness.ts";

type Snapshot = Extract<VenueReport, { kind: "snapshot" }>;

/** Of a book what prices change, while an alert is judged for one account after the other. */
export interface Sums {
  /** Null until a limit that is a part of it asks for it. */
  opening: Money | null;
  /** What trades can still lose of which something has filled. */
  readonly filled: Money;
  /** Facts of the turn that are in it. */
  seen: number;
}

/** An account on one side of a product family. */
export interface Stand extends Opponent {
  /** What it has there is on its way out. */
  readonly isLeaving: boolean;
  /** Among those of its side, from 0. */
  readonly place: number;
}

/** Those on one side of a family, in order, by what makes them opponents of somebody. */
export interface Stands {
  count: number;
  readonly staying: Map<string, Stand[]>;
  readonly leaving: Map<string, Stand[]>;
}

/** Who stands where, while an alert is judged for one account after the other. */
export interface StandsKnown {
  /** By book, family and side; one that is not there has not been asked for. */
  readonly bySide: Map<string, Stands>;
  /** Facts of the turn that are in it. */
  seen: number;
}

export interface Turn {
  readonly at: Millis;
  readonly quotes: readonly Quote[];
  /** What came with the news of this turn. */
  readonly seen: Seen;
  state: State;
  /** The snapshot this turn folds. */
  truth: Pick<Snapshot, "account" | "askedAt" | "fills" | "orders" | "positions"> | null;
  /** The last fill it folds, with the venue's time; null where it folds none. */
  fill: Pick<VenueFill, "at" | "price"> | null;
  readonly facts: Fact[];
  /** Trades something was said about; each is attended before the step ends. */
  readonly touched: Set<TradeId>;
  /** Questions and alarms that need no fact. */
  readonly asks: Effect[];
  /** Added up when somebody asks. */
  sums: Map<BookName, Sums> | null;
  /** Looked up when somebody asks. */
  stands: StandsKnown | null;
}

const NOTHING_SEEN: Seen = {};

export const newTurn = (
  state: State,
  at: Millis,
  quotes: readonly Quote[],
  seen: Seen = NOTHING_SEEN,
): Turn => ({
  at,
  quotes,
  seen,
  state,
  truth: null,
  fill: null,
  facts: [],
  touched: new Set(),
  asks: [],
  sums: null,
  stands: null,
});

export function record(turn: Turn, ...facts: readonly Fact[]): void {
  for (const told of facts) {
    const fact = witnessed(turn.state, told, turn.seen);
    if (fact.kind === "TradeReopened" && !isOver(tradeOf(turn.state, fact.trade).phase))
      invariant(false, `trade ${fact.trade} is over before it is on again`);
    turn.state = evolve(turn.state, fact);
    turn.facts.push(fact);
    if ("trade" in fact && fact.trade !== null) turn.touched.add(fact.trade);
    if (SHUTS.has(fact.kind) && "account" in fact) touchTradesOf(turn, fact.account);
    if (fact.kind === "TotalStepReached" && fact.step !== "warn") touchTradesOf(turn, null);
  }
}

const SHUTS: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["GateMoved", "LockedOut", "AccountSwitched", "LossStepReached"] as const),
  ...(["FirmStepReached", "FirmBreached"] as const),
]);

/** A gate that closes, or a day that is spent, concerns every entry still waiting behind it; null = of every account. */
function touchTradesOf(turn: Turn, account: AccountId | null): void {
  const accounts =
    account === null ? valuesOf(turn.state.accounts) : [getIn(turn.state.accounts, account)];
  for (const one of accounts) for (const id of one?.open ?? []) turn.touched.add(id);
}

export const quoteIn = (turn: Turn, { root }: Pick<Instrument, "root">): Quote | null =>
  turn.quotes.find((quote) => quote.instrument === root) ?? null;
