/**
 * What a running house does with a changed configuration, key by key.
 *
 * | class        | a change holds                                                             |
 * |--------------|----------------------------------------------------------------------------|
 * | `now`        | from the next decision on                                                  |
 * | `next trade` | for trades planned from now on; running trades keep what they opened with  |
 * | `restart`    | after the next start, and until then not at all                            |
 *
 * `looser: "restart"`: only a tighter value is taken while the house runs; one that allows more waits
 * for the next start, and begins with the next trade date if there were trades on this one.
 *
 * The tables name every key of the configuration, and the compiler sees to it.
 */
import { ownOf } from "../../std/own.ts";
import type { Config } from "./config.ts";
import type { Room } from "./room.ts";
import type { Limits, Rules, Settings } from "./rules.ts";

export type ReloadClass = "now" | "next trade" | "restart";

export interface KeyClass {
  readonly on: ReloadClass;
  /** Left out: a change is a change. */
  readonly looser?: "restart";
}

type Classes<T, Nested extends keyof T = never> = Readonly<
  Record<Exclude<keyof Required<T>, Nested>, KeyClass>
>;

const NOW: KeyClass = { on: "now" };
const NEXT_TRADE: KeyClass = { on: "next trade" };
const RESTART: KeyClass = { on: "restart" };
const TIGHTER: KeyClass = { on: "now", looser: "restart" };
const TIGHTER_NEXT: KeyClass = { on: "next trade", looser: "restart" };

export const CONFIG_CLASSES: Classes<Config, "settings"> = {
  mode: RESTART, // paper to live is never a reload, whatever stands in the file
  broker: RESTART,
  balances: RESTART,
  paper: RESTART,
  market: RESTART,
  sources: RESTART, // but for their rooms, below
  formats: NOW, // from the next message on
  formatsDirectory: RESTART,
  rulePacks: RESTART,
  backups: RESTART,
  dataDirectory: RESTART,
  logLevel: NOW,
  flattenOnStop: NOW,
  paste: NOW,
  notify: RESTART, // where secrets go out to
};

const ROOM_CLASSES: Classes<Room> = {
  authors: RESTART,
  format: NOW,
  group: RESTART,
  mode: TIGHTER, // auto, confirm, shadow: each takes less than the one before
  approvalFor: NOW,
};

export const SETTINGS_CLASSES: Classes<Settings, "ruleSets"> = {
  accounts: RESTART,
  plans: RESTART,
  calendar: RESTART, // by when a running trade is left hangs on it
  news: TIGHTER,
  attended: TIGHTER,
  duties: RESTART, // as whom it is told to
};

const RULE_CLASSES: Classes<Rules, "limits"> = {
  shrinkToMicro: TIGHTER_NEXT,
  tradeAs: RESTART, // another contract is another size of the same bet
  sizing: TIGHTER_NEXT,
  sizeUnstated: TIGHTER_NEXT,
  entry: TIGHTER_NEXT,
  exits: NEXT_TRADE,
  fees: RESTART, // what is booked of a day is booked by one schedule
  adds: TIGHTER_NEXT,
  hours: TIGHTER_NEXT,
  score: TIGHTER_NEXT,
};

const LIMIT_CLASSES: Classes<Limits> = {
  stopDistance: TIGHTER,
  collar: TIGHTER,
  ageMax: TIGHTER,
  duplicateWindow: TIGHTER,
  tradesPerDay: TIGHTER,
  positionSize: TIGHTER,
  lossPerTrade: TIGHTER,
  slippage: TIGHTER,
  dailyLoss: TIGHTER,
  total: TIGHTER,
  consecutiveLosses: TIGHTER,
  entriesPerMinute: TIGHTER,
  exposure: TIGHTER,
  bySize: TIGHTER,
  bySource: TIGHTER,
  breakers: TIGHTER,
};

type Table = Readonly<Record<string, KeyClass>>;

const own = (table: Table, key: string | undefined): KeyClass =>
  (key === undefined ? undefined : ownOf(table, key)) ?? RESTART;

/** Of the value at this path of a `Config`; what no table knows waits for a restart. */
export function classAt(path: readonly string[]): KeyClass {
  const [top, ...rest] = path;
  if (top === "sources") {
    const room = rest.indexOf("room");
    return room < 0 ? CONFIG_CLASSES.sources : own(ROOM_CLASSES, rest[room + 1]);
  }
  if (top !== "settings") return own(CONFIG_CLASSES, top);
  const [part, , rule, limit] = rest;
  if (part !== "ruleSets") return own(SETTINGS_CLASSES, part);
  // A rule set as a whole comes and goes with those who follow it.
  if (rule === undefined) return RESTART;
  return rule === "limits" ? own(LIMIT_CLASSES, limit) : own(RULE_CLASSES, rule);
}
