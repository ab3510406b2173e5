/**
 * The paper venue's books, moved by the wire: every order here is matched by the very step that
 * fills paper orders, and what it reports becomes rows, half-turns, positions and events.
 *
 * ```text
 * request, print ─► applyToVenue ─► reports ─► order ─► trade ─► position ─► account
 *                        ▲                        │
 *                        └── follow, some ms ◄────┘   legs wake up, siblings go
 * ```
 *
 * In these books the orders of a bracket act on each other only when told. So between an entry's
 * fill and its legs, and between a leg's fill and the end of its sibling, there is real time in
 * which anything can happen.
 */
import { accountId, type OrderId } from "../../core/model/ids.ts";
import type { Root } from "../../core/model/instrument.ts";
import { rootOf } from "../../core/model/instruments.ts";
import type { Quote } from "../../core/model/quote.ts";
import { dollars, millis, toDollars } from "../../core/model/units.ts";
import type { Outcome, VenueReport, VenueRequest } from "../../core/model/venue.ts";
import type { RequestEvent, VenueEvent } from "../../core/paper/event.ts";
import type { VenueSettings } from "../../core/paper/settings.ts";
import { emptyVenue, marketIn, type VenueState } from "../../core/paper/state.ts";
import { applyToVenue } from "../../core/paper/venue.ts";
import type { Clock } from "../../ports/clock.ts";
import { invariant } from "../../std/assert.ts";
import { getIn } from "../../std/trie.ts";
import type { Hours } from "./hours.ts";
import { type Links, links } from "./links.ts";
import type { OrderBook, OrderChange, OrderRow } from "./orders.ts";
import type { Positions } from "./positions.ts";
import { newestPrices } from "./prices.ts";
import { type Teller, takeReports } from "./reports.ts";
import type { Delays, StandInSettings } from "./settings.ts";
import type { Switches } from "./switches.ts";
import type { Trades } from "./trades.ts";
import type { Wishes } from "./wishes.ts";

export interface Exchange {
  /** What the books would say to this request now; nothing changes. */
  trial(request: VenueRequest, terms?: Terms): Outcome;
  enter(request: VenueRequest, terms?: Terms): Outcome;
  print(quote: Quote): void;
  /** The newest price; null before the first one since the market opened. */
  quote(root: Root): Quote | null;
  cancel(row: OrderRow): Outcome;
  modify(row: OrderRow, change: OrderChange, terms?: Terms): Outcome;
  /** Ends a leg in the books that has no row. */
  drop(entry: OrderRow, bookTag: string): void;
  /** From now on this trailing stop follows the price once it works. */
  follow(row: OrderRow): void;
  /** Runs the task some milliseconds on; at once when there are none. */
  later(delay: number, task: () => void): void;
  /** What happens to the books without an order or a price: new accounts, other terms. */
  befall(event: VenueEvent): void;
  balance(account: number): number;
  state(): VenueState;
}

export interface Terms {
  /** The row of the order this request makes without a tag. */
  readonly unnamed?: OrderRow;
  /** The books do not look at the price when they take the order; then it meets it. */
  readonly isBlind?: boolean;
}

export interface ExchangeParts {
  readonly clock: Clock;
  readonly settings: StandInSettings;
  readonly delays: () => Delays;
  readonly wished: Wishes["take"];
  readonly switches: () => Switches;
  readonly hours: Hours;
  readonly orders: OrderBook;
  readonly positions: Positions;
  readonly trades: Trades;
  readonly teller: Teller;
  /** What the lists show may be different now. */
  readonly moved: () => void;
  /** Everything that happens later happens inside this. */
  readonly act: (task: () => void) => void;
}

export function exchange(parts: ExchangeParts): Exchange {
  const { clock, settings, hours, act } = parts;
  const prices = newestPrices(parts);
  let state = emptyVenue(termsOf(settings.matching));
  const tied: Links = links({ ...parts, apply, later, cancel, modify, meetAgain });

  function apply(event: VenueEvent, unnamed: OrderRow | null = null): readonly VenueReport[] {
    const step = applyToVenue(state, event);
    state = step.state;
    if (step.reports.length === 0) return step.reports;
    parts.moved();
    takeReports({ ...parts, at: clock.now(), tied }, step.reports, unnamed);
    return step.reports;
  }

  function keepHours(root: Root): void {
    const at = clock.now();
    const { session, quotesFrom } = marketIn(state.markets, root);
    const due = hours.isOpen(root, at) ? "open" : "closed";
    if (due !== session) apply({ kind: "session", at, instrument: root, session: due, quotesFrom });
  }

  function eventOf(request: VenueRequest, { isBlind }: Terms): RequestEvent {
    const root = rootOf(request.contract);
    if (root !== null) keepHours(root);
    const quote = isBlind === true || root === null ? null : prices.now(root);
    return { kind: "request", at: clock.now(), request, quote };
  }

  function enter(request: VenueRequest, terms: Terms = {}): Outcome {
    const outcome = answerIn(apply(eventOf(request, terms), terms.unnamed));
    if (terms.isBlind === true) meetAgain(rootOf(request.contract));
    return outcome;
  }

  function meetAgain(root: Root | null): void {
    const quote = root === null ? null : prices.now(root);
    if (quote === null) return;
    const { last } = quote;
    apply({ kind: "price", at: clock.now(), quote: { ...quote, high: last, low: last } });
  }

  function cancel(row: OrderRow): Outcome {
    return enter({ ...addressOf(row), kind: "cancel", order: nameOf(row) });
  }

  function modify(row: OrderRow, change: OrderChange, terms: Terms = {}): Outcome {
    return enter({ ...addressOf(row), kind: "modify", order: nameOf(row), ...change }, terms);
  }

  function drop(entry: OrderRow, bookTag: string): void {
    const live = getIn(state.accounts, String(entry.account))?.live ?? [];
    const order = live.find(({ view }) => view.tag === bookTag)?.view.order;
    if (order !== undefined) enter({ ...addressOf(entry), kind: "cancel", order });
  }

  function later(delay: number, task: () => void): void {
    if (delay <= 0) task();
    else clock.schedule(millis(clock.now() + delay), () => act(task));
  }

  return {
    trial: (request, terms = {}) => answerIn(applyToVenue(state, eventOf(request, terms)).reports),
    enter,
    print(quote) {
      prices.note(quote);
      keepHours(quote.instrument);
      apply({ kind: "price", at: clock.now(), quote });
      tied.trail(quote);
    },
    quote: prices.now,
    cancel,
    modify,
    drop,
    follow: tied.follow,
    later,
    befall: (event) => void apply(event),
    balance: (account) => toDollars(getIn(state.accounts, String(account))?.balance ?? dollars(0)),
    state: () => state,
  };
}

const addressOf = ({ id, account, contract }: OrderRow) => ({
  id: `${id}`,
  account: accountId(String(account)),
  contract: contract.code,
});

function nameOf({ name }: OrderRow): OrderId {
  invariant(name !== null, "an order that is changed is in the books");
  return name;
}

/** The terms of filling as the books have them. */
export const termsOf = (matching: StandInSettings["matching"]): VenueSettings => ({
  ...matching,
  brackets: "native",
  links: "when-told",
});

function answerIn(reports: readonly VenueReport[]): Outcome {
  const answer = reports.findLast((report) => report.kind === "answer");
  invariant(answer?.kind === "answer", "the books answer every request");
  return answer.outcome;
}
