/**
 * How a scenario differs from the defaults: its `@` lines, one difference a line.
 *
 * ```text
 * @ brackets none                     the venue keeps no brackets; native is the default
 * @ bars 60                           the feed delivers bars of so many seconds: stop it, print by hand
 * @ venue goes-on                     it trades on while the program is down; by default it rests
 * @ slippage 0                        ticks on market and stop fills
 * @ limit-fill touch                  a resting limit fills already when the price touches it
 * @ stop-protection 8                a stop farther than so many ticks behind the market waits
 * @ partial 3                         a thin book: orders of two and more fill in parts (3 = seed)
 * @ rules trade-as ES                 an ES alert trades ES and not MES
 * @ shrink off                        what does not fit is not tried in its micro
 * @ size A=5 B=3                      contracts by letter; `@ size risk A=100` dollars by letter
 * @ size-unstated refused             an alert without a letter
 * @ entry market                      or `@ entry limit 4 points`, `@ entry limit 20 %` of the stop
 * @ targets 50% at 7 points, 50% at 12 points           also ticks, r (multiples of risk), price
 * @ anchor fill                       targets count from the average fill
 * @ breakeven-after 0                 never; @ breakeven-passed keep
 * @ adds allow                        a second trade in the same direction
 * @ fees flat 2.50                    dollars a contract and round turn; also table, none
 * @ limit position-size 2             trades-per-day, loss-per-trade, stop-distance, collar,
 *                                     age, duplicate-window (seconds), daily-loss, total-daily-loss
 *                                     (percent too), consecutive-losses, entries-per-minute,
 *                                     exposure (ES), total-exposure (ES), drawdown, errors,
 *                                     slippage-fills, feed-pause (seconds); `off` takes it away
 * @ score told                        the risk score is written beside what it belongs to; also
 *                                     "cut-off 60", "size 50% from 40", "only streak" (that part alone)
 * @ day 2026-12-15                    another day than Thursday 2026-11-19; before what follows
 * @ ends 12:00                        the sessions of that day end early
 * @ report 09:35 CPI                  something is published then; also FOMC, payrolls
 * @ told 08:15 15:15                  the messages of the day; a time may be "off"
 * @ summed 15:20                      and the summaries of the day, the week and the month
 * @ attended 20m                      somebody has to be heard of so often
 * @ live                              the accounts begin small, as live ones do
 * @ always-open                       the accounts' venue never closes
 * @ hours flat 09:45                  entries-from, live-from, entries-until; `flat none`,
 *                                     `news ignored`, `kept` (also where a venue never closes)
 * @ balance 48500                     instead of 50,000
 * @ firm floor intraday 2000 50100    a plan of a firm (`scenario-firm.ts`)
 * @ accounts one two                  instead of the single account "paper"
 * @ account two limit position-size 2       one of the above for that account alone
 * @ account two group swing                 follows the rooms of that group, and those of none
 * @ account two ratio 0.5                   takes so much of what its rules come to
 * @ account two owner anna                  is hers; `opposing allow`, `unhedged FIRM`, `live` too
 * @ room alerts confirm 30s                 that channel asks first, for so long (60 s); auto, shadow
 * @ room alerts confirm group swing         only for the accounts of that group
 * ```
 */
import { centralDayToUtc } from "../../src/core/model/central-time.ts";
import { CME_CALENDAR } from "../../src/core/model/cme-calendar.ts";
import { DEFAULT_RULES } from "../../src/core/model/defaults.ts";
import type { FeeSchedule } from "../../src/core/model/fees.ts";
import type { Root } from "../../src/core/model/instrument.ts";
import { isRoot } from "../../src/core/model/instruments.ts";
import type { Amount } from "../../src/core/model/limits.ts";
import type { NewsSeries } from "../../src/core/model/news.ts";
import { QUOTE_AGE_MAX } from "../../src/core/model/quote.ts";
import { OPEN_ROOM, type Room, type RoomMode } from "../../src/core/model/room.ts";
import type {
  AccountRules,
  BracketSupport,
  Distance,
  EntryRules,
  Rules,
  Settings,
  Sizing,
  TargetRule,
} from "../../src/core/model/rules.ts";
import { type ByPart, SCORE_PARTS, type ScoreRules } from "../../src/core/model/score.ts";
import { DEFAULT_SCORE } from "../../src/core/model/score-table.ts";
import { dayNumberOf, type TradeDate, tradeDate } from "../../src/core/model/trade-date.ts";
import { dollars, type Millis, type Money, millis, ticks } from "../../src/core/model/units.ts";
import { DEFAULT_VENUE, type VenueSettings } from "../../src/core/paper/settings.ts";
import { type ScenarioFirm, withFirm } from "./scenario-firm.ts";

