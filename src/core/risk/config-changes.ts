/**
 * Where two configurations differ, key by key and in words: what holds already, what waits.
 *
 * The way to a key is written as in the file (`rules.default.limits.tradesPerDay`,
 * `sources[0].mode`); what has a name of its own is called by it. Of a firm's plan each key is told
 * that changed; formats and dates, which come from files of their own, are told as a whole.
 */
import { canonical } from "../../std/canonical.ts";
import type { Config } from "../model/config.ts";
import type { ConfigChange } from "../model/config-fact.ts";
import { classAt } from "../model/reload-classes.ts";
import type { Sizing } from "../model/rules.ts";
import { type Millis, type Money, WEIGHT_PER_MINI } from "../model/units.ts";
import { showMinute } from "../model/when.ts";
import { ratioText, showDuration, showMoney } from "../model/wording.ts";
import { type PlanUnit, planUnitOf } from "./plan-units.ts";
import { amountText } from "./raised-limits.ts";
import { fingerprintOf } from "./reloaded-config.ts";

export interface Changes {
  readonly changes: readonly ConfigChange[];
  /** How many more there are than are listed. */
  readonly omitted: number;
}

/** More is a new configuration and not an edit; the fact that carries them stays small. */
const CHANGES_MAX = 100;

/** `result`: what is in force once everything was taken that may be. */
export function changesBetween(was: Config, is: Config, result: Config): Changes {
  const changes: ConfigChange[] = [];
  differ([], { was, is, result }, (path, { was, is, result }) => {
    const { on } = classAt(path);
    const outcome = isSame(result, is) ? "applied" : "waits";
    const unit = unitOf(path);
    changes.push({ key: keyText(path), was: textOf(was, unit), is: textOf(is, unit), on, outcome });
  });
  return {
    changes: changes.slice(0, CHANGES_MAX),
    omitted: Math.max(0, changes.length - CHANGES_MAX),
  };
}

interface Values {
  readonly was: unknown;
  readonly is: unknown;
  readonly result: unknown;
}

type Path = readonly string[];

function differ(path: Path, values: Values, found: (path: Path, values: Values) => void): void {
  const { was, is, result } = values;
  if (isSame(was, is)) return;
  if (!isBlock(was) || !isBlock(is) || isWhole(path)) return found(path, values);
  const held: Block = Object(result);
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)]))
    differ([...path, key], { was: was[key], is: is[key], result: held[key] }, found);
}

/** One that is left out is the same as none. */
const isSame = (a: unknown, b: unknown): boolean => canonical([a]) === canonical([b]);

type Block = Readonly<Record<string, unknown>>;

/** Lists of blocks are walked like blocks; lists of values are one value. */
const isBlock = (value: unknown): value is Block =>
  typeof value === "object" &&
  value !== null &&
  (!Array.isArray(value) || (value.length > 0 && value.every(isBlock)));

/** Told in one piece: tables of their own files, amounts in either unit, lists whose order counts. */
const isWhole = (path: Path): boolean =>
  WHOLES.some(
    (whole) =>
      whole.length === path.length && whole.every((name, at) => name === "*" || name === path[at]),
  ) ||
  (!isOfPlan(path) && WHOLE_KEYS.has(String(path.at(-1))));

const isOfPlan = ([top, part]: Path): boolean => top === "settings" && part === "plans";

const WHOLES: readonly Path[] = [
  ["settings", "calendar"],
  ["settings", "news"],
  ["formats", "*"],
  ["settings", "ruleSets", "*", "sizing"],
];

const WHOLE_KEYS: ReadonlySet<string> = new Set([
  ...["lossPerTrade", "limit", "targets", "sizeCurve", "chase", "authors", "format"],
]);

/** As in the file, where that is known under another name. */
function keyText(path: Path): string {
  const [top, part, ...rest] = path;
  const known = top === "settings" ? [part === "ruleSets" ? "rules" : part, ...rest] : path;
  return known
    .filter((name) => name !== "room")
    .map((name) => (/^\d+$/.test(String(name)) ? `[${name}]` : `.${name}`))
    .join("")
    .replace(/^\./, "")
    .replace(/\.dailyLoss\.limit$/, ".dailyLoss")
    .replace(/\.dailyLoss\.steps\./, ".dailyLossSteps.");
}

type Unit = PlanUnit | "sizing" | "table";

const UNITS: Readonly<Record<string, Unit>> = {
  sizing: "sizing",
  lossPerTrade: "amount",
  limit: "amount",
  dailyLoss: "amount",
  balance: "amount",
  ...{ ageMax: "duration", duplicateWindow: "duration", timeout: "duration", within: "duration" },
  ...{
    every: "duration",
    pause: "duration",
    before: "duration",
    after: "duration",
    attended: "duration",
  },
  ...{ entriesBeforeEarlyEnd: "duration", flatBeforeEarlyEnd: "duration" },
  ...{ latency: "duration", approvalFor: "duration" },
  ...{ entriesFrom: "minute", liveEntriesFrom: "minute", entriesUntil: "minute" },
  ...{ flatFrom: "minute", warn: "share", half: "share", block: "share", flatten: "share" },
};

/** Of tables only their fingerprints are told, and of a plan that is new or gone. */
function unitOf(path: Path): Unit {
  if (isTable(path)) return "table";
  return isOfPlan(path) ? planUnitOf(path) : (UNITS[String(path.at(-1))] ?? "plain");
}

const PLAN_DEPTH = 3;

const isTable = (path: Path): boolean =>
  path[0] === "formats" ||
  (path[0] === "settings" && TABLES.has(String(path[1]))) ||
  (isOfPlan(path) && path.length <= PLAN_DEPTH);

const TABLES: ReadonlySet<string> = new Set(["calendar", "news"]);

const TEXT_MAX = 60;

function textOf(value: unknown, unit: Unit): string {
  if (value === undefined || value === null) return "none";
  if (Array.isArray(value) && unit === "share")
    return value.map((one) => textOf(one, unit)).join(", ");
  if (unit === "table") return `table ${fingerprintOf(value).slice(0, TABLE_DIGITS)}`;
  if (unit === "sizing") return sizingText(value as Sizing); // what stands at that key
  if (typeof value === "number") return numberText(value, unit);
  if (typeof value === "string" || typeof value === "boolean") return String(value);
  if (unit === "amount" && isShare(value)) return amountText(value);
  const whole = canonical(value);
  return whole.length <= TEXT_MAX ? whole : `${whole.slice(0, TEXT_MAX)}…`;
}

const TABLE_DIGITS = 8;

function sizingText({ kind, bySize, ratio }: Sizing): string {
  const each = (["A", "B", "C"] as const).map((letter) => {
    const size = bySize[letter];
    return `${letter} ${kind === "risk" ? showMoney(size as Money) : size}`;
  });
  return [...each, ...(ratio === undefined ? [] : [`ratio ${ratioText(ratio)}`])].join(", ");
}

const isShare = (value: unknown): value is { readonly ofBalance: number } =>
  isBlock(value) && typeof value["ofBalance"] === "number";

function numberText(value: number, unit: Unit): string {
  switch (unit) {
    case "amount":
      return amountText(value as Parameters<typeof amountText>[0]); // a number there is money
    case "duration":
      return showDuration(value as Millis);
    case "minute":
      return showMinute(value);
    case "share":
      return `${value / 10}%`;
    case "minis":
      return `${value / WEIGHT_PER_MINI} minis`;
    default:
      return String(value);
  }
}
