/**
 * The storm from the command line.
 *
 *   npm run storm -- --seeds 1000 --seed 1        a window of seeds, spread over the processors
 *   npm run storm -- --seed 123 --trace           one seed with its whole story
 *   npm run storm -- --venue wire --seeds 300     the TopstepX adapter and a stand-in venue instead
 *   npm run storm -- --venue wire --only KIND     no fault but this one, as often as it gets
 *   npm run storm -- --seed 123 --trace --shrunk  the same with no more faults than it takes to fail
 *   npm run storm -- --recorded                   the seeds that were broken once; with --venue, there
 *   npm run storm -- --canaries                   the deliberate mistakes, each of which must be caught
 *
 * A failing seed is shrunk and printed with the command that replays it. Exit code 1 on any broken
 * invariant, on a situation that never happened in a large window, or on a canary that lived.
 */
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { unreachable } from "../../src/std/assert.ts";
import { readArguments, USAGE } from "./arguments.ts";
import { CANARIES, type Canary, NO_CANARY, WIRE_CANARIES } from "./canaries.ts";
import { RECORDED, RECORDED_WIRE } from "./recorded.ts";
import { shrink } from "./shrink.ts";
import { type Counts, SITUATIONS, type Situation } from "./sometimes.ts";
import { runSeed, type StormResult } from "./storm.ts";
import { type Fired, type VenueKind, type WeatherAims, weatherOf } from "./weather.ts";
import { NOT_AT_THE_WIRE, WIRE_SITUATIONS, type WireSituation } from "./wire-sometimes.ts";

interface Tally {
  seeds: number;
  trades: number;
  crashes: number;
  faults: number;
  facts: number;
  naked: number[];
  failed: number[];
  counts: [string, number][];
}

const SEED_MAX = 2 ** 32;
/** From this many seeds on, every situation must have happened. */
const WINDOW_MIN = 1_000;
/** At the wire, where a seed takes longer, so many are enough to tell one position in a hundred. */
const WIRE_WINDOW_MIN = 200;
/** With the line and the venue at their worst, 99 of 100 positions are never bare for longer. */
const NAKED_MOST = 2_000;
const SHOWN_MAX = 3;
/** A seed lives for a moment and leaves much behind: with more room most of it is never copied. */
const YOUNG_SPACE = "--max-semi-space-size=64";
const CANARY_SEEDS = 300;
const NOTHING_MASKED = { masked: new Set<Fired>() };

function sweep(first: number, count: number, stride: number, aims: WeatherAims): Tally {
  const tally: Tally = {
    seeds: 0,
    trades: 0,
    crashes: 0,
    faults: 0,
    facts: 0,
    naked: [],
    failed: [],
    counts: [],
  };
  const counts: Counts = new Map();
  for (let index = 0; index < count; index += stride) {
    const seed = (first + index) % SEED_MAX;
    const result = runSeed(seed, { weather: weatherOf(seed, aims) });
    add(tally, counts, result);
    if (result.broken.length > 0) tally.failed.push(seed);
    if (tally.seeds % 25 === 0) process.send?.({ progress: tally.seeds });
  }
  tally.counts = [...counts];
  return tally;
}

function add(tally: Tally, counts: Counts, result: StormResult): void {
  tally.seeds++;
  tally.trades += result.trades;
  tally.crashes += result.crashes;
  tally.faults += result.fired.length;
  tally.facts += result.facts;
  tally.naked.push(...result.naked);
  for (const [situation, n] of result.counts)
    counts.set(situation, (counts.get(situation) ?? 0) + n);
}

function merge(tallies: readonly Tally[]): Tally {
  const sum = (pick: (tally: Tally) => number) =>
    tallies.reduce((total, one) => total + pick(one), 0);
  const counts = new Map<string, number>();
  for (const [name, n] of tallies.flatMap((one) => one.counts))
    counts.set(name, (counts.get(name) ?? 0) + n);
  return {
    seeds: sum((one) => one.seeds),
    trades: sum((one) => one.trades),
    crashes: sum((one) => one.crashes),
    faults: sum((one) => one.faults),
    facts: sum((one) => one.facts),
    naked: tallies.flatMap((one) => one.naked),
    failed: tallies.flatMap((one) => one.failed).toSorted((a, b) => a - b),
    counts: [...counts],
  };
}

