/**
 * How fast it is, on this machine, beside the least that Node and the disk cost.
 *
 *   npm run bench                        everything, some eight minutes
 *   npm run bench -- --quick             fewer rounds and smaller ones: a first impression
 *   npm run bench -- --only NAME         one measure; its name is that of its file
 *   npm run bench -- --strict            exit code 1 when a strict goal is missed
 *
 * Exit code 1 as well when a measure broke down; then nothing is kept.
 *
 * Every measure that has a floor runs product and floor in turn and states the ratio of the two. A
 * full run keeps its findings in `bench/results.json` and in the table of the page about them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Bench, Finding, Measure, Resting } from "./kit/measure.ts";
import { diskPlace, memoryPlace } from "./kit/places.ts";
import { resultsOf, tableOf, withFigures } from "./kit/report.ts";
import { alertLatency } from "./measures/alert-latency.ts";
import { alertRate } from "./measures/alert-rate.ts";
import { backup } from "./measures/backup.ts";
import { engine } from "./measures/engine.ts";
import { exitLatency } from "./measures/exit-latency.ts";
import { fanOut } from "./measures/fan-out.ts";
import { growth } from "./measures/growth.ts";
import { idle } from "./measures/idle.ts";
import { killSwitch } from "./measures/kill-switch.ts";
import { liveFanOut } from "./measures/live-fan-out.ts";
import { liveLatency } from "./measures/live-latency.ts";
import { metrics } from "./measures/metrics.ts";
import { notification } from "./measures/notification.ts";
import { page } from "./measures/page.ts";
import { parser } from "./measures/parser.ts";
import { report } from "./measures/report.ts";
import { stalls } from "./measures/stalls.ts";
import { start } from "./measures/start.ts";
import { storm } from "./measures/storm.ts";
import { tape } from "./measures/tape.ts";
import { upkeep } from "./measures/upkeep.ts";
import { webhookAnswer } from "./measures/webhook-answer.ts";

/** In the order of the table. */
const MEASURES: readonly Measure[] = [
  alertLatency,
  alertRate,
  exitLatency,
  fanOut,
  liveLatency,
  liveFanOut,
  killSwitch,
  notification,
  engine,
  tape,
  parser,
  metrics,
  report,
  storm,
  page,
  stalls,
  upkeep,
  backup,
  start,
  growth,
  idle,
  webhookAnswer,
];

const RESULTS = "bench/results.json";
const PAGE = "docs/reference/performance.md";
const ROUNDS = 7;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string" },
      strict: { type: "boolean", default: false },
    },
  });
  // What rests for minutes begins first.
  const chosen = [idle, ...MEASURES.filter((one) => one !== idle)].filter(
    ({ name }) => values.only === undefined || name === values.only,
  );
  if (chosen.length === 0) {
    console.error(
      `no measure ${values.only}; there are: ${MEASURES.map(({ name }) => name).join(", ")}`,
    );
    return 2;
  }
  const bench: Bench = {
    rounds: values.quick ? 3 : ROUNDS,
    quicker: values.quick ? 4 : 1,
    disk: diskPlace(),
    memory: memoryPlace(),
    tell: (line) => console.error(`bench: ${line}`),
  };
  const { findings, failed } = await runAll(bench, chosen);
  console.log(tableOf(findings));
  if (failed > 0) return 1;
  if (chosen.length === MEASURES.length && !values.quick) keep(bench, findings);
  const missed = findings.flatMap(({ goals }) => goals.filter((one) => one.isStrict && !one.isMet));
  return values.strict && missed.length > 0 ? 1 : 0;
}

interface Outcome {
  readonly findings: readonly Finding[];
  /** Measures that broke down; the others are measured all the same. */
  readonly failed: number;
}

async function runAll(bench: Bench, measures: readonly Measure[]): Promise<Outcome> {
  const findings = new Map<Measure, readonly Finding[]>();
  const resting = new Map<Measure, Resting>();
  let failed = 0;
  const attempted = async <T>(name: string, task: () => Promise<T>): Promise<T | null> => {
    try {
      return await timed(bench, name, task);
    } catch (error) {
      failed += 1;
      bench.tell(`${name} FAILED: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  };
  try {
    for (const measure of measures) {
      const outcome = await attempted(measure.name, () => measure.run(bench));
      if (outcome === null) continue;
      if ("look" in outcome) resting.set(measure, outcome);
      else findings.set(measure, outcome);
    }
    for (const [measure, one] of resting) {
      findings.set(measure, (await attempted(`${measure.name} again`, () => one.look())) ?? []);
      resting.delete(measure);
    }
  } finally {
    for (const one of resting.values()) await one.abandon();
    bench.disk.clear();
    bench.memory?.clear();
  }
  return { findings: MEASURES.flatMap((measure) => findings.get(measure) ?? []), failed };
}

/** Says how long it took: what idles shows. */
async function timed<T>({ tell }: Bench, name: string, task: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const outcome = await task();
  tell(`${name} took ${((performance.now() - from) / 1_000).toFixed(1)} s`);
  return outcome;
}

function keep(bench: Bench, findings: readonly Finding[]): void {
  writeFileSync(RESULTS, `${JSON.stringify(resultsOf(bench, findings), null, 2)}\n`);
  writeFileSync(PAGE, withFigures(readFileSync(PAGE, "utf8"), findings));
  console.error(`bench: kept in ${RESULTS} and ${PAGE}`);
}

process.exitCode = await main();
