/**
 * What the paper broker adds to the pure venue: time, prices, trading hours, and books that last.
 * What any venue owes is in test/contract.
 */
import { describe, expect, test } from "vitest";
import { accountId, orderId } from "../../../../src/core/model/ids.ts";
import type { Quote } from "../../../../src/core/model/quote.ts";
import {
  contracts,
  dollars,
  type Millis,
  millis,
  ticks,
} from "../../../../src/core/model/units.ts";
import type { VenueReport, VenueRequest } from "../../../../src/core/model/venue.ts";
import { DEFAULT_VENUE } from "../../../../src/core/paper/settings.ts";
import type { PaperBook } from "../../../../src/ports/paper-book.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { PaperBroker, type PaperBrokerSettings } from "../../../../src/shell/paper/broker.ts";
import { fixedMarket } from "../../../../src/shell/paper/fixed-market.ts";
import { memoryBook } from "../../../../src/shell/paper/memory-book.ts";
import { canonical } from "../../../../src/std/canonical.ts";
import { getIn } from "../../../../src/std/trie.ts";
import { type OrderWish, placeRequest } from "../../../kit/paper-desk.ts";

const PAPER = accountId("paper");
const HOUR = 3_600_000;
/** Wednesday 18 November 2026, noon in Chicago. */
const WEDNESDAY = millis(Date.UTC(2026, 10, 18, 18, 0, 0));
/** Friday 15:59 in Chicago; Globex closes at 16:00 and opens again on Sunday at 17:00. */
const FRIDAY = millis(Date.UTC(2026, 10, 20, 21, 59, 0));

const SETTINGS: PaperBrokerSettings = {
  venue: DEFAULT_VENUE,
  latency: millis(0),
  sessions: "cme",
  accounts: [{ account: PAPER, balance: dollars(50_000), fees: { kind: "none" } }],
  checkpointAfter: 1_000,
};

/** A book that counts, and refuses when told to. */
function watchedBook(inner: PaperBook = memoryBook()) {
  const book = {
    appends: 0,
    checkpoints: 0,
    isFull: false,
    load: () => inner.load(),
    append(entries: readonly string[]) {
      if (book.isFull) throw new Error("disk full");
      book.appends += 1;
      inner.append(entries);
    },
    checkpoint(body: string) {
      if (book.isFull) throw new Error("disk full");
      book.checkpoints += 1;
      inner.checkpoint(body);
    },
    close: () => inner.close(),
  };
  return book;
}

/** A broker with its world around it. */
class Rig {
  readonly clock;
  readonly market;
  readonly broker: PaperBroker;
  readonly reports: VenueReport[] = [];
  readonly log: string[] = [];

  constructor(
    book: PaperBook = memoryBook(),
    settings: Partial<PaperBrokerSettings> = {},
    at: Millis = WEDNESDAY,
  ) {
    this.clock = virtualClock(at);
    this.market = fixedMarket(this.clock);
    this.broker = new PaperBroker({
      clock: this.clock,
      marketData: this.market,
      book,
      log: { write: (level, event) => this.log.push(`${level} ${event}`) },
      settings: { ...SETTINGS, ...settings },
    });
  }

  open(): this {
    this.broker.open((report) => this.reports.push(report));
    this.pass(0);
    return this;
  }

  pass(milliseconds: number): void {
    this.clock.runUntil(millis(this.clock.now() + milliseconds));
  }

  quote(last: number, more: Partial<Record<keyof Quote, number>> = {}): Quote {
    const side = { bid: ticks(last), ask: ticks(last + 1), high: ticks(last), low: ticks(last) };
    return {
      instrument: "MES",
      at: this.clock.now(),
      last: ticks(last),
      ...side,
      ...more,
    } as Quote;
  }

  /** A millisecond later the market trades there. */
  price(last: number, more: Partial<Record<keyof Quote, number>> = {}): void {
    this.pass(1);
    this.market.setQuote(this.quote(last, more));
    this.pass(0);
  }

  place(wish: OrderWish): void {
    this.broker.send(placeRequest({ account: PAPER, ...wish }));
    this.pass(0);
  }

