/**
 * The configuration file, key by key: what may be written, what it means, what its absence means.
 *
 * From this one description come the checks at start, the JSON Schema for editors and the reference
 * page. Objects are strict: a key nobody knows is a mistake, never something to skip.
 */
import * as z from "zod";
import {
  DEFAULT_CONFIG,
  DEFAULT_PAPER,
  DEFAULT_RULE_PACKS,
  DEFAULT_RULE_SET,
} from "../../core/model/defaults.ts";
import { priceToTicks } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import { APPROVAL_FOR } from "../../core/model/room.ts";
import { millis } from "../../core/model/units.ts";
import {
  block,
  choice,
  flag,
  key,
  kinds,
  list,
  needed,
  price,
  reporting,
  text,
  whole,
  written,
} from "./fields.ts";
import { conflictsInFile } from "./file-checks.ts";
import { duration, orWords } from "./notation.ts";
import { ACCOUNT, GROUPS } from "./schema-accounts.ts";
import { BACKUPS } from "./schema-backups.ts";
import { BROKER, TOPSTEPX_MARKET } from "./schema-broker.ts";
import { HEALTH, WEB } from "./schema-health.ts";
import { NOTIFY } from "./schema-notify.ts";
import { ROOTS, RULE_SET, RULE_SET_NAME } from "./schema-rules.ts";
import { APPROVAL_TIME, SOURCE } from "./schema-sources.ts";

const LATENCY = duration(millis(0), millis(60_000));
const SEED_MAX = 2 ** 32 - 1;
const START_PRICE = 6_000;
const ACCOUNTS_MAX = 1_000;
const SOURCES_MAX = 100;

const PAPER = block({
  brackets: key(
    choice(["native", "none"]),
    DEFAULT_PAPER.brackets,
    "Whether the venue itself keeps the stop and target of an entry, or leaves that to us.",
  ),
  slippage: key(
    whole(0, 100),
    DEFAULT_PAPER.slippage,
    "Ticks by which market and stop orders fill worse than the price. Limits do not slip.",
  ),
  limitFill: key(
    choice(["through", "touch"]),
    DEFAULT_PAPER.limitFill,
    "A limit fills when the price trades through it, or already when it is touched.",
  ),
  latency: key(
    written(LATENCY),
    LATENCY.write(DEFAULT_PAPER.latency),
    "From a request to its effect at the venue.",
  ),
  partials: key(flag(), DEFAULT_PAPER.partials, "Whether orders may fill in parts."),
  sessions: key(
    choice(["cme", "always-open"]),
    DEFAULT_PAPER.sessions,
    "Trading hours: the exchange's with its holidays, or none. Without them, entries are taken at weekends too, recorded prices outside the exchange's hours count, and simulated ones never pause.",
  ),
});

/** A path; the word that stands for no file is null. */
const namedFile = (none: string) =>
  text(`the path of a file, or ${none}`).transform((path) => (path === none ? null : path));

const ATTENDED_FOR = duration(millis(15 * 60_000), millis(24 * 3_600_000));

const ATTENDED = orWords(ATTENDED_FOR, ["usual", "off"]);

const onEsGrid = (points: number): boolean => priceToTicks(instrumentOf("ES"), points).ok;

const MARKET = z.discriminatedUnion(
  "kind",
  [
    block({
      kind: needed(
        z.literal("none"),
        "No prices. Alerts are read, judged and kept as shadows; nothing is filled.",
      ),
    }),
    block({
      kind: needed(
        z.literal("simulated"),
        "Invented prices, to try things out. Alerts from real sources are never filled from them.",
      ),
      seed: key(whole(0, SEED_MAX), 1, "The same seed gives the same prices again."),
      startPrice: key(
        price(onEsGrid, "a price of ES in points, in steps of 0.25, such as 6000"),
        START_PRICE,
        "Where ES begins, points.",
      ),
    }),
    block({
      kind: needed(z.literal("file"), "Recorded prices."),
      path: needed(text("the path of a price file"), "The file with the prices."),
      instrument: needed(choice(ROOTS), "The contract whose prices these are."),
      barPath: key(
        choice(["worst-first", "high-first", "low-first"]),
        "worst-first",
        "Which extreme of a bar came first: always the high, always the low or, worst-first, the " +
          "one farther from the open, since the larger move is the likelier one to reach a stop.",
      ),
    }),
    TOPSTEPX_MARKET,
  ],
  kinds("none", "simulated", "file", "topstepx"),
);

