/**
 * One ear on each market: the band between the nearest orders of all accounts.
 *
 * Every new band gets a key of its own, so the extremes a report carries begin when the band was
 * set: a low from before an order was placed must not fill it.
 *
 * A ring may find nothing to do (the rest of a limit that took what the book offered waits for the
 * next trade) while the price goes on touching the band, and listening again at once would ring again
 * at once, for ever. So then it listens one tick to either side, and looks a moment later.
 *
 * The key stays the same meanwhile, so a trade in between is in the extremes of the next report.
 */
import type { Root } from "../../core/model/instrument.ts";
import type { Band, Quote } from "../../core/model/quote.ts";
import { type Millis, millis, ticks } from "../../core/model/units.ts";
import { bandOf } from "../../core/paper/levels.ts";
import type { Market } from "../../core/paper/state.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MarketData } from "../../ports/market-data.ts";
import { entriesOf, type Trie } from "../../std/trie.ts";

interface Ear {
  readonly root: Root;
  readonly key: string;
  readonly band: Band;
  /** It has rung and listens no more. */
  isSpent: boolean;
  callOffLook: () => void;
}

/** How long a trade may go unnoticed while the price sits on the edge of a band. */
const LOOK_AFTER = 250;

export class PriceWatch {
  readonly #marketData: MarketData;
  readonly #clock: Clock;
  readonly #rung: (quote: Quote) => void;
  readonly #ears = new Map<Root, Ear>();
  #count = 0;

  constructor(marketData: MarketData, clock: Clock, rung: (quote: Quote) => void) {
    this.#marketData = marketData;
    this.#clock = clock;
    this.#rung = rung;
  }

  /** Listens where orders wait now, and nowhere else. */
  refresh(markets: Trie<Market>): void {
    for (const [root, market] of entriesOf(markets)) this.#listen(root as Root, bandOf(market));
  }

  close(): void {
    for (const ear of this.#ears.values()) this.#drop(ear);
  }

  #listen(root: Root, band: Band | null): void {
    const ear = this.#ears.get(root);
    if (ear !== undefined && isSame(ear.band, band)) {
      if (ear.isSpent) this.#listenOn(ear);
      return;
    }
    if (ear !== undefined) this.#drop(ear);
    if (band === null) return;
    this.#count += 1;
    const key = `paper-venue-${root}-${this.#count}`;
    const fresh: Ear = { root, key, band, isSpent: false, callOffLook: () => {} };
    this.#ears.set(root, fresh);
    this.#watch(fresh, band);
  }

  #drop(ear: Ear): void {
    ear.callOffLook();
    this.#marketData.unwatch(ear.key);
    this.#ears.delete(ear.root);
  }

  #watch(ear: Ear, band: Band): void {
    ear.isSpent = false;
    this.#marketData.watch(ear.key, ear.root, band, (quote) => {
      ear.callOffLook();
      ear.isSpent = true;
      this.#rung(quote);
    });
  }

  /** The same orders still wait after a ring. */
  #listenOn(ear: Ear): void {
    const quote = this.#marketData.quote(ear.root);
    if (quote === null || !touches(quote, ear.band)) {
      this.#watch(ear, ear.band);
      return;
    }
    this.#watch(ear, around(quote));
    this.#lookLater(ear, quote.at);
  }

  #lookLater(ear: Ear, seenAt: Millis): void {
    const at = millis(this.#clock.now() + LOOK_AFTER);
    ear.callOffLook = this.#clock.schedule(at, () => {
      if (this.#marketData.quote(ear.root)?.at === seenAt) this.#lookLater(ear, seenAt);
      else this.#watch(ear, ear.band);
    });
  }
}

const isSame = (a: Band, b: Band | null): boolean =>
  a.atOrBelow === b?.atOrBelow && a.atOrAbove === b.atOrAbove;

const touches = ({ last }: Quote, { atOrBelow, atOrAbove }: Band): boolean =>
  (atOrBelow !== null && last <= atOrBelow) || (atOrAbove !== null && last >= atOrAbove);

/** Left by every price this quote does not show. */
const around = ({ last }: Quote): Band => ({
  atOrBelow: ticks(last - 1),
  atOrAbove: ticks(last + 1),
});
