/**
 * What a trader gets who says nothing: small contracts, a known loss, half off at Target 1.
 *
 * The figures belong together. An A alert with a 10-point ES stop is taken at 3 MES, entered at most
 * 2 points late: 12 points x 3 contracts x $5 = $180, with slippage and fees some $191, inside the
 * $200 a trade may lose.
 *
 * Targets at 7 and 12 points are an ES alerter's habit and are kept for every family, because a
 * guess would be worse than a plain rule: who trades another product by alerts that state no
 * targets should give it a rule set of its own, or write its targets in multiples of R.
 *
 * The stop bands: at least 4 ticks everywhere (a bracket needs them), at most three fifths of what
 * the alert corpus takes for a sane stop; products outside the corpus get about half a day's usual
 * range. The collar is a third of the widest stop.
 */
import type {
  BackupsConfig,
  Config,
  LogConfig,
  OpeningBalance,
  PaperConfig,
  RulePacksConfig,
} from "./config.ts";
import type { HoursRules } from "./hours.ts";
import { accountId } from "./ids.ts";
import type { DailyLoss } from "./limits.ts";
import type { AccountRules, ByFamily, ExitRules, Limits, Rules, Settings } from "./rules.ts";
import { dollars, millis, ticks } from "./units.ts";

const STOP_DISTANCE: Limits["stopDistance"] = {
  ES: { min: 1, max: 30 },
  NQ: { min: 1, max: 120 },
  YM: { min: 4, max: 300 },
  RTY: { min: 0.4, max: 24 },
  CL: { min: 0.04, max: 1.8 },
  NG: { min: 0.004, max: 0.15 },
  GC: { min: 0.4, max: 36 },
  SI: { min: 0.02, max: 0.6 },
  ZB: { min: 0.125, max: 1.5 },
  ZN: { min: 0.0625, max: 0.75 },
  ZF: { min: 0.03125, max: 0.5 },
  ZT: { min: 0.015625, max: 0.25 },
  "6E": { min: 0.0002, max: 0.006 },
};

const COLLAR: ByFamily<number> = {
  ES: 10,
  NQ: 40,
  YM: 100,
  RTY: 8,
  CL: 0.6,
  NG: 0.05,
  GC: 12,
  SI: 0.2,
  ZB: 0.5,
  ZN: 0.25,
  ZF: 0.15625,
  ZT: 0.078125,
  "6E": 0.002,
};

const EXITS: ExitRules = {
  anchor: "alert",
  targets: [
    { at: { unit: "points", value: 7 }, share: 500 },
    { at: { unit: "points", value: 12 }, share: 500 },
  ],
  breakevenAfter: 1,
  onBreakevenPassed: "exit",
};

const DAILY_LOSS: DailyLoss = {
  limit: dollars(500),
  steps: { warn: [500, 750, 900], half: 750, block: 900, flatten: 1_000 },
};

const MINUTE = 60_000;

const LIMITS: Limits = {
  stopDistance: STOP_DISTANCE,
  collar: COLLAR,
  ageMax: millis(10_000),
  duplicateWindow: millis(60_000),
  tradesPerDay: 10,
  positionSize: 5,
  lossPerTrade: dollars(200),
  slippage: 2,
  dailyLoss: DAILY_LOSS,
  total: { dailyLoss: DAILY_LOSS },
  consecutiveLosses: 3,
  entriesPerMinute: 5,
  breakers: {
    drawdown: { limit: dollars(500) },
    errors: { count: 5, within: millis(5 * MINUTE), pause: millis(15 * MINUTE) },
    slippage: { fills: 5 },
    feed: { pause: millis(MINUTE / 2) },
  },
};

/**
 * Flat by 15:10 and a quarter of an hour before an early end is what firms ask; entries stop ten
 * minutes before that, and the way out begins five minutes before it.
 */
const HOURS: HoursRules = {
  entriesFrom: 17 * 60,
  liveEntriesFrom: 8 * 60 + 30,
  entriesUntil: 15 * 60,
  flatFrom: 15 * 60 + 5,
  entriesBeforeEarlyEnd: millis(25 * 60_000),
  flatBeforeEarlyEnd: millis(20 * 60_000),
  news: { before: millis(5 * 60_000), after: millis(5 * 60_000) },
  alwaysOpen: "exempt",
};

export const DEFAULT_RULES: Rules = {
  tradeAs: { ES: "MES", NQ: "MNQ", YM: "MYM", RTY: "M2K", CL: "MCL", GC: "MGC" },
  sizing: { kind: "contracts", bySize: { A: 3, B: 2, C: 1 } },
  sizeUnstated: "C",
  entry: { kind: "limit", chase: { unit: "stop-share", value: 200 }, timeout: millis(30_000) },
  exits: EXITS,
  limits: LIMITS,
  fees: { kind: "table" },
  adds: "refuse",
  shrinkToMicro: true,
  hours: HOURS,
};

/** The rule set an account follows that names none. */
export const DEFAULT_RULE_SET = "default";

export const DEFAULT_ACCOUNT: AccountRules = {
  id: accountId("paper"),
  name: "Paper",
  rules: DEFAULT_RULE_SET,
  brackets: "native",
};

export const DEFAULT_BALANCE: OpeningBalance = {
  account: DEFAULT_ACCOUNT.id,
  balance: dollars(50_000),
};

export const DEFAULT_PAPER: PaperConfig = {
  brackets: DEFAULT_ACCOUNT.brackets,
  slippage: ticks(1),
  limitFill: "through",
  latency: millis(100),
  partials: false,
  sessions: "cme",
};

const DEFAULT_SETTINGS: Settings = {
  ruleSets: { [DEFAULT_RULE_SET]: DEFAULT_RULES },
  accounts: [DEFAULT_ACCOUNT],
};

/** So far above a firm's floor everything is closed: room for a stop that slips. */
export const DEFAULT_FLOOR_BUFFER = dollars(100);

export const DEFAULT_RULE_PACKS: RulePacksConfig = { directory: null, daysMax: 90 };

export const DEFAULT_BACKUPS: BackupsConfig = {
  every: millis(6 * 3_600_000),
  recipients: [],
  copyTo: null,
};

export const DEFAULT_LOG: LogConfig = {
  ...{ to: "file", components: {}, megabytes: 5, files: 14, every: "day" },
};

export const DEFAULT_CONFIG: Config = {
  mode: "paper",
  settings: DEFAULT_SETTINGS,
  balances: [DEFAULT_BALANCE],
  paper: DEFAULT_PAPER,
  market: { kind: "none" },
  sources: [],
  formats: {},
  dataDirectory: "./data",
  logLevel: "info",
  log: DEFAULT_LOG,
  flattenOnStop: false,
  paste: true,
};
