/**
 * Memory over a day (goal of the issue of years: less than 5 MB in 24 hours): a house that has had a
 * day of alerts, prices and closed trades lives through another one, in time that is played.
 *
 * What is held after a collection, before and after that day. The books are files, as they always
 * are; the console's feed and the ledger are kept beside them.
 */
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ledgerAudience } from "../../src/app/ledger-audience.ts";
import { createLooks } from "../../src/app/looks.ts";
import { createLoop } from "../../src/app/loop.ts";
import { foldJournal } from "../../src/app/recover.ts";
import { accountId } from "../../src/core/model/ids.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { dollars, millis, ticks } from "../../src/core/model/units.ts";
import { DEFAULT_VENUE } from "../../src/core/paper/settings.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { PaperBroker } from "../../src/shell/paper/broker.ts";
import { fixedMarket } from "../../src/shell/paper/fixed-market.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { openLedger } from "../../src/shell/sqlite/ledger.ts";
import { openPaperBook } from "../../src/shell/sqlite/paper-book.ts";
import { alertOf, BASE_PRICE } from "../kit/alerts.ts";
import { spreadOf } from "../kit/distribution.ts";
import { FREE_RULES, settingsFor } from "../kit/house.ts";
import { atMost, type Bench, type Finding, type Measure } from "../kit/measure.ts";
import { opened } from "../kit/opened.ts";
import { OPENING } from "../kit/trading-day.ts";
import { nextTurn } from "../kit/turns.ts";

const MINUTES = 24 * 60;
const GROWTH_MAX = 5;
const MEGABYTE = 1_000_000;
/** The market goes up to both targets and down to the stop, again and again. */
const WAVE = 60;
const ALERT_EVERY = 10;

export const growth: Measure = {
  name: "growth",
  async run(bench) {
    bench.tell("memory over a simulated day");
    const house = playedHouse(bench.disk.folder());
    const minutes = Math.ceil(MINUTES / bench.quicker);
    await lived(house, minutes, 0);
    const before = held();
    await lived(house, minutes, minutes);
    const more = (held() - before) / MEGABYTE;
    const trades = house.trades();
    house.close();
    return [finding(bench, more, trades)];
  },
};

function finding({ quicker }: Bench, more: number, trades: number): Finding {
  if (trades === 0) throw new Error("nothing was traded");
  const what = `more held after 24 simulated hours${quicker === 1 ? "" : ` / ${quicker}`}`;
  return {
    ...{ id: "11 day", what, unit: "MiB", product: spreadOf([more]), floor: null, ratio: null },
    goals: [atMost(more, GROWTH_MAX, "MB")],
  };
}

/** After everything that can be let go is gone. */
function held(): number {
  setFlagsFromString("--expose_gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

function playedHouse(folder: string) {
  const clock = virtualClock(OPENING);
  const market = fixedMarket(clock);
  const log = { write: () => {} };
  const journal = opened(openJournal(join(folder, "journal.db"), { at: OPENING }));
  const ledger = opened(openLedger(join(folder, "ledger.db"), { at: OPENING }));
  const account = accountId("paper-1");
  const broker = new PaperBroker({
    ...{ clock, marketData: market, log },
    book: opened(openPaperBook(join(folder, "paper.db"), { at: OPENING })),
    settings: {
      venue: { ...DEFAULT_VENUE, brackets: "native" },
      ...{ latency: millis(20), sessions: "cme", checkpointAfter: 1_000 },
      accounts: [{ account, balance: dollars(50_000), fees: FREE_RULES.fees }],
    },
  });
  const looks = createLooks();
  const lifeboat = { save: () => true, load: () => [], clear: () => {} };
  const loop = createLoop(
    {
      ...{ clock, log, journal, market, lifeboat, broker, followed: ["ES", "MES"] },
      audience: [looks, ledgerAudience({ ledger, journal, log, soon: setImmediate })],
    },
    foldJournal(journal),
  );
  const quotes = () => (["ES", "MES"] as const).flatMap((root) => market.quote(root) ?? []);
  looks.begin({
    ...{ clock, hostClock: clock, journal, quotes, state: loop.state, impaired: loop.impaired },
    ...{ market: "measured", catchUp: () => {} },
  });
  const price = (points: number): void => {
    const last = ticks(Math.round(points * 4));
    const book = { at: clock.now(), last, bid: last, ask: ticks(last + 1), high: last, low: last };
    market.setQuote({ instrument: "ES", ...book });
    market.setQuote({ instrument: "MES", ...book });
  };
  price(BASE_PRICE);
  broker.open((report) => void loop.offer({ kind: "report", report }));
  loop.offer({
    ...{ kind: "start", mode: "paper", version: "bench", priceAgeMax: millis(600_000) },
    settings: settingsFor(1, FREE_RULES),
    balances: [{ account, balance: dollars(50_000) }],
  });
  return {
    ...{ clock, loop, looks, price },
    trades: () => loop.state().tradeCount,
    close() {
      loop.stop();
      looks.stop();
      broker.close();
      ledger.close();
      journal.close();
    },
  };
}

/** A price every ten seconds, somebody who looks once a minute. */
async function lived(
  { clock, loop, looks, price }: ReturnType<typeof playedHouse>,
  minutes: number,
  from: number,
): Promise<void> {
  for (let minute = from; minute < from + minutes; minute++) {
    if (minute % ALERT_EVERY === 0) {
      price(BASE_PRICE);
      const message = alertOf(minute * 16, clock.now());
      loop.offer({ kind: "message", message, tradable: true, room: OPEN_ROOM, from: 0 });
    }
    for (let tenth = 0; tenth < 6; tenth++) {
      clock.runUntil(millis(clock.now() + 10_000));
      price(BASE_PRICE + 15 * Math.sin(((minute * 6 + tenth) * 2 * Math.PI) / WAVE));
    }
    await nextTurn();
    await looks.view();
  }
}