/** One child a processor, each with every n-th seed, so that long seeds spread evenly. */
async function sweepInParallel(first: number, count: number, aims: WeatherAims): Promise<Tally> {
  const workers = Math.max(1, Math.min(availableParallelism(), count));
  const jobs = Array.from({ length: workers }, (_, index) =>
    runChild([first + index, count - index, workers], aims),
  );
  return merge(await Promise.all(jobs));
}

function runChild(job: readonly [number, number, number], aims: WeatherAims): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const { venue = "paper", only } = aims;
    const kinds = (only ?? []).flatMap((kind) => ["--only", kind]);
    const args = ["--child", job.join(","), "--venue", venue, ...kinds];
    const execArgv = [...process.execArgv, YOUNG_SPACE];
    const child = fork(fileURLToPath(import.meta.url), args, { execArgv });
    child.on("message", (message: { done?: Tally }) => message.done && resolve(message.done));
    child.on(
      "exit",
      (code) => code === 0 || reject(new Error(`a storm process ended with code ${code}`)),
    );
  });
}

function tellFailure(seed: number, aims: WeatherAims): void {
  const weather = weatherOf(seed, aims);
  const failing = runSeed(seed, { weather });
  console.log(`\nseed ${seed} is broken:\n  ${failing.broken.join("\n  ")}`);
  const { kept, reruns } = shrink(failing, { weather });
  console.log(
    `  shrunk in ${reruns} runs from ${failing.fired.length} faults to ${kept.length}: ${kept.join(" ")}`,
  );
  const venue = aims.venue === "wire" ? "--venue wire " : "";
  console.log(`  replay: npm run storm -- ${venue}--seed ${seed} --trace`);
}

function tellTally(tally: Tally, seconds: number, aims: WeatherAims): readonly string[] {
  const { seeds, trades, crashes, faults, facts } = tally;
  console.log(
    `${seeds} seeds in ${seconds.toFixed(1)} s: ${trades} trades, ${faults} faults, ${crashes} crashes, ${facts} facts`,
  );
  const times = nakedTimes(tally);
  console.log(
    `of ${tally.naked.length} positions without a stop: half at most ${times.half} ms, 99 % at most ${times.most} ms, the longest ${times.longest} ms`,
  );
  const counts = new Map(tally.counts);
  const expected = expectedAt(aims.venue ?? "paper");
  const never = expected.filter((one) => !counts.has(one));
  for (const situation of expected)
    console.log(`  ${String(counts.get(situation) ?? 0).padStart(8)}  ${situation}`);
  return never;
}

function nakedTimes({ naked }: Tally) {
  const sorted = naked.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
  return { half: at(0.5), most: at(0.99), longest: at(1) };
}

function expectedAt(venue: VenueKind): readonly (Situation | WireSituation)[] {
  if (venue === "paper") return SITUATIONS;
  return [...SITUATIONS.filter((one) => !NOT_AT_THE_WIRE.includes(one)), ...WIRE_SITUATIONS];
}

async function window(first: number, count: number, aims: WeatherAims): Promise<number> {
  const started = performance.now();
  const tally = await sweepInParallel(first, count, aims);
  const never = tellTally(tally, (performance.now() - started) / 1000, aims);
  for (const seed of tally.failed.slice(0, SHOWN_MAX)) tellFailure(seed, aims);
  if (tally.failed.length > 0)
    console.log(
      `\n${tally.failed.length} of ${count} seeds are broken: ${tally.failed.slice(0, 50).join(" ")}`,
    );
  const weak = count >= WINDOW_MIN && aims.only === undefined && never.length > 0;
  if (weak) console.log(`\nthe storm was too weak, these never happened: ${never.join(", ")}`);
  const { most } = nakedTimes(tally);
  const enough = aims.venue === "wire" ? WIRE_WINDOW_MIN : WINDOW_MIN;
  const isBare = count >= enough && aims.only === undefined && most > NAKED_MOST;
  if (isBare)
    console.log(
      `\n1 % of all positions had no stop for more than ${most} ms, at most ${NAKED_MOST}`,
    );
  return tally.failed.length > 0 || weak || isBare ? 1 : 0;
}