  /** Outcomes of all answers, in order. */
  outcomes(): readonly string[] {
    return this.reports.flatMap((report) => {
      if (report.kind !== "answer") return [];
      return [report.outcome.kind === "refused" ? report.outcome.code : report.outcome.kind];
    });
  }

  filled(): readonly string[] {
    return this.reports.flatMap((report) =>
      report.kind === "fill" ? [`${report.fill.tag} ${report.fill.price}`] : [],
    );
  }
}

const closing: VenueRequest = { kind: "close", id: "c", account: PAPER, contract: "MESZ26" };

describe("requests", () => {
  test("take effect after the latency, at the price of that moment", () => {
    const rig = new Rig(memoryBook(), { latency: millis(100) }).open();
    rig.price(1000);
    rig.place({ tag: "e" });
    rig.pass(99);
    expect(rig.reports).toEqual([]);
    rig.market.setQuote(rig.quote(1010));
    rig.pass(1);
    expect(rig.filled()).toEqual(["e 1012"]);
  });

  test("of one moment are one write to the book", () => {
    const book = watchedBook();
    const rig = new Rig(book).open();
    rig.price(1000);
    const before = book.appends;
    for (const tag of ["a", "b", "c"]) rig.broker.send(placeRequest({ tag, account: PAPER }));
    rig.broker.ask(PAPER, millis(0));
    rig.pass(0);
    expect(book.appends).toBe(before + 1);
    expect(rig.outcomes()).toEqual(["done", "done", "done"]);
    expect(rig.reports.at(-1)?.kind).toBe("snapshot");
  });

  test("that change nothing are not written down", () => {
    const book = watchedBook();
    const rig = new Rig(book).open();
    rig.price(1000);
    const before = book.appends;
    rig.broker.send(closing);
    rig.broker.ask(PAPER, millis(0));
    rig.broker.send(placeRequest({ account: PAPER, contract: "WHATZ26" }));
    rig.pass(0);
    rig.price(1500);
    expect(rig.outcomes()).toEqual(["no-position", "contract-not-found"]);
    expect(book.appends).toBe(before);
  });

  test("sent from inside a report arrive later, never at once", () => {
    const rig = new Rig();
    const order: string[] = [];
    rig.broker.open((report) => {
      order.push(`in ${report.kind}`);
      if (report.kind === "fill" && report.fill.role === "entry") rig.broker.send(closing);
      order.push(`out ${report.kind}`);
    });
    rig.price(1000);
    rig.place({ tag: "e" });
    expect(order.filter((line) => line.startsWith("in "))).toHaveLength(6);
    for (const [index, line] of order.entries()) {
      if (line.startsWith("in ")) expect(order[index + 1]).toBe(line.replace("in", "out"));
    }
  });

  test("before it is open are a mistake, after it has gone get no answer", () => {
    const rig = new Rig();
    expect(() => rig.broker.send(closing)).toThrow("open before");
    rig.open();
    expect(() => rig.open()).toThrow("opened once");
    rig.broker.send(closing);
    rig.broker.close();
    rig.broker.close();
    rig.broker.ask(PAPER, millis(0));
    rig.pass(HOUR);
    expect(rig.reports).toEqual([]);
  });
});

