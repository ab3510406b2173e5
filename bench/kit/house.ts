/**
 * The product as it runs: the real loop, journal, paper venue and book, on real files and the host's
 * clock. Only the market is ours, so that it moves when a measure says so.
 */
import { join } from "node:path";
import { drills } from "../../src/app/drill.ts";
import { createIntake } from "../../src/app/intake.ts";
import { createLoop, type Loop } from "../../src/app/loop.ts";
import { createMessageBook } from "../../src/app/message-book.ts";
import { foldJournal } from "../../src/app/recover.ts";
import { DEFAULT_RULES } from "../../src/core/model/defaults.ts";
import { type AccountId, accountId } from "../../src/core/model/ids.ts";
import type { Root } from "../../src/core/model/instrument.ts";
import type { DailyLoss } from "../../src/core/model/limits.ts";
import type { Message } from "../../src/core/model/message.ts";
import type { Quote } from "../../src/core/model/quote.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import type { Rules, Sessions, Settings } from "../../src/core/model/rules.ts";
import { dollars, type Millis, millis, ticks } from "../../src/core/model/units.ts";
import type { VenueReport, VenueRequest } from "../../src/core/model/venue.ts";
import { DEFAULT_VENUE } from "../../src/core/paper/settings.ts";
import type { Broker } from "../../src/ports/broker.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Journal, Recorded } from "../../src/ports/journal.ts";
import { PaperBroker } from "../../src/shell/paper/broker.ts";
import { type FixedMarket, fixedMarket } from "../../src/shell/paper/fixed-market.ts";
import { openHistory } from "../../src/shell/sqlite/history.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { openPaperBook } from "../../src/shell/sqlite/paper-book.ts";
import { valuesOf } from "../../src/std/trie.ts";
import { FIRM_PLAN } from "../../test/kit/firm-plans.ts";
import { BASE_PRICE } from "./alerts.ts";
import { opened } from "./opened.ts";
import { tradingDay } from "./trading-day.ts";
import { nextTurn, until } from "./turns.ts";

export interface House {
  readonly loop: Loop;
  /** A message of an open room, by the way every source's messages take. */
  hear(message: Message): void;
  readonly clock: Clock;
  readonly journal: Journal;
  /** The market trades there, in ES points, one tick wide; in a millisecond of its own. */
  price(points: number, before?: () => void): Promise<void>;
  quotes(): readonly Quote[];
  /** Contracts are held in so many trades. */
  openTrades(): number;
  /** Until nothing has had anything to do for a few turns. */
  quiet(): Promise<void>;
  close(): void;
}

export interface HouseParts {
  readonly folder: string;
  readonly accounts?: number;
  readonly rules?: Rules;
  /** Its accounts are a firm's, with floor, caps and hours. */
  readonly isFirm?: boolean;
  /** What goes to the venue, as it goes. */
  readonly sends?: (request: VenueRequest) => void;
  /** What the venue says, as it says it. */
  readonly hears?: (report: VenueReport) => void;
  /** What was written, right after it was. */
  readonly told?: (recorded: readonly Recorded[]) => void;
  /** Orders go nowhere and are never answered. */
  readonly isVenueDeaf?: boolean;
  /** Accounts by these names, at that venue instead of the paper one. */
  readonly names?: readonly AccountId[];
  readonly venue?: (clock: Clock) => Broker;
  /** Where the market stands, in ES points. */
  readonly price?: number;
  /** Where its clock starts; by default a day that is always the same. */
  readonly opensAt?: Millis;
}

const FOLLOWED: readonly Root[] = ["ES", "MES"];

/** Nothing of a limit is in the way of a thousand alerts a second. */
const FAR: DailyLoss = {
  limit: dollars(1_000_000_000),
  steps: { warn: [500, 750, 900], half: 750, block: 900, flatten: 1_000 },
};

export const FREE_RULES: Rules = {
  ...DEFAULT_RULES,
  limits: {
    ...DEFAULT_RULES.limits,
    tradesPerDay: 1_000_000_000,
    lossPerTrade: dollars(10_000),
    positionSize: 1_000_000,
    // Every limit is asked, and none is met.
    dailyLoss: FAR,
    total: { dailyLoss: FAR, exposure: { ES: 1_000_000_000 } },
    exposure: { ES: 1_000_000_000 },
    consecutiveLosses: 1_000_000_000,
    entriesPerMinute: 1_000_000_000,
    bySize: { A: { tradesPerDay: 1_000_000_000, dailyLoss: dollars(1_000_000_000) } },
    bySource: { alerts: { tradesPerDay: 1_000_000_000, dailyLoss: dollars(1_000_000_000) } },
    breakers: {
      drawdown: { limit: dollars(1_000_000_000) },
      errors: { count: 1_000_000_000, within: millis(60_000), pause: millis(60_000) },
      slippage: { fills: 20 },
      feed: { pause: millis(1_000) },
    },
  },
};

const namesOf = (count: number): readonly AccountId[] =>
  Array.from({ length: count }, (_, index) => accountId(`paper-${index + 1}`));

export const settingsFor = (count: number, rules: Rules): Settings =>
  settingsOf(namesOf(count), rules, "cme");

/** Every account under the same plan of a firm, as far from each of its limits as on the first day. */
export const withFirm = (settings: Settings): Settings => ({
  ...settings,
  plans: { [FIRM_PLAN.id]: FIRM_PLAN },
  accounts: settings.accounts.map((one) => ({
    ...one,
    firm: { plan: FIRM_PLAN.id, buffer: dollars(100) },
  })),
});