/** The whole story of a seed, or that of the few faults with which it still fails. */
function trace(seed: number, aims: WeatherAims, isShrunk: boolean): number {
  const weather = weatherOf(seed, aims);
  const { masked } = isShrunk ? shrink(runSeed(seed, { weather }), { weather }) : NOTHING_MASKED;
  const result = runSeed(seed, { weather, masked, tell: console.log });
  console.log(
    JSON.stringify({ ...result, counts: [...result.counts], fired: result.fired.length }),
  );
  return result.broken.length > 0 ? 1 : 0;
}

/** The seed that catches the canary, or null. */
function hunt(
  canary: Canary,
  first: number,
): { readonly seed: number; readonly tries: number; readonly how: string } | null {
  for (let tries = 1; tries <= CANARY_SEEDS; tries++) {
    const seed = first + tries - 1;
    const { broken } = runSeed(seed, { weather: weatherOf(seed, canary.aims), canary });
    if (broken[0] !== undefined) return { seed, tries, how: broken[0] };
  }
  return null;
}

function canaries(first: number, { venue }: WeatherAims): number {
  let alive = 0;
  for (const canary of venue === "wire" ? WIRE_CANARIES : CANARIES) {
    const started = performance.now();
    const caught = hunt(canary, first);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (caught === null) alive++;
    console.log(
      caught === null
        ? `ALIVE   ${canary.name}`
        : `caught  ${canary.name}: seed ${caught.seed}, ${caught.tries} tried, ${seconds} s: ${caught.how}`,
    );
    // The same weather without the mistake must be clean, or the canary proves nothing.
    const seed = caught?.seed ?? first;
    const clean = runSeed(seed, { weather: weatherOf(seed, canary.aims), canary: NO_CANARY });
    if (clean.broken.length > 0) {
      alive++;
      console.log(`        but seed ${seed} is broken without it: ${clean.broken[0]}`);
    }
  }
  return alive === 0 ? 0 : 1;
}

/** Each must be whole by now. */
function recorded(aims: WeatherAims): number {
  const seeds = aims.venue === "wire" ? RECORDED_WIRE : RECORDED;
  const weather = (seed: number) => weatherOf(seed, aims);
  const failed = [...seeds].filter(
    ([seed]) => runSeed(seed, { weather: weather(seed) }).broken.length > 0,
  );
  console.log(`${seeds.size - failed.length} of ${seeds.size} recorded seeds are whole`);
  for (const [seed, was] of failed) {
    console.log(`\nrecorded: ${was}`);
    tellFailure(seed, aims);
  }
  return failed.length === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  const asked = readArguments(process.argv.slice(2));
  if (!asked.ok) {
    console.error(`${asked.error}; --help says what there is`);
    return 2;
  }
  const { what, seed, seeds, aims, isShrunk, child } = asked.value;
  if (child !== null) {
    const [first = 0, count = 0, stride = 1] = child;
    process.send?.({ done: sweep(first, count, stride, aims) });
    return 0;
  }
  switch (what) {
    case "help":
      console.log(USAGE);
      return 0;
    case "recorded":
      return recorded(aims);
    case "canaries":
      return canaries(seed, aims);
    case "trace":
      return trace(seed, aims, isShrunk);
    case "window":
      return window(seed, seeds, aims);
    default:
      return unreachable(what);
  }
}

process.exitCode = await main();
