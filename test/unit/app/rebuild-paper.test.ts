/**
 * The paper venue after a power cut. A scripted day is lived once, by the real loop and venue; then
 * its paper book is cut short at every entry, at every commit of the journal.
 */

import { describe, expect, test } from "vitest";
import { createLoop } from "../../../src/app/loop.ts";
import { booksOf } from "../../../src/app/paper-books.ts";
import { rebuildAfterPowerCut } from "../../../src/app/rebuild-paper.ts";
import { evolve } from "../../../src/core/evolve.ts";
import type { Fact } from "../../../src/core/model/fact.ts";
import { accountId, fillId, orderId } from "../../../src/core/model/ids.ts";
import { worthOf } from "../../../src/core/model/instrument.ts";
import { INSTRUMENTS, rootOf } from "../../../src/core/model/instruments.ts";
import { OPEN_ROOM } from "../../../src/core/model/room.ts";
import type { Trade } from "../../../src/core/model/trade.ts";
import { contracts, dollars, millis, money, ticks } from "../../../src/core/model/units.ts";
import { DEFAULT_VENUE } from "../../../src/core/paper/settings.ts";
import type { PaperAccount } from "../../../src/core/paper/state.ts";
import { initialState, type State, withAccount, withTrade } from "../../../src/core/state.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Log } from "../../../src/ports/log.ts";
import type { PaperBook } from "../../../src/ports/paper-book.ts";
import { virtualClock } from "../../../src/shell/host/virtual-clock.ts";
import { PaperBroker } from "../../../src/shell/paper/broker.ts";
import { memoryBook } from "../../../src/shell/paper/memory-book.ts";
import { tapeMarket } from "../../../src/shell/paper/tape-market.ts";
import { getIn, valuesOf } from "../../../src/std/trie.ts";
import { ACCOUNT, aLeg, anAccount, anOpenTrade, aPlan, withTranche } from "../../kit/builders.ts";
import { memoryJournal } from "../../kit/memory-journal.ts";
import { silentLog } from "../../kit/silent-log.ts";
import type { Script, ScriptedTrade, Way } from "../../production/orders.ts";
import {
  configOf,
  DAY,
  LATENCY,
  messagesOf,
  SECOND,
  TRADED,
  tapesOf,
} from "../../production/script.ts";

const PAPER = accountId("paper");
const UNTIL = DAY + 45 * SECOND;

/** What there was after one commit of the journal. */
interface Moment {
  readonly facts: number;
  readonly entries: number;
}

interface Lived {
  readonly script: Script;
  readonly facts: readonly Fact[];
  readonly entries: readonly string[];
  readonly moments: readonly Moment[];
}

function brokerOn(
  script: Script,
  book: PaperBook,
  clock: Clock,
  log: Log = silentLog,
): PaperBroker {
  const { balances } = configOf(script, "");
  return new PaperBroker({
    clock,
    marketData: tapeMarket(tapesOf(script, UNTIL), clock),
    book,
    log,
    settings: {
      venue: {
        ...DEFAULT_VENUE,
        partialFill: script.inParts ? { permille: 1_000, seed: 1 } : null,
      },
      latency: LATENCY,
      sessions: "cme",
      accounts: balances.map((one) => ({ ...one, fees: { kind: "table" } })),
      checkpointAfter: 1e9,
    },
  });
}

interface Plot {
  readonly entry: ScriptedTrade["entry"];
  readonly way: Way;
  readonly inParts: boolean;
  /** What the operator asks for, and when, seconds after the alert. */
  readonly command: readonly ["close" | "cancel", number] | null;
}

function live({ entry, way, inParts, command }: Plot): Lived {
  const script: Script = {
    account: PAPER,
    brackets: "native",
    inParts,
    worked: { alertAt: DAY + 2 * SECOND, entry, way },
    other: { alertAt: DAY + 8 * SECOND, entry: "resting", way: "targets" },
  };
  const clock = virtualClock(millis(DAY));
  const book = memoryBook();
  const facts: Fact[] = [];
  const moments: Moment[] = [];
  const journal = memoryJournal();
  const broker = brokerOn(script, book, clock);
  const { settings, balances } = configOf(script, "");
  const loop = createLoop(
    {
      clock,
      broker,
      audience: [],
      log: silentLog,
      followed: TRADED,
      market: tapeMarket(tapesOf(script, UNTIL), clock),
      lifeboat: { save: () => true, load: () => [], clear: () => {} },
      journal: {
        ...journal,
        append(news) {
          facts.push(...news);
          moments.push({ facts: facts.length, entries: book.load().entries.length });
          return journal.append(news);
        },
      },
    },
    initialState,
  );
  broker.open((report) => loop.offer({ kind: "report", report }));
  const start = { mode: "paper", version: "test", settings, balances } as const;
  loop.offer({ kind: "start", ...start, priceAgeMax: millis(3_000) });
  for (const message of messagesOf(script)) {
    const news = { kind: "message", message, tradable: true, room: OPEN_ROOM, from: 0 } as const;
    clock.schedule(message.sentAt, () => loop.offer(news));
  }
  if (command !== null) {
    const [kind, after] = command;
    const askedAt = millis(script.worked.alertAt + after * SECOND);
    clock.schedule(askedAt, () => loop.offer({ kind: "command", command: { kind, trade: 1 } }));
  }
  clock.runUntil(millis(UNTIL));
  return { script, facts, entries: book.load().entries, moments };
}