const settingsOf = (names: readonly AccountId[], rules: Rules, sessions: Sessions): Settings => ({
  ruleSets: { default: rules },
  accounts: names.map((id) => ({ id, name: id, rules: "default", brackets: "native", sessions })),
});

/** As many steps of the drill as a house makes in its first seconds, once in a process. */
const DRILL_STEPS = 20_000;
let hasDrilled = false;

function warmUp(rules: Rules): void {
  const drill = drills(rules);
  for (let step = 0; step < DRILL_STEPS && !hasDrilled; step++) drill.next();
  hasDrilled = true;
}

/** A house that has compared every account with its venue and is ready for alerts. */
export async function openHouse(parts: HouseParts): Promise<House> {
  const { folder, accounts: count = 1, rules = FREE_RULES, told = () => {} } = parts;
  warmUp(rules);
  const clock = tradingDay(parts.opensAt);
  const log = { write: () => {} };
  const journal = opened(openJournal(join(folder, "journal.db"), { at: clock.now() }));
  const market = fixedMarket(clock);
  const accounts = parts.names ?? namesOf(count);
  const venue = parts.venue?.(clock) ?? paperVenue(parts, { clock, market, accounts, rules });
  let settled = 0;
  const countSettled = (recorded: readonly Recorded[]): void => {
    for (const { fact } of recorded) if (fact.kind === "AccountSettled") settled += 1;
  };
  const lifeboat = { save: () => true, load: () => [], clear: () => {} };
  const loop = createLoop(
    {
      ...{ clock, log, journal, market, lifeboat },
      broker: overheard(venue, parts),
      audience: [{ told }, { told: countSettled }],
      followed: FOLLOWED,
    },
    foldJournal(journal),
  );
  const history = opened(openHistory(join(folder, "history.db"), { at: clock.now() }));
  const messages = createMessageBook({
    ...{ clock, log },
    history,
    sourceFault: ({ reason }) => {
      throw new Error(reason);
    },
  });
  const intake = createIntake({
    ...{ clock, log, messages, offer: loop.offer, termsOf: () => null, sourceFault: () => {} },
  });
  const price = pricer(market, clock);
  await price(parts.price ?? BASE_PRICE);
  venue.open((report) => {
    parts.hears?.(report);
    loop.offer({ kind: "report", report });
  });
  const settings = settingsOf(accounts, rules, parts.venue === undefined ? "cme" : "always-open");
  loop.offer({
    kind: "start",
    mode: "paper",
    version: "bench",
    settings: parts.isFirm === true ? withFirm(settings) : settings,
    priceAgeMax: millis(600_000),
    balances: accounts.map((account) => ({ account, balance: dollars(50_000) })),
  });
  await until(() => settled === count, "every account agrees with the venue");
  return {
    ...{ loop, clock, journal, price },
    quotes: () => FOLLOWED.flatMap((root) => market.quote(root) ?? []),
    hear: (message) => void intake.take(message, { tradable: true, room: OPEN_ROOM }),
    openTrades: () =>
      valuesOf(loop.state().trades).filter(({ phase }) => phase === "open" || phase === "runner")
        .length,
    quiet: () => quiet(loop),
    close() {
      loop.stop();
      intake.end();
      venue.close();
      history.close();
      journal.close();
    },
  };
}

interface VenueParts {
  readonly clock: Clock;
  readonly market: FixedMarket;
  readonly accounts: readonly AccountId[];
  readonly rules: Rules;
}

function paperVenue(
  { folder }: HouseParts,
  { clock, market, accounts, rules }: VenueParts,
): Broker {
  const book = opened(openPaperBook(join(folder, "paper.db"), { at: clock.now() }));
  const balance = dollars(50_000);
  return new PaperBroker({
    ...{ clock, marketData: market, book, log: { write: () => {} } },
    settings: {
      venue: { ...DEFAULT_VENUE, brackets: "native", slippage: ticks(0) },
      latency: millis(0),
      sessions: "always-open",
      accounts: accounts.map((account) => ({ account, balance, fees: rules.fees })),
      checkpointAfter: 5_000,
    },
  });
}

const overheard = (venue: Broker, { sends, isVenueDeaf = false }: HouseParts): Broker => ({
  brackets: venue.brackets,
  open: (listener) => venue.open(listener),
  send(request) {
    sends?.(request);
    if (!isVenueDeaf) venue.send(request);
  },
  ask: (account, since) => venue.ask(account, since),
  close: () => venue.close(),
});

/** `before` is called in the last moment. */
function pricer(market: FixedMarket, clock: Clock): House["price"] {
  let movedAt = clock.now();
  return async (points, before = () => {}) => {
    // A price of the millisecond in which an order came is no news to that order.
    await until(() => clock.now() > movedAt, "a millisecond goes by");
    movedAt = clock.now();
    const last = ticks(points * 4);
    const quote = { at: movedAt, last, bid: last, ask: ticks(last + 1), high: last, low: last };
    before();
    market.setQuote({ instrument: "ES", ...quote });
    market.setQuote({ instrument: "MES", ...quote });
  };
}

/**
 * The venue's answer to an entry order; changes of its legs are answered too. Of an order that did
 * not become one nothing is measured.
 */
export function isEntryAnswer(report: VenueReport): boolean {
  if (report.kind !== "answer" || !/-e\d+-1$/.test(report.id)) return false;
  if (report.outcome.kind === "done") return true;
  throw new Error(`no order came of ${report.id}: ${JSON.stringify(report.outcome)}`);
}

async function quiet(loop: Loop): Promise<void> {
  for (let turns = 0; turns < 5; turns++) {
    await nextTurn();
    if (!loop.idle()) turns = 0;
  }
}