export interface ScenarioAccount {
  readonly name: string;
  readonly rules: Rules;
  readonly group?: string;
  readonly own?: Pick<AccountRules, "owner" | "opposing" | "unhedged" | "probation">;
}

export interface ScenarioSetup {
  readonly accounts: readonly ScenarioAccount[];
  readonly venue: VenueSettings;
  /** Whether it trades on while the program is down, as a real venue does. */
  readonly venueGoesOn: boolean;
  /** A quote older than this is no quote. */
  readonly priceAgeMax: Millis;
  /** By channel; one that is not named is open. */
  readonly rooms: Readonly<Record<string, Room>>;
  readonly day: TradeDate;
  readonly dates: Pick<Settings, "calendar" | "news" | "attended" | "duties">;
  readonly kind: Pick<AccountRules, "probation" | "sessions">;
  readonly balance: Money;
  readonly firm?: ScenarioFirm;
}

export const DEFAULT_SETUP: ScenarioSetup = {
  accounts: [{ name: "paper", rules: DEFAULT_RULES }],
  venue: DEFAULT_VENUE,
  venueGoesOn: false,
  priceAgeMax: QUOTE_AGE_MAX,
  rooms: {},
  day: tradeDate("2026-11-19"),
  dates: {},
  kind: {},
  balance: dollars(50_000),
};

/** The setup after one more `@` line. */
export function withDirective(setup: ScenarioSetup, line: string): ScenarioSetup {
  const [key = "", ...words] = line.trim().split(/\s+/);
  if (key === "accounts") return { ...setup, accounts: words.map((name) => named(setup, name)) };
  if (key === "account") return forOne(setup, words[0] ?? "", words.slice(1));
  if (key === "room") return withRoom(setup, words);
  const change = VENUE_CHANGES[key];
  if (change !== undefined) return change(setup, words);
  return {
    ...setup,
    accounts: setup.accounts.map((one) => ({ ...one, rules: withRule(one.rules, key, words) })),
  };
}

function named({ accounts: [first] }: ScenarioSetup, name: string): ScenarioAccount {
  return { name, rules: first?.rules ?? DEFAULT_RULES };
}

function forOne(setup: ScenarioSetup, name: string, words: readonly string[]): ScenarioSetup {
  const [key = "", ...values] = words;
  const [group = ""] = values;
  const changed = (one: ScenarioAccount): ScenarioAccount => {
    if (key === "group") return { ...one, group };
    const own = ownOf(key, group);
    return own === null
      ? { ...one, rules: withRule(one.rules, key, values) }
      : { ...one, own: { ...one.own, ...own } };
  };
  const accounts = setup.accounts.map((one) => (one.name === name ? changed(one) : one));
  if (setup.accounts.every((one) => one.name !== name)) throw unknown("account", name);
  return { ...setup, accounts };
}

/** What is an account's own and no rule. */
function ownOf(key: string, value: string): ScenarioAccount["own"] | null {
  switch (key) {
    case "owner":
      return { owner: value };
    case "opposing":
      return { opposing: oneOf(value, "allow") };
    case "unhedged":
      return { unhedged: value };
    case "live":
      return { probation: true };
    default:
      return null;
  }
}

function withRoom(setup: ScenarioSetup, words: readonly string[]): ScenarioSetup {
  const [channel = "", mode, ...rest] = words;
  const seconds = /(\d+)s\b/.exec(rest.join(" "))?.[1];
  const group = /group (\w+)/.exec(rest.join(" "))?.[1] ?? null;
  const room: Room = {
    ...OPEN_ROOM,
    mode: oneOf<RoomMode>(mode, "auto", "confirm", "shadow"),
    group,
    ...(seconds !== undefined && { approvalFor: millis(1_000 * Number(seconds)) }),
  };
  return { ...setup, rooms: { ...setup.rooms, [channel]: room } };
}

type Change<T> = (of: T, words: readonly string[]) => T;

const inVenue =
  (change: (words: readonly string[]) => Partial<VenueSettings>): Change<ScenarioSetup> =>
  (setup, words) => ({ ...setup, venue: { ...setup.venue, ...change(words) } });

