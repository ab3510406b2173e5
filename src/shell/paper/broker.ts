/**
 * The paper venue behind the broker port: the pure venue of `core/paper`, with a clock, prices and
 * books of its own.
 *
 * ```text
 * send, ask ─► batch (after the latency) ─┐
 * price leaves the nearest band ──────────┼─► apply ─► book, one append ─► reports to the listener
 * session opens, closes ──────────────────┘                 └─► new bands
 * ```
 *
 * It is a party of its own. What it says happened survives the death of the program; while it is
 * down nothing fills, and the first price after the start meets whatever rests. When its book cannot
 * be written it behaves like a venue out of order: requests were not taken, nothing fills.
 */
import type { Calendar } from "../../core/model/exchange-calendar.ts";
import type { AccountId } from "../../core/model/ids.ts";
import type { Root } from "../../core/model/instrument.ts";
import { rootOf } from "../../core/model/instruments.ts";
import type { Quote } from "../../core/model/quote.ts";
import type { BracketSupport, Sessions } from "../../core/model/rules.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { VenueReport, VenueRequest } from "../../core/model/venue.ts";
import type { AccountBooks, VenueEvent } from "../../core/paper/event.ts";
import type { VenueSettings } from "../../core/paper/settings.ts";
import { type Market, marketIn, type VenueState } from "../../core/paper/state.ts";
import type { Broker } from "../../ports/broker.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";
import type { MarketData } from "../../ports/market-data.ts";
import type { PaperBook } from "../../ports/paper-book.ts";
import { invariant } from "../../std/assert.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { entriesOf, getIn } from "../../std/trie.ts";
import { introductionTo, type PaperTerms } from "./introduction.ts";
import { PriceWatch } from "./price-watch.ts";
import { TradingHours } from "./trading-hours.ts";
import { VenueBooks } from "./venue-books.ts";

export interface PaperBrokerParts {
  readonly clock: Clock;
  readonly marketData: MarketData;
  readonly book: PaperBook;
  readonly log: Log;
  readonly settings: PaperBrokerSettings;
}

export interface PaperBrokerSettings {
  readonly venue: VenueSettings;
  /** From a request to its effect. */
  readonly latency: Millis;
  readonly sessions: Sessions;
  /** The exchange's days; left out: those the program ships. */
  readonly calendar?: Calendar;
  readonly accounts: readonly PaperTerms[];
  /** Events after which the books are written anew in one piece. */
  readonly checkpointAfter: number;
}

/** Requests and questions that will reach the venue at the same moment. */
interface Batch {
  readonly due: Millis;
  readonly items: Item[];
}

type Item =
  | { readonly kind: "request"; readonly request: VenueRequest }
  | {
      readonly kind: "ask";
      readonly account: AccountId;
      readonly askedAt: Millis;
      readonly since: Millis;
    };

/** More than this at one moment is a circle in the caller. */
const ITEMS_MAX = 200_000;

export class PaperBroker implements Broker {
  readonly brackets: BracketSupport;
  readonly #parts: PaperBrokerParts;
  readonly #books: VenueBooks;
  readonly #hours: TradingHours;
  readonly #watch: PriceWatch;
  #listener: ((report: VenueReport) => void) | null = null;
  #isClosed = false;
  #batch: Batch | null = null;
  #waiting: (readonly VenueEvent[])[] = [];
  #isBusy = false;
  #isIntroduced = false;
  #boundary: { readonly at: Millis; readonly callOff: () => void } | null = null;

  /** Reads the books back; the venue is as it was when they were last written. */
  constructor(parts: PaperBrokerParts) {
    const { book, clock, log, marketData, settings } = parts;
    this.brackets = settings.venue.brackets;
    this.#parts = parts;
    this.#books = new VenueBooks(book, log, settings.checkpointAfter);
    this.#hours = new TradingHours(settings.sessions, settings.calendar);
    this.#watch = new PriceWatch(marketData, clock, (quote) => this.#meet(quote));
  }

  /** The venue's whole truth, for those who check it from outside. */
  get state(): VenueState {
    return this.#books.state;
  }

