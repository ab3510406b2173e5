/**
 * A program that runs the real house and dies when it is told to.
 *
 * Journal, paper book, ledger, lock and control socket are real files in its directory; only time
 * is virtual and the market scripted, so that half a minute passes in a blink. What it has
 * acknowledged it notes line by line in a file its parent reads after its death.
 */

import { copyFileSync, existsSync, mkdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Context } from "../../src/app/context.ts";
import { spoken } from "../../src/app/demo-day.ts";
import { type HouseSpec, keepHouse } from "../../src/app/house.ts";
import { flushLogs } from "../../src/app/open-log.ts";
import { placesIn } from "../../src/app/places.ts";
import { wire } from "../../src/app/wire.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { openRoom } from "../../src/core/model/room.ts";
import { millis } from "../../src/core/model/units.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { ControlListener } from "../../src/ports/control.ts";
import type { MarketData } from "../../src/ports/market-data.ts";
import { watchHouse } from "./crash-points.ts";
import { labelsFor } from "./labels.ts";
import type { DeathOrder, Line, Role, VictimOrder } from "./orders.ts";
import { configOf, messagesOf, SECOND, TRADED, tapesOf, tradeIdsOf, WAYPOINTS } from "./script.ts";

/** Where the parent reads: handed over open, so that a write is there even if we are not. */
const NOTES = 3;

const order: VictimOrder = JSON.parse(process.argv[2] ?? "");
const roles = tradeIdsOf(order.script);
const numbers = new Map<Role, number>();
let clock: Clock | null = null;
let door: ControlListener | null = null;

const now = (): number => clock?.now() ?? order.from;

function note(line: Line): void {
  writeSync(NOTES, `${JSON.stringify(line)}\n`);
}

/** Counts down to the passage that was ordered. */
function countdown(
  wanted: DeathOrder | null,
): (point: string, labels: readonly string[]) => boolean {
  let left = wanted?.nth ?? 0;
  return (point, labels) => {
    if (wanted === null || (wanted.point !== null && wanted.point !== point)) return false;
    if (!wanted.labels.every((label) => labels.includes(label))) return false;
    left -= 1;
    return left === 0;
  };
}

const isDeath = countdown(order.death);
const isCopy = countdown(order.copy?.at ?? null);
const isRefusal = countdown(order.refuses);
let isFull = false;

function pass(point: string, labels: readonly string[]): void {
  if (isCopy(point, labels)) copyPaperBook();
  if (!isDeath(point, labels)) return;
  note({ kind: "dying", at: now(), point, labels });
  process.kill(process.pid, "SIGKILL");
}

function copyPaperBook(): void {
  if (order.copy === null) return;
  const { paper } = placesIn(order.directory);
  mkdirSync(order.copy.to, { recursive: true });
  for (const part of ["", "-wal"]) {
    if (existsSync(`${paper}${part}`))
      copyFileSync(`${paper}${part}`, join(order.copy.to, `paper.db${part}`));
  }
  note({ kind: "copied", at: now() });
}

function learn(fact: Fact): void {
  const role = fact.kind === "TradePlanned" ? roles.get(fact.trade) : undefined;
  if (fact.kind === "TradePlanned" && role !== undefined) numbers.set(role, fact.number);
}

await watchHouse({
  labels: labelsFor(roles),
  inParts: order.script.inParts,
  mistake: order.mistake,
  watcher: {
    pass,
    remembered(facts) {
      for (const { fact } of facts) learn(fact);
    },
    acknowledged(facts, { sequence, hash }) {
      note({
        kind: "facts",
        at: now(),
        sequence,
        hash,
        bodies: facts.map((one) => JSON.stringify(one)),
      });
      for (const fact of facts) learn(fact);
    },
    isFull(about) {
      isFull ||= isRefusal("journal-before", about);
      return isFull;
    },
    saved: (facts) =>
      note({ kind: "saved", at: now(), bodies: facts.map((one) => JSON.stringify(one)) }),
    entered: (entries) => note({ kind: "entries", at: now(), entries }),
    asked: () => note({ kind: "asked", at: now() }),
    door(listener) {
      door = listener;
    },
  },
});

const { tapeMarket } = await wire.tapeMarket();

function market(virtual: Clock): MarketData {
  clock = virtual;
  for (const role of ["worked", "other"] as const) {
    const trade = order.script[role];
    const closeAt = trade?.way === "close" ? trade.alertAt + WAYPOINTS.close * SECOND : 0;
    if (closeAt > order.from) virtual.schedule(millis(closeAt), () => ask(role));
  }
  return tapeMarket(tapesOf(order.script, order.until), virtual);
}

/** As the operator would, through the door: between two moments where there are such. */
function ask(role: Role): void {
  const trade = numbers.get(role);
  if (trade === undefined) return;
  const close = (): void => void door?.({ kind: "close", trade });
  if (order.speed === "max") close();
  else setImmediate(close);
}

const config = configOf(order.script, order.directory);
const spec: HouseSpec = {
  mode: "paper",
  version: "victim",
  config,
  directory: order.directory,
  prices: {
    playedFrom: millis(order.from),
    tape: null,
    endsAt: millis(order.until),
    followed: TRADED,
    words: "scripted",
    market,
  },
  speed: order.speed,
  sources: (virtual) => [
    { source: spoken(messagesOf(order.script), virtual), tradable: true, roomOf: openRoom },
  ],
  isPasteTradable: false,
  dayEnds: { at: millis(order.until), flatten: order.flatten, onceSettled: false },
  reduceBecause: null,
  opened: () => {},
  prefix: "",
  json: false,
  logLevel: "info",
};

const { systemClock } = await wire.clock();
const context: Context = {
  here: order.directory,
  version: "victim",
  screen: {
    columns: () => 80,
    isInteractive: false,
    bar: null,
    look: "plain",
    print: () => {},
    printJson: () => {},
    tell: () => {},
    remark: (line) => process.stderr.write(`${line}\n`),
    isDeaf: () => false,
    progress: () => ({ report: () => {}, end: () => {} }),
    ask: () => Promise.resolve(null),
    choose: () => Promise.resolve(null),
    flushed: () => Promise.resolve(),
  },
  input: Readable.from([]),
  clock: systemClock(),
  signals: { listen: () => () => {} },
  quit: (code) => process.exit(code),
};

const kept = await keepHouse(context, spec);
if (!kept.ok) for (const line of kept.error.lines) process.stderr.write(`${line}\n`);
const code = kept.ok ? kept.value.code : kept.error.code;
note({ kind: "done", at: now(), code });
await flushLogs(context.clock);
process.exit(code);