describe("prices", () => {
  test("are listened to at the nearest orders only", () => {
    const book = watchedBook();
    const rig = new Rig(book).open();
    rig.price(1000);
    rig.place({ tag: "near", price: 990 });
    rig.place({ tag: "far", price: 900 });
    const before = book.appends;
    rig.price(995);
    expect(book.appends).toBe(before);
    rig.price(985);
    expect(rig.filled()).toEqual(["near 990"]);
    rig.price(899);
    expect(rig.filled()).toEqual(["near 990", "far 900"]);
  });

  test("from before an order was placed do not fill it", () => {
    const rig = new Rig().open();
    rig.price(1000);
    rig.place({ tag: "far", price: 900 });
    rig.price(950);
    rig.price(1000);
    rig.place({ tag: "later", price: 960 });
    rig.price(961);
    rig.price(1100);
    expect(rig.filled()).toEqual([]);
  });

  test("on the edge of a band keep the venue listening without ringing for ever", () => {
    const rig = new Rig().open();
    rig.price(1000);
    rig.place({ tag: "l", price: 990 });
    // The bid touches the level, but nothing has traded through the limit.
    rig.price(990, { bid: 989, ask: 990 });
    rig.pass(1_000);
    expect(rig.filled()).toEqual([]);
    expect(rig.clock.pending()).toBeLessThan(5);
    rig.price(990, { bid: 989, ask: 990 });
    rig.pass(1_000);
    expect(rig.filled()).toEqual([]);
    // A trade at the bid changes neither best price: found with the next look.
    rig.price(989, { bid: 989, ask: 990 });
    rig.pass(249);
    expect(rig.filled()).toEqual(["l 990"]);
  });

  test("that leave the edge towards the order ring at once", () => {
    const rig = new Rig().open();
    rig.price(1000);
    rig.place({ tag: "s", type: "stop", role: "stop", side: "sell", price: 990 });
    rig.price(991, { bid: 990, ask: 991 });
    expect(rig.filled()).toEqual([]);
    rig.price(988);
    expect(rig.filled()).toEqual(["s 987"]);
  });

  test("that leave the edge the other way are let go", () => {
    const rig = new Rig().open();
    rig.price(1000);
    rig.place({ tag: "t", side: "sell", price: 1010 });
    rig.price(1010, { bid: 1010, ask: 1011 });
    rig.price(1000);
    rig.pass(1_000);
    rig.price(1011);
    expect(rig.filled()).toEqual(["t 1010"]);
  });

  test("that come back through the edge unseen are known by their extremes", () => {
    const rig = new Rig().open();
    rig.price(1000);
    rig.place({ tag: "l", price: 990 });
    rig.price(990, { bid: 989, ask: 990 });
    rig.price(989, { bid: 989, ask: 990 });
    rig.price(990, { bid: 989, ask: 990 });
    rig.pass(250);
    expect(rig.filled()).toEqual(["l 990"]);
  });
});

describe("trading hours", () => {
  test("are the exchange's: closed over the weekend, gap and all on Sunday", () => {
    const rig = new Rig(memoryBook(), {}, FRIDAY).open();
    rig.price(1000);
    rig.place({ tag: "e", bracket: [10, 20] });
    rig.pass(HOUR);
    rig.place({ tag: "late" });
    rig.price(900);
    expect(rig.outcomes()).toEqual(["done", "market-closed"]);
    expect(rig.filled()).toEqual(["e 1002"]);
    // Sunday 17:00: open, but the last price is still Friday's.
    rig.pass(49 * HOUR);
    rig.place({ tag: "early" });
    expect(rig.outcomes().at(-1)).toBe("no-price");
    rig.price(950);
    expect(rig.filled()).toEqual(["e 1002", "e-SL 949"]);
  });

  test("are noticed without anything resting, when the next request comes", () => {
    const rig = new Rig(memoryBook(), {}, FRIDAY).open();
    rig.price(1000);
    rig.place({ tag: "e" });
    expect(rig.clock.pending()).toBe(0);
    rig.pass(50 * HOUR);
    rig.place({ tag: "f" });
    expect(rig.outcomes()).toEqual(["done", "no-price"]);
    rig.price(1000);
    rig.place({ tag: "g" });
    expect(rig.outcomes().at(-1)).toBe("done");
  });

  test("can be none at all", () => {
    const rig = new Rig(memoryBook(), { sessions: "always-open" }, FRIDAY).open();
    rig.pass(3 * HOUR);
    rig.price(1000);
    rig.place({ tag: "e", bracket: [10, 20] });
    rig.pass(30 * HOUR);
    rig.price(900);
    expect(rig.filled()).toEqual(["e 1002", "e-SL 899"]);
  });

  test("end by hand, too", () => {
    const rig = new Rig().open();
    rig.price(1000);
    rig.place({ tag: "e", bracket: [10, 20] });
    rig.broker.halt("MES");
    rig.price(900);
    rig.place({ tag: "f" });
    expect(rig.outcomes()).toEqual(["done", "market-closed"]);
    rig.pass(1);
    rig.broker.resume("MES");
    rig.pass(1_000);
    expect(rig.filled()).toEqual(["e 1002"]);
    rig.price(901);
    expect(rig.filled()).toEqual(["e 1002", "e-SL 900"]);
  });

  test("begin closed for a program that starts on a Saturday", () => {
    const rig = new Rig(memoryBook(), {}, millis(FRIDAY + 20 * HOUR)).open();
    rig.price(1000);
    rig.place({ tag: "e" });
    expect(rig.outcomes()).toEqual(["market-closed"]);
  });
});

