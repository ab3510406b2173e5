/**
 * One alert, from its text to its money, on a market you move by hand.
 *
 * ```text
 * npx tsx examples/one-alert.ts
 *
 *   "ES long 6326: B ..." ─► loop ─► paper venue        the real ones
 *                              ▲          ▲
 *             journal, a list ─┘          └─ prices, set below
 * ```
 *
 * Everything that decides and everything that fills is what the program itself runs. Only the ends
 * are plain: a clock that jumps, a price that stands still until it is moved, and a journal that is
 * a list in memory. Change the text, the prices or the rules, and run it again.
 */

import { startRun } from "../src/app/run.ts";
import { timelineAudience } from "../src/app/timeline-audience.ts";
import { DEFAULT_CONFIG } from "../src/core/model/defaults.ts";
import type { Fact } from "../src/core/model/fact.ts";
import { priceToTicks } from "../src/core/model/instrument.ts";
import { instrumentOf } from "../src/core/model/instruments.ts";
import type { Message } from "../src/core/model/message.ts";
import { openRoom } from "../src/core/model/room.ts";
import { millis, ticks } from "../src/core/model/units.ts";
import { DEFAULT_VENUE } from "../src/core/paper/settings.ts";
import { initialState } from "../src/core/state.ts";
import { narratorOf } from "../src/core/views/narrator.ts";
import { renderLines } from "../src/core/views/timeline.ts";
import type { AlertSource } from "../src/ports/alert-source.ts";
import type { Journal } from "../src/ports/journal.ts";
import type { Lifeboat } from "../src/ports/lifeboat.ts";
import { virtualClock } from "../src/shell/host/virtual-clock.ts";
import { PaperBroker } from "../src/shell/paper/broker.ts";
import { fixedMarket } from "../src/shell/paper/fixed-market.ts";
import { memoryBook } from "../src/shell/paper/memory-book.ts";
import { ok } from "../src/std/result.ts";

const TEXT = "🚨 ES long 6326: B\nStop: 6316\n@everyone";

/** Small contracts, a two-tranche plan, fees by the table: the defaults. */
const { settings, balances } = DEFAULT_CONFIG;

/** A Wednesday, 09:00 in Chicago. */
const clock = virtualClock(millis(Date.parse("2026-11-18T15:00:00Z")));
const market = fixedMarket(clock);
const log = { write: () => {} };

const broker = new PaperBroker({
  clock,
  marketData: market,
  book: memoryBook(),
  log,
  settings: {
    venue: { ...DEFAULT_VENUE, slippage: ticks(0) },
    latency: millis(100),
    sessions: "cme",
    accounts: balances.map((opening) => ({ ...opening, fees: { kind: "table" } })),
    checkpointAfter: 1_000,
  },
});

/** A message a second after the sources were opened. */
const source: AlertSource = {
  name: "one alert",
  open(listener) {
    const sentAt = millis(clock.now() + 1_000);
    const message: Message = {
      ...{ source: "demo", channel: "example", id: "1", author: null, text: TEXT, sentAt },
      ...{ embeds: [], referenced: null, event: "create", previous: null },
    };
    clock.schedule(sentAt, () => listener.message(message));
  },
  close: () => {},
};

const run = startRun({
  ...{ clock, log, market, broker, journal: journalInMemory(), lifeboat: noLifeboat() },
  audience: [
    timelineAudience(narratorOf(settings, []), (line) =>
      console.log(renderLines(line, { columns: 140, colour: false }).join("\n")),
    ),
  ],
  followed: ["MES"],
  sources: [{ source, tradable: true, roomOf: openRoom }],
  messages: null,
  initial: initialState,
  opening: { mode: "demo", version: "example", settings, balances, priceAgeMax: millis(3_000) },
  sourceFault: ({ reason }) => console.error(reason),
  settled: () => {},
  exhausted: () => {},
  ended: (fault) => {
    if (fault !== null) console.error(`stopped: ${fault}`);
  },
});

// The alert comes while the market stands at its price ...
price(6326);
pass({ seconds: 2 });
// ... half of the position leaves when the market trades through 6333, the stop goes to the fill ...
pass({ seconds: 240 });
price(6333.25);
// ... it breathes, and the rest leaves when it trades through 6338.
pass({ seconds: 300 });
price(6329);
pass({ seconds: 600 });
price(6338.25);
pass({ seconds: 5 });

run.stop("the example is over", { flatten: false });
pass({ seconds: 15 });

/** The market trades at so many points, with a book one tick wide around it. */
function price(points: number): void {
  const last = priceToTicks(instrumentOf("MES"), points);
  if (!last.ok) throw new Error(`${points} is not a price of MES`);
  const book = { bid: ticks(last.value - 1), ask: last.value, high: last.value, low: last.value };
  market.setQuote({ instrument: "MES", at: clock.now(), last: last.value, ...book });
}

function pass({ seconds }: { readonly seconds: number }): void {
  clock.runUntil(millis(clock.now() + seconds * 1_000));
}

/** It keeps every promise of the port but one: it does not survive the process. */
function journalInMemory(): Journal {
  const facts: Fact[] = [];
  const head = () => ({ sequence: facts.length, hash: "" });
  return {
    append(more) {
      facts.push(...more);
      return ok(head());
    },
    head,
    *read(after) {
      for (const [index, fact] of facts.slice(after).entries()) {
        yield { sequence: after + index + 1, fact };
      }
    },
    saveSnapshot: () => ok(undefined),
    newestSnapshot: () => null,
    close: () => {},
  };
}

/** Memory never refuses, so nothing ever has to be saved from it. */
function noLifeboat(): Lifeboat {
  return { save: () => false, load: () => [], clear: () => {} };
}