const bookWith = (entries: readonly string[]): PaperBook => {
  const book = memoryBook();
  book.append(entries);
  return book;
};

const foldOf = (facts: readonly Fact[]): State => facts.reduce(evolve, initialState);

interface Cut {
  readonly account: PaperAccount | undefined;
  readonly rebuilt: number;
  readonly said: readonly string[];
}

/** Starts the venue on what is left of its book, beside that much of the journal. */
function start({ script, facts, entries }: Lived, moment: Moment, kept: number): Cut {
  const said: string[] = [];
  const log: Log = { write: (level, event) => said.push(`${level} ${event}`) };
  const book = bookWith(entries.slice(0, kept));
  const venue = brokerOn(script, book, virtualClock(millis(UNTIL)), log);
  const journal = memoryJournal();
  journal.append(facts.slice(0, moment.facts));
  const state = foldOf(facts.slice(0, moment.facts));
  const rebuilt = rebuildAfterPowerCut({ venue, state, journal, log }).length;
  return { account: getIn(venue.state.accounts, PAPER), rebuilt, said };
}

/** What counts: contracts, what covers them, and what the account would be worth at price zero. */
function substanceOf(account: PaperAccount | undefined) {
  const positions = account?.positions ?? [];
  const legs = (account?.live ?? []).flatMap(({ view }) =>
    view.role === "entry" || view.status === "suspended"
      ? []
      : [`${view.order} ${view.tag} ${view.parent} ${view.price} ${view.quantity - view.filled}`],
  );
  const paid = positions.map(({ contract, priceSum }) =>
    worthOf(INSTRUMENTS[rootOf(contract) ?? "MES"], priceSum, 1),
  );
  return {
    positions: positions.map(({ contract, net }) => `${net} ${contract}`).toSorted(),
    legs: legs.toSorted(),
    worth: money(paid.reduce((sum, one) => sum - one, account?.balance ?? 0)),
    fills: (account?.fills ?? []).map(({ fill }) => fill),
  };
}

const PLAIN: Plot = { entry: "resting", way: "targets", inParts: false, command: null };

const plots: readonly (readonly [string, Plot])[] = [
  ["that waited for its price", PLAIN],
  ["filled in parts", { ...PLAIN, way: "breakeven", inParts: true }],
  ["that was closed by hand", { ...PLAIN, entry: "at-once", command: ["close", 25] }],
  ["that was called off", { ...PLAIN, command: ["cancel", 3] }],
];

describe.each(plots)("a trade %s", (_, plot) => {
  const lived = live(plot);
  const { moments, entries } = lived;

  test("has been through everything", () => {
    expect(moments.length).toBeGreaterThan(12);
    const kinds = new Set(lived.facts.map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(["EntryFilled", "TargetHit", "TradeClosed"]));
  });

  test("leaves books alone that are level with the journal, or ahead of it", () => {
    const touched = moments
      .flatMap((moment) => [0, 1, 2].map((ahead) => ({ moment, kept: moment.entries + ahead })))
      .filter(({ kept }) => kept <= entries.length)
      .filter(({ moment, kept }) => start(lived, moment, kept).rebuilt > 0);
    // Before the first start nothing is known, so nothing can be missing.
    expect(touched).toEqual([]);
  });

  test("is whole again, however much of the paper book is lost at whatever moment", () => {
    let cases = 0;
    let rebuilt = 0;
    for (const moment of moments) {
      const whole = substanceOf(start(lived, moment, moment.entries).account);
      for (let kept = 0; kept < moment.entries; kept++) {
        const cut = start(lived, moment, kept);
        expect(substanceOf(cut.account), `${moment.facts} facts, ${kept} entries`).toEqual(whole);
        cases += 1;
        rebuilt += cut.rebuilt;
      }
    }
    expect(rebuilt).toBeGreaterThan(cases / 2);
  });
});