const RULES = z
  .record(RULE_SET_NAME, RULE_SET, {
    error: ({ code }) =>
      code === "invalid_key"
        ? "a rule set is named by small letters, digits and hyphens, a letter first"
        : "expected a block of rule sets, each under its name",
  })
  // The built-in rules stay available under their name, whatever sets are added.
  .transform(
    (sets): Readonly<Record<string, RuleSet>> => ({
      [DEFAULT_RULE_SET]: RULE_SET.parse({}),
      ...sets,
    }),
  );

export const CONFIG_FILE = block({
  mode: key(
    choice(["paper", "live", "twin"]),
    DEFAULT_CONFIG.mode,
    "Whose money: paper is nobody's. Live sends orders to the venue in `broker`; twin does so too, " +
      "and takes every trade on paper beside it, to compare. A change takes a restart, and each " +
      "account `live enable` first.",
  ),
  dataDirectory: key(
    text("the path of a directory"),
    DEFAULT_CONFIG.dataDirectory,
    "Where the journal and the paper venue's books are kept. Relative paths, here and in every " +
      "other key, count from the directory the program is started in.",
  ),
  logLevel: key(
    choice(["error", "warning", "info", "debug"]),
    DEFAULT_CONFIG.logLevel,
    "How much is said on the console.",
  ),
  flattenOnStop: key(
    flag(),
    DEFAULT_CONFIG.flattenOnStop,
    "Close what is open when the program is stopped. If not, stops and targets stay at the venue.",
  ),
  paste: key(flag(), DEFAULT_CONFIG.paste, "Take alerts pasted by the operator."),
  formats: key(
    text("the path of a directory, or none").transform((path) => (path === "none" ? null : path)),
    "none",
    "The directory of the format packs, one in each file NAME.yaml; `none`: there are no packs.",
  ),
  rulePacks: key(
    text("the path of a directory, or none").transform((path) => (path === "none" ? null : path)),
    "none",
    "A directory of rule packs of your own, FIRM.yaml for each, beside those of the program; one of " +
      "the same name takes its place.",
  ),
  rulePackDaysMax: key(
    whole(1, 3_650),
    DEFAULT_RULE_PACKS.daysMax,
    "Figures of a firm that were verified more days ago than this are told to be old.",
  ),
  backups: key(BACKUPS, {}, "Copies of the books, each checked and restored on trial."),
  health: key(HEALTH, {}, "Who watches over the program from outside."),
  web: key(WEB, {}, "What the program shows of itself to browsers and collectors on this machine."),
  confirmFor: key(
    written(APPROVAL_TIME),
    APPROVAL_TIME.write(APPROVAL_FOR),
    "How long an entry waits for a person's yes, in channels whose mode is `confirm`.",
  ),
  calendar: key(
    namedFile("built-in"),
    "built-in",
    "The exchange's holidays and early ends: the program's own table, or a file of that shape.",
  ),
  news: key(
    namedFile("built-in"),
    "built-in",
    "The reports around which nothing is entered: the program's own list, a file of that shape, or " +
      "none.",
  ),
  attended: key(
    written(ATTENDED),
    "usual",
    "Entries stop when no operator was heard of for so long: `usual` is 4h on live accounts and off " +
      "on paper. Any command that changes something counts, and `attend` alone.",
  ),
  sources: key(list(SOURCE, 0, SOURCES_MAX, "sources"), [], "Where alerts come from."),
  notify: key(NOTIFY, {}, "Who is told away from the screen."),
  market: key(MARKET, { kind: "none" }, "Where prices come from."),
  paper: key(PAPER, {}, "How the paper venue behaves."),
  broker: key(BROKER, { kind: "paper" }, "The live venue: for its quotes, and for live accounts."),
  accounts: key(
    list(ACCOUNT, 1, ACCOUNTS_MAX, "accounts"),
    [{}],
    "The paper accounts that trade in the mode `paper`; in the others those of `broker` do. Each " +
      "alert is judged for each account.",
  ),
  groups: key(
    GROUPS,
    {},
    "What the accounts of a group have in common; each may say otherwise for itself.",
  ),
  rules: key(
    RULES,
    {},
    "Rule sets by name. Whatever a set leaves out is as in the built-in `default`, not as in a " +
      "`default` written here.",
  ),
}).superRefine(reporting(conflictsInFile));

export type RuleSet = z.output<typeof RULE_SET>;
export type ConfigFile = z.output<typeof CONFIG_FILE>;