describe("the books", () => {
  const traded = (book: PaperBook, settings: Partial<PaperBrokerSettings> = {}): Rig => {
    const rig = new Rig(book, settings).open();
    rig.price(1000);
    rig.place({ tag: "e", quantity: 3, bracket: [10, 20] });
    rig.place({ tag: "l", price: 980, bracket: [10, 20] });
    rig.price(1005);
    return rig;
  };

  test("listen and fill again for an instrument whose market opens while it is down", () => {
    const book = memoryBook();
    const rig = new Rig(book, {}, FRIDAY).open();
    rig.price(1000);
    rig.place({ tag: "e", bracket: [10, 20] });
    rig.pass(HOUR);
    const again = new Rig(book, {}, millis(FRIDAY + 72 * HOUR)).open();
    again.price(950);
    expect(again.filled()).toEqual(["e-SL 949"]);
  });

  test("read back give the same venue, whether it said goodbye or not", () => {
    for (const goodbye of [false, true]) {
      const book = memoryBook();
      const rig = traded(book);
      if (goodbye) rig.broker.close();
      const again = new Rig(book).open();
      expect(canonical(again.broker.state)).toBe(canonical(rig.broker.state));
    }
  });

  test("stand in one piece now and then, and at the end", () => {
    const book = watchedBook();
    const rig = traded(book, { checkpointAfter: 2 });
    // Ten events an account are always allowed: with many accounts a checkpoint is dear.
    for (let more = 1; more <= 10; more++) rig.place({ tag: `more-${more}` });
    expect(book.checkpoints).toBeGreaterThan(0);
    const before = book.checkpoints;
    rig.place({ tag: "one-more" });
    rig.broker.close();
    expect(book.checkpoints).toBe(before + 1);
    expect(book.load().entries).toEqual([]);
    const again = new Rig(book).open();
    expect(canonical(again.broker.state)).toBe(canonical(rig.broker.state));
    const unchanged = book.checkpoints;
    again.broker.close();
    expect(book.checkpoints).toBe(unchanged);
  });

  test("nothing fills while it is down; the first price afterwards meets what rests", () => {
    const book = memoryBook();
    traded(book);
    const again = new Rig(book, {}, millis(WEDNESDAY + HOUR));
    again.market.setQuote(again.quote(950, { high: 1100, low: 900 }));
    again.open();
    // By the price of now, not by where it has been: 950 trades through the entry and both stops.
    expect(again.filled()).toEqual(["e-SL 949", "l 980", "l-SL 949"]);
  });

  test("keep the terms a fill was made under", () => {
    const book = memoryBook();
    const rig = traded(book);
    const other: Partial<PaperBrokerSettings> = {
      venue: { ...DEFAULT_VENUE, slippage: ticks(5) },
      accounts: [
        { account: PAPER, balance: dollars(1), fees: { kind: "flat", roundTurn: dollars(2) } },
      ],
    };
    const again = new Rig(book, other).open();
    expect(getIn(again.broker.state.accounts, PAPER)?.balance).toBe(dollars(50_000));
    expect(getIn(again.broker.state.accounts, PAPER)?.fills).toEqual(
      getIn(rig.broker.state.accounts, PAPER)?.fills,
    );
    again.price(1000);
    again.place({ tag: "n" });
    expect(again.filled()).toEqual(["n 1006"]);
    expect(getIn(again.broker.state.accounts, PAPER)?.feesPaid).toBe(dollars(1));
  });

  test("that cannot be written mean a venue out of order, until they can", () => {
    const book = watchedBook();
    const rig = traded(book);
    const before = rig.broker.state;
    book.isFull = true;
    rig.broker.ask(PAPER, millis(0));
    rig.place({ tag: "n" });
    expect(rig.outcomes().at(-1)).toBe("not-sent");
    rig.price(985);
    expect(rig.broker.state).toBe(before);
    expect(rig.log).toContain("error paper-book-refused");
    book.isFull = false;
    rig.price(985);
    rig.pass(250);
    expect(rig.filled()).toEqual(["e 1002", "e-SL 984"]);
    rig.place({ tag: "n" });
    expect(rig.outcomes().at(-1)).toBe("done");
  });

  test("that could not be opened for new accounts try again with the next request", () => {
    const book = watchedBook();
    book.isFull = true;
    const rig = new Rig(book).open();
    rig.price(1000);
    rig.place({ tag: "e" });
    expect(rig.outcomes()).toEqual(["not-sent"]);
    book.isFull = false;
    rig.place({ tag: "e" });
    expect(rig.outcomes()).toEqual(["not-sent", "done"]);
  });

  test("go on without a checkpoint that was refused", () => {
    const book = watchedBook();
    const rig = traded(book);
    book.isFull = true;
    rig.broker.close();
    expect(rig.log).toEqual(["warn paper-checkpoint-refused"]);
    book.isFull = false;
    const again = new Rig(book).open();
    expect(canonical(again.broker.state)).toBe(canonical(rig.broker.state));
  });

  test("can be made anew for one account, and last", () => {
    const book = watchedBook();
    const rig = traded(book);
    const stop = getIn(rig.broker.state.accounts, PAPER)?.live.find(
      (one) => one.view.tag === "e-SL",
    );
    const books = {
      balance: dollars(49_000),
      positions: [{ contract: "MESZ26", net: 1, priceSum: 1002 }],
      orders: stop ? [{ ...stop.view, quantity: contracts(1) }] : [],
      fills: [],
    };
    expect(rig.broker.rebuild(accountId("stranger"), books).ok).toBe(false);
    book.isFull = true;
    expect(rig.broker.rebuild(PAPER, books)).toEqual({ ok: false, error: "Error: disk full" });
    book.isFull = false;
    expect(rig.broker.rebuild(PAPER, books).ok).toBe(true);
    const again = new Rig(book).open();
    expect(canonical(again.broker.state)).toBe(canonical(rig.broker.state));
    again.price(980);
    expect(again.filled()).toEqual(["e-SL 979"]);
  });
});