const VENUE_CHANGES: Readonly<Record<string, Change<ScenarioSetup>>> = {
  brackets: inVenue(([kind]) => ({ brackets: oneOf<BracketSupport>(kind, "native", "none") })),
  "stop-protection": inVenue(([count]) => ({ stopProtection: ticks(number(count)) })),
  slippage: inVenue(([count]) => ({ slippage: ticks(number(count)) })),
  "limit-fill": inVenue(([kind]) => ({ limitFill: oneOf(kind, "through", "touch") })),
  partial: inVenue(([seed]) => ({ partialFill: { permille: 1_000, seed: number(seed) } })),
  bars: (setup, [seconds]) => ({ ...setup, priceAgeMax: millis(1_500 * number(seconds)) }),
  day: (setup, [day = ""]) => ({ ...setup, day: tradeDate(day) }),
  ends: (setup, [time]) => {
    const end = minuteIn(time);
    const ends = { equity: end, rates: end, energy: end, metals: end, fx: end };
    const short = { date: setup.day, name: "a short day", businessDay: true, ends };
    const days = [...CME_CALENDAR.days.filter(({ date }) => date !== setup.day), short];
    return { ...setup, dates: { ...setup.dates, calendar: { ...CME_CALENDAR, days } } };
  },
  report: (setup, [time, name = "a report"]) => {
    const { day, dates } = setup;
    const event = EVENTS[name];
    const series = {
      name,
      ...(event !== undefined && { event }),
      source: "the scenario",
      verified: day,
      validUntil: day,
      times: [centralDayToUtc(dayNumberOf(day), minuteIn(time))],
    };
    return { ...setup, dates: { ...dates, news: [...(dates.news ?? []), series] } };
  },
  told: (setup, [ready, closing]) => ({
    ...setup,
    dates: { ...setup.dates, duties: { ready: hourIn(ready), closing: hourIn(closing) } },
  }),
  summed: (setup, [time]) => {
    const { duties = { ready: null, closing: null } } = setup.dates;
    const at = hourIn(time);
    const summed = { ...duties, day: at, week: at, month: at };
    return { ...setup, dates: { ...setup.dates, duties: summed } };
  },
  attended: (setup, [span = ""]) => ({
    ...setup,
    dates: { ...setup.dates, attended: millis(number(span.replace(/m$/, "")) * 60_000) },
  }),
  balance: (setup, [value]) => ({ ...setup, balance: dollars(number(value)) }),
  firm: (setup, words) => ({ ...setup, firm: withFirm(setup.firm, words) }),
  live: (setup) => ({ ...setup, kind: { ...setup.kind, probation: true } }),
  "always-open": (setup) => ({ ...setup, kind: { ...setup.kind, sessions: "always-open" } }),
  venue: (setup, [kind]) => ({
    ...setup,
    venueGoesOn: oneOf(kind, "rests", "goes-on") === "goes-on",
  }),
};

const EVENTS: Readonly<Record<string, NonNullable<NewsSeries["event"]>>> = {
  CPI: "cpi",
  FOMC: "fomc",
  payrolls: "payrolls",
};

function withRule(rules: Rules, key: string, words: readonly string[]): Rules {
  const change = RULE_CHANGES[key];
  if (change === undefined) throw unknown("directive", key);
  return change(rules, words);
}

const inExits =
  (change: (words: readonly string[]) => Partial<Rules["exits"]>): Change<Rules> =>
  (rules, words) => ({ ...rules, exits: { ...rules.exits, ...change(words) } });