describe("rebuilding", () => {
  const lived = live(PLAIN);
  const last = lived.moments.at(-1) ?? { facts: 0, entries: 0 };

  test("is told to whoever looks after the program", () => {
    expect(start(lived, last, 4).said).toEqual(["warn paper-books-rebuilt"]);
  });

  test("happens once: the books are level afterwards, and stay so on the disk", () => {
    const book = bookWith(lived.entries.slice(0, 4));
    const journal = memoryJournal();
    journal.append(lived.facts);
    const again = (): number => {
      const venue = brokerOn(lived.script, book, virtualClock(millis(UNTIL)));
      const state = foldOf(lived.facts);
      return rebuildAfterPowerCut({ venue, state, journal, log: silentLog }).length;
    };
    expect([again(), again()]).toEqual([1, 0]);
  });

  test("that the venue refuses is said, and everything goes on", () => {
    const said: string[] = [];
    const venue = { state: { accounts: initialState.accounts } as never, rebuild: () => refusal };
    const refusal = { ok: false, error: "disk full" } as const;
    const state = withAccount(initialState, anAccount());
    const log: Log = { write: (level, event) => said.push(`${level} ${event}`) };
    const rebuilt = rebuildAfterPowerCut({ venue, state, journal: memoryJournal(), log });
    expect(rebuilt).toEqual([]);
    expect(said).toEqual(["error paper-rebuild-refused"]);
  });
});

describe("the books of an account, by the journal", () => {
  const stateWith = (...trades: readonly Trade[]): State =>
    trades.reduce(
      withTrade,
      withAccount(initialState, anAccount({ open: trades.map(({ id }) => id) })),
    );
  const booksWith = (trade: Trade) => {
    const state = stateWith(trade);
    return booksOf(state, anAccount({ open: [trade.id] }), [trade], []);
  };

  test("hold what is held, and the legs that cover it where they last rested", () => {
    const books = booksWith(anOpenTrade());
    expect(books.positions).toEqual([{ contract: "MESZ26", net: 3, priceSum: 3 * 25_304 }]);
    expect(books.orders.map(({ role, status }) => `${role} ${status}`)).toEqual([
      ...["entry filled", "stop working", "target working"],
      ...["entry filled", "stop working", "target working"],
    ]);
    expect(books.balance).toBe(dollars(50_000));
  });

  test("have a leg of nothing as cancelled, for it could open a position", () => {
    const trade = anOpenTrade();
    const exited = { quantity: contracts(1), priceSum: 25_332 };
    const books = booksWith(withTranche(trade, 0, { exited }));
    const [, stop] = books.orders;
    expect(stop?.status).toBe("cancelled");
    expect(books.positions[0]?.net).toBe(2);
  });

  test("leave out what the venue has not named, and what ended", () => {
    const trade = anOpenTrade();
    const entry = { ...trade.tranches[0]?.entry, order: null } as Trade["tranches"][0]["entry"];
    const stop = aLeg({ state: "sent", order: null });
    const books = booksWith(
      withTranche(trade, 0, { entry, stop, target: aLeg({ state: "filled" }) }),
    );
    expect(books.orders).toHaveLength(3);
  });

  test("name a leg of our own by its own tag", () => {
    const tag = "ts-x-s1-2" as never;
    const trade = withTranche(anOpenTrade(), 0, { stop: aLeg({ tag, order: orderId("s1") }) });
    expect(booksWith(trade).orders[1]).toMatchObject({ tag, parent: null });
  });

  test("know a position that was left twice", () => {
    const trade = withTranche(anOpenTrade(aPlan()), 0, {
      exited: { quantity: contracts(2), priceSum: 2 * 25_310 },
    });
    const books = booksWith(trade);
    // One contract too many was sold at 25310: 2 held of the second tranche, 1 short of the first.
    expect(books.positions).toEqual([
      { contract: "MESZ26", net: 1, priceSum: 2 * 25_304 - 25_310 },
    ]);
    expect(books.balance).toBe(dollars(50_000 + 6 * 1.25));
  });

  test("count a close that was dealt out over two tranches as one fill", () => {
    const trade = anOpenTrade();
    const about = { at: millis(DAY), trade: trade.id, kind: "ExitFilled", by: "close" } as const;
    const fill = { fill: fillId("c1"), order: orderId("c"), price: ticks(25_310) } as const;
    const facts: readonly Fact[] = [
      { ...about, ...fill, tranche: 0, quantity: contracts(1), fees: dollars(1) },
      { ...about, ...fill, tranche: 1, quantity: contracts(2), fees: money(0) },
      { ...about, ...fill, tranche: 9, quantity: contracts(2), fees: money(0) },
    ];
    const journal = memoryJournal();
    journal.append(facts);
    const state = stateWith(trade);
    const { fills } = booksOf(state, anAccount(), valuesOf(state.trades), journal.read(0));
    expect(fills).toEqual([
      expect.objectContaining({ fill: "c1", role: "close", tag: null, quantity: 3, fees: 10_000 }),
    ]);
    expect(ACCOUNT).toBe(trade.account);
  });
});
