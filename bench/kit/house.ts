/**
 * The product as it runs: the real loop, journal, paper venue and book, on real files and the host's
 * clock. Only the market is ours, so that it moves when a measure says so.
 */
import { join } from "node:path";
import { createLoop, type Loop } from "../../src/app/loop.ts";
import { DEFAULT_RULES } from "../../src/core/model/defaults.ts";
import { type AccountId, accountId } from "../../src/core/model/ids.ts";
import { DEFAULT_VENUE } from "../../src/core/paper/settings.ts";
import type { Rules, Settings } from "../../src/core/model/rules.ts";
import { dollars, millis, ticks } from "../../src/core/model/units.ts";
import type { VenueReport } from "../../src/core/model/venue.ts";
import { accountOf, initialState } from "../../src/core/state.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Journal, Recorded } from "../../src/ports/journal.ts";
import { type FixedMarket, fixedMarket } from "../../src/shell/paper/fixed-market.ts";
import { PaperBroker } from "../../src/shell/paper/broker.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { openPaperBook } from "../../src/shell/sqlite/paper-book.ts";
import type { Result } from "../../src/std/result.ts";
import { BASE_PRICE } from "./alerts.ts";
import { tradingDay } from "./trading-day.ts";
import { until } from "./turns.ts";

export interface House {
  readonly loop: Loop;
  readonly clock: Clock;
  readonly journal: Journal;
  /** The market trades there, in ES points, one tick wide; in a millisecond of its own. */
  price(points: number): Promise<void>;
  close(): void;
}

export interface HouseParts {
  readonly folder: string;
  readonly accounts?: number;
  readonly rules?: Rules;
  /** What the venue says, as it says it. */
  readonly hears?: (report: VenueReport) => void;
  /** What was written, right after it was. */
  readonly told?: (recorded: readonly Recorded[]) => void;
}

/** Nothing of a limit is in the way of a thousand alerts a second. */
export const FREE_RULES: Rules = {
  ...DEFAULT_RULES,
  limits: {
    ...DEFAULT_RULES.limits,
    tradesPerDay: 1_000_000_000,
    lossPerTrade: dollars(10_000),
    positionSize: 1_000_000,
    collar: { ES: 100 },
  },
};

const namesOf = (count: number): readonly AccountId[] =>
  Array.from({ length: count }, (_, index) => accountId(`paper-${index + 1}`));

export const settingsFor = (count: number, rules: Rules): Settings => ({
  ruleSets: { default: rules },
  accounts: namesOf(count).map((id) => ({ id, name: id, rules: "default", brackets: "native" })),
});

/** A house that has compared every account with its venue and is ready for alerts. */
export async function openHouse(parts: HouseParts): Promise<House> {
  const { folder, accounts: count = 1, rules = FREE_RULES, hears = () => {}, told = () => {} } = parts;
  const clock = tradingDay();
  const at = clock.now();
  const log = { write: () => {} };
  const journal = opened(openJournal(join(folder, "journal.db"), { at }));
  const book = opened(openPaperBook(join(folder, "paper.db"), { at }));
  const market = fixedMarket(clock);
  const accounts = namesOf(count);
  const broker = new PaperBroker({
    ...{ clock, marketData: market, book, log },
    settings: {
      venue: { ...DEFAULT_VENUE, brackets: "native", slippage: ticks(0) },
      latency: millis(0),
      sessions: "always-open",
      accounts: accounts.map((account) => ({
        account,
        balance: dollars(50_000),
        fees: rules.fees,
      })),
      checkpointAfter: 5_000,
    },
  });
  const lifeboat = { save: () => true, load: () => [], clear: () => {} };
  const loop = createLoop(
    {
      ...{ clock, log, journal, broker, market, lifeboat },
      audience: [{ told }],
      followed: ["ES", "MES"],
    },
    initialState,
  );
  let movedAt = clock.now();
  const price = async (points: number): Promise<void> => {
    // A price of the millisecond in which an order came is no news to that order.
    await until(() => clock.now() > movedAt, "a millisecond goes by");
    movedAt = clock.now();
    trade(market, clock, points);
  };
  await price(BASE_PRICE);
  broker.open((report) => {
    hears(report);
    loop.offer({ kind: "report", report });
  });
  loop.offer({
    kind: "start",
    mode: "paper",
    version: "bench",
    settings: settingsFor(count, rules),
    priceAgeMax: millis(60_000),
    balances: accounts.map((account) => ({ account, balance: dollars(50_000) })),
  });
  const isSettled = (): boolean =>
    loop.state().settings.accounts.length === count &&
    accounts.every((account) => accountOf(loop.state(), account).settled);
  await until(isSettled, "every account agrees with the venue");
  return {
    ...{ loop, clock, journal, price },
    close() {
      loop.stop();
      broker.close();
      journal.close();
    },
  };
}

function trade(market: FixedMarket, clock: Clock, points: number): void {
  const last = ticks(points * 4);
  const quote = { at: clock.now(), last, bid: last, ask: ticks(last + 1), high: last, low: last };
  market.setQuote({ instrument: "ES", ...quote });
  market.setQuote({ instrument: "MES", ...quote });
}

function opened<T>(result: Result<T, { readonly detail: string }>): T {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}