const RULE_CHANGES: Readonly<Record<string, Change<Rules>>> = {
  rules: (rules, [what, root]) => ({
    ...rules,
    tradeAs: tradeAs(rules, oneOf(what, "trade-as"), root),
  }),
  shrink: ({ shrinkToMicro: _, ...rules }, [kind]) =>
    oneOf(kind, "to-micro", "off") === "off" ? rules : { ...rules, shrinkToMicro: true },
  ratio: (rules, [factor]) => ({
    ...rules,
    sizing: { ...rules.sizing, ratio: Math.round(1_000 * number(factor)) },
  }),
  size: (rules, words) => ({ ...rules, sizing: sizingOf(rules.sizing, words) }),
  "size-unstated": (rules, [letter]) => ({
    ...rules,
    sizeUnstated: letter === "refused" ? null : oneOf(letter, "A", "B", "C"),
  }),
  entry: (rules, words) => ({ ...rules, entry: entryOf(rules.entry, words) }),
  targets: inExits((words) => ({ targets: words.join(" ").split(", ").map(targetOf) })),
  anchor: inExits(([kind]) => ({ anchor: oneOf(kind, "alert", "fill") })),
  "breakeven-after": inExits(([count]) => ({ breakevenAfter: number(count) })),
  "breakeven-passed": inExits(([kind]) => ({ onBreakevenPassed: oneOf(kind, "exit", "keep") })),
  adds: (rules, [kind]) => ({ ...rules, adds: oneOf(kind, "refuse", "allow") }),
  score: (rules, words) => ({ ...rules, score: scoreOf(rules.score ?? {}, words) }),
  hours: (rules, words) => ({ ...rules, ...hoursOf(rules, words) }),
  fees: (rules, words) => ({ ...rules, fees: feesOf(words) }),
  limit: (rules, [name = "", value]) => ({
    ...rules,
    limits: dayLimitOf(rules.limits, name, value) ?? {
      ...rules.limits,
      ...limitOf(rules.limits, name, number(value)),
    },
  }),
};

function tradeAs(rules: Rules, _: string, root: string | undefined): Rules["tradeAs"] {
  if (root === undefined || !isRoot(root)) throw unknown("instrument", root);
  const kept = Object.entries(rules.tradeAs).filter(([from]) => from !== root);
  return Object.fromEntries(kept) as Partial<Record<Root, Root>>;
}

function sizingOf(before: Sizing, words: readonly string[]): Sizing {
  const isRisk = words[0] === "risk";
  const stated = new Map(words.slice(isRisk ? 1 : 0).map((word) => letterAndNumber(word)));
  const of = (letter: "A" | "B" | "C", otherwise: number) => stated.get(letter) ?? otherwise;
  if (isRisk) {
    const money = (letter: "A" | "B" | "C") => dollars(of(letter, 100));
    return { kind: "risk", bySize: { A: money("A"), B: money("B"), C: money("C") } };
  }
  const { A, B, C } = before.bySize;
  return { kind: "contracts", bySize: { A: of("A", A), B: of("B", B), C: of("C", C) } };
}

function letterAndNumber(word: string): readonly [string, number] {
  const [letter = "", value] = word.split("=");
  return [letter, number(value)];
}

function entryOf({ timeout }: EntryRules, [kind, value, unit]: readonly string[]): EntryRules {
  if (oneOf(kind, "market", "limit") === "market") return { kind: "market", timeout };
  const chase =
    oneOf(unit, "points", "%") === "points"
      ? ({ unit: "points", value: number(value) } as const)
      : ({ unit: "stop-share", value: 10 * number(value) } as const);
  return { kind: "limit", chase, timeout };
}

function targetOf(text: string): TargetRule {
  const match = /^(\d+)% at (\S+) (\S+)$/.exec(text);
  if (match === null) throw unknown("target", text);
  const unit = oneOf<Distance["unit"]>(match[3], "points", "ticks", "r", "price");
  return { at: { unit, value: number(match[2]) }, share: 10 * number(match[1]) };
}

function feesOf([kind, roundTurn]: readonly string[]): FeeSchedule {
  const named = oneOf<FeeSchedule["kind"]>(kind, "table", "flat", "none");
  return named === "flat"
    ? { kind: named, roundTurn: dollars(number(roundTurn)) }
    : { kind: named };
}

function scoreOf(score: ScoreRules, [what, value = "", , from]: readonly string[]): ScoreRules {
  switch (what) {
    case "told":
      return score;
    case "cut-off":
      return { ...score, cutOff: number(value) };
    case "size": {
      const step = { from: number(from), share: 10 * number(value.replace(/%$/, "")) };
      return { ...score, sizeCurve: [...(score.sizeCurve ?? []), step] };
    }
    case "only": {
      const part = oneOf(value, ...SCORE_PARTS);
      const weights = { ...NO_WEIGHTS, [part]: 100 };
      return { ...score, model: { ...DEFAULT_SCORE, weights } };
    }
    default:
      throw unknown("score", what);
  }
}

const NO_WEIGHTS: ByPart<number> = {
  ...{ stop: 0, floor: 0, streak: 0, drawdown: 0 },
  ...{ concurrency: 0, volatility: 0, time: 0, record: 0 },
};