  open(listener: (report: VenueReport) => void): void {
    invariant(this.#listener === null, "the paper venue is opened once");
    this.#listener = listener;
    this.#work(this.#hoursOf(this.#known()));
    this.#later(this.#parts.clock.now(), () => this.#meetPresent());
  }

  send(request: VenueRequest): void {
    this.#enqueue({ kind: "request", request });
  }

  ask(account: AccountId, since: Millis): void {
    this.#enqueue({ kind: "ask", account, askedAt: this.#parts.clock.now(), since });
  }

  /**
   * Makes an account anew, after a power cut that the journal survived better than these books.
   * Before anybody listens too: then the first price meets what rests in the new books.
   */
  rebuild(account: AccountId, books: AccountBooks): Result<void, string> {
    const at = this.#parts.clock.now();
    const introduced = this.#books.apply(this.#introduction());
    if (!introduced.ok) return introduced;
    this.#isIntroduced = true;
    if (getIn(this.state.accounts, account) === undefined) return err(`no account ${account} here`);
    const applied = this.#books.apply([{ kind: "rebuild", at, account, books }]);
    if (!applied.ok) return applied;
    if (this.#listener !== null) this.#settle();
    return ok(undefined);
  }

  /** Stops trading of an instrument, whatever the calendar says. */
  halt(instrument: Root): void {
    this.#hours.halt(instrument);
    this.#handle(this.#hoursOf([instrument]));
  }

  resume(instrument: Root): void {
    this.#hours.resume(instrument, this.#parts.clock.now());
    this.#handle(this.#hoursOf([instrument]));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#boundary?.callOff();
    this.#watch.close();
    this.#books.close();
  }

  #enqueue(item: Item): void {
    invariant(this.#listener !== null, "the paper venue is open before anybody speaks to it");
    // Whoever speaks to a venue that has gone gets no answer, as with any other.
    if (this.#isClosed) return;
    const { clock, settings } = this.#parts;
    const due = millis(clock.now() + settings.latency);
    if (this.#batch?.due !== due) {
      const batch: Batch = { due, items: [] };
      this.#batch = batch;
      this.#later(due, () => this.#arrive(batch));
    }
    this.#batch.items.push(item);
    invariant(this.#batch.items.length <= ITEMS_MAX, "requests of one moment come to an end");
  }

  #arrive(batch: Batch): void {
    if (this.#batch === batch) this.#batch = null;
    const at = this.#parts.clock.now();
    const quotes = new Map<Root, Quote | null>();
    const events = batch.items.map((item): VenueEvent => {
      // Written out: a spread that adds fields costs more than the matching of an order.
      if (item.kind === "ask") {
        const { kind, account, askedAt, since } = item;
        return { kind, account, askedAt, since, at };
      }
      const { kind, request } = item;
      return { kind, request, at, quote: this.#quoteFor(request, quotes) };
    });
    this.#handle([...this.#hoursOf(quotes.keys()), ...events]);
  }

  /** The newest price of the instrument asked for, looked up once a batch. */
  #quoteFor(request: VenueRequest, quotes: Map<Root, Quote | null>): Quote | null {
    const root = rootOf(request.contract);
    if (root === null) return null;
    const known = quotes.get(root);
    if (known !== undefined) return known;
    const quote = this.#parts.marketData.quote(root);
    quotes.set(root, quote);
    return quote;
  }

  #meet(quote: Quote): void {
    const at = this.#parts.clock.now();
    this.#handle([...this.#hoursOf([quote.instrument]), { kind: "price", at, quote }]);
  }

  /** Just started: what rests meets the market as it is now, without its past. */
  #meetPresent(): void {
    for (const root of this.#known()) {
      const quote = this.#parts.marketData.quote(root);
      if (quote !== null) this.#meet({ ...quote, high: quote.last, low: quote.last });
    }
  }

  /** One batch after the other: news that comes up while one is worked out waits for its turn. */
  #handle(events: readonly VenueEvent[]): void {
    if (events.length === 0) return;
    this.#waiting.push(events);
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        this.#work(next);
      }
    } finally {
      this.#isBusy = false;
    }
  }

  #work(events: readonly VenueEvent[]): void {
    const applied = this.#books.apply([...this.#introduction(), ...events]);
    this.#isIntroduced ||= applied.ok;
    const reports = applied.ok
      ? applied.value
      : events.flatMap((one) => notTaken(one, applied.error));
    this.#settle();
    for (const report of reports) this.#listener?.(report);
  }

  /** After every change: listen at the right prices, and wake up when trading hours change. */
  #settle(): void {
    const { markets } = this.state;
    this.#watch.refresh(markets);
    const now = this.#parts.clock.now();
    const resting = this.#known().filter((root) => isWaitedIn(marketIn(markets, root)));
    const at = Math.min(...resting.map((root) => this.#hours.at(root, now).until));
    if (this.#boundary?.at === at) return;
    this.#boundary?.callOff();
    this.#boundary = null;
    if (!Number.isSafeInteger(at)) return;
    const callOff = this.#later(millis(at), () => {
      this.#boundary = null;
      this.#handle(this.#hoursOf(this.#known()));
      this.#settle();
    });
    this.#boundary = { at: millis(at), callOff };
  }

  #known(): readonly Root[] {
    return entriesOf(this.state.markets).map(([root]) => root as Root);
  }

  /** Markets whose trading hours are not what the books say. */
  #hoursOf(roots: Iterable<Root>): readonly VenueEvent[] {
    const at = this.#parts.clock.now();
    return [...roots].flatMap((instrument): readonly VenueEvent[] => {
      const { session, from } = this.#hours.at(instrument, at);
      const market = marketIn(this.state.markets, instrument);
      if (market.session === session && market.quotesFrom >= from) return [];
      return [{ kind: "session", at, instrument, session, quotesFrom: from }];
    });
  }

  /** What the settings say and the books do not know yet. */
  #introduction(): readonly VenueEvent[] {
    const { clock, settings } = this.#parts;
    return this.#isIntroduced ? [] : introductionTo(this.#books, settings, clock.now());
  }

  #later(at: Millis, task: () => void): () => void {
    return this.#parts.clock.schedule(at, () => {
      if (!this.#isClosed) task();
    });
  }
}

const isWaitedIn = (market: Market): boolean => market.below.length + market.above.length > 0;

/** Nothing of it reached the venue: whoever asked may ask again. */
function notTaken(event: VenueEvent, reason: string): readonly VenueReport[] {
  if (event.kind !== "request") return [];
  const { account, id } = event.request;
  return [{ kind: "answer", account, id, outcome: { kind: "not-sent", reason } }];
}