test("a thousand entries at one moment are all answered", () => {
  const accounts = Array.from({ length: 1_000 }, (_, n) => ({
    ...SETTINGS.accounts[0]!,
    account: accountId(`paper-${n}`),
  }));
  const rig = new Rig(memoryBook(), { accounts, checkpointAfter: 1e9 }).open();
  rig.price(25_300);
  for (const { account } of accounts) {
    const tag = "ts-abcdefghijklmnopqrstuvwxyz-e1-1";
    rig.broker.send(placeRequest({ tag, account, price: 25_200, quantity: 3, bracket: [40, 28] }));
  }
  rig.pass(0);
  expect(rig.reports).toHaveLength(4_000);
});

describe("books made anew before anybody listens", () => {
  const order = {
    tag: "e-SL",
    parent: "e",
    role: "stop",
    side: "sell",
    price: ticks(985),
  } as const;
  const books = {
    balance: dollars(49_000),
    positions: [{ contract: "MESZ26", net: 1, priceSum: 1002 }],
    orders: [
      {
        ...order,
        order: orderId("paper-o2"),
        contract: "MESZ26",
        status: "working",
        quantity: contracts(1),
        filled: contracts(0),
        reason: null,
      },
    ],
    fills: [],
  } as const;

  test("are what the first price meets, also where there was no book at all", () => {
    const rig = new Rig();
    expect(rig.broker.rebuild(PAPER, books).ok).toBe(true);
    rig.open();
    rig.price(980);
    expect(rig.filled()).toEqual(["e-SL 979"]);
    expect(getIn(rig.broker.state.accounts, PAPER)?.positions).toEqual([]);
  });

  test("are not made where nothing can be written", () => {
    const book = watchedBook();
    book.isFull = true;
    const rig = new Rig(book);
    expect(rig.broker.rebuild(PAPER, books)).toEqual({ ok: false, error: "Error: disk full" });
  });
});