function hoursOf({ hours }: Rules, [what, value]: readonly string[]): Pick<Rules, "hours"> {
  if (hours === undefined) throw unknown("hours", what);
  switch (what) {
    case "entries-from":
      return { hours: { ...hours, entriesFrom: minuteIn(value) } };
    case "live-from":
      return { hours: { ...hours, liveEntriesFrom: minuteIn(value) } };
    case "entries-until":
      return { hours: { ...hours, entriesUntil: minuteIn(value) } };
    case "flat":
      return { hours: { ...hours, flatFrom: value === "none" ? null : minuteIn(value) } };
    case "news":
      return { hours: { ...hours, news: null } };
    case "kept":
      return { hours: { ...hours, alwaysOpen: "kept" } };
    default:
      throw unknown("hours", what);
  }
}

const hourIn = (text: string | undefined): number | null =>
  text === "off" ? null : minuteIn(text);

function minuteIn(text: string | undefined): number {
  const [hours, minutes] = (text ?? "").split(":");
  return 60 * number(hours) + number(minutes);
}

type Limits = Rules["limits"];

function limitOf({ stopDistance }: Limits, name: string, value: number): Partial<Limits> {
  switch (name) {
    case "trades-per-day":
      return { tradesPerDay: value };
    case "position-size":
      return { positionSize: value };
    case "stop-distance":
      return { stopDistance: { ...stopDistance, ES: { min: 1, max: value } } };
    case "collar":
      return { collar: { ES: value } };
    case "age":
      return { ageMax: millis(value * 1_000) };
    case "duplicate-window":
      return { duplicateWindow: millis(value * 1_000) };
    default:
      throw unknown("limit", name);
  }
}

type Loose<T> = { -readonly [K in keyof T]: T[K] };

/** Null where it is none of the day. `off` takes a limit away. */
function dayLimitOf(limits: Limits, name: string, value: string | undefined): Limits | null {
  const next: Loose<Limits> = { ...limits };
  const breakers: Loose<NonNullable<Limits["breakers"]>> = { ...limits.breakers };
  const total: Loose<NonNullable<Limits["total"]>> = { ...limits.total };
  const isOff = value === "off";
  const loss = (before: Limits["dailyLoss"]) => ({
    limit: amount(value),
    steps: before?.steps ?? { warn: [], half: null, block: null, flatten: 1_000 },
  });
  const minute = millis(60_000);
  switch (name) {
    case "loss-per-trade":
      return { ...limits, lossPerTrade: amount(value) };
    case "daily-loss":
      delete next.dailyLoss;
      if (!isOff) next.dailyLoss = loss(limits.dailyLoss);
      break;
    case "total-daily-loss":
      delete total.dailyLoss;
      if (!isOff) total.dailyLoss = loss(limits.total?.dailyLoss);
      break;
    case "consecutive-losses":
      delete next.consecutiveLosses;
      if (!isOff) next.consecutiveLosses = number(value);
      break;
    case "entries-per-minute":
      delete next.entriesPerMinute;
      if (!isOff) next.entriesPerMinute = number(value);
      break;
    case "exposure":
      next.exposure = { ES: number(value) };
      break;
    case "total-exposure":
      total.exposure = { ES: number(value) };
      break;
    case "drawdown":
      delete breakers.drawdown;
      if (!isOff) breakers.drawdown = { limit: amount(value) };
      break;
    case "errors":
      delete breakers.errors;
      if (!isOff) breakers.errors = { count: number(value), within: minute, pause: minute };
      break;
    case "slippage-fills":
      delete breakers.slippage;
      if (!isOff) breakers.slippage = { fills: number(value) };
      break;
    case "feed-pause":
      delete breakers.feed;
      if (!isOff) breakers.feed = { pause: millis(number(value) * 1_000) };
      break;
    default:
      return null;
  }
  return { ...next, breakers, total };
}

const amount = (text = ""): Amount =>
  text.endsWith("%")
    ? { ofBalance: Math.round(100 * number(text.slice(0, -1))) }
    : dollars(number(text));

function number(text: string | undefined): number {
  const value = Number(text);
  if (text === undefined || !Number.isFinite(value)) throw unknown("number", text);
  return value;
}

function oneOf<T extends string>(text: string | undefined, ...known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw unknown(known.join("|"), text);
  return found;
}

const unknown = (what: string, found: string | undefined): Error =>
  new Error(`a scenario names no ${what} "${found ?? ""}"`);
