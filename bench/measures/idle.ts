/**
 * Memory (goal 11): resident, a few seconds after the start with nothing to do, and again after a
 * hundred thousand alerts have come through the chat file.
 *
 * The runtime gives memory back by itself, some hundred seconds after its last collection of a heap
 * that was busy before. The second look waits until it has, and never forces it; what the process
 * held at most stands beside it. In a full run the other measures are taken while it rests.
 */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openJournalReadOnly } from "../../src/shell/sqlite/journal.ts";
import { textOf } from "../kit/alerts.ts";
import { medianOf, spreadOf } from "../kit/distribution.ts";
import { ACCOUNTS, builtProgram, type Installation, installationIn } from "../kit/installation.ts";
import { atMost, type Bench, type Finding, type Measure } from "../kit/measure.ts";
import { opened } from "../kit/opened.ts";
import { type Running, startProgram } from "../kit/process.ts";

const ALERTS = 100_000;
/** Fewer than the inbox holds: a flood is turned away at its door. */
const AT_ONCE = 2_000;
const SETTLES = 3_000;
/** Longest wait for the runtime, and what must have gone to call it given back. */
const GIVES_BACK = 150_000;
const GIVEN_BACK = 0.25;

export const idle: Measure = {
  name: "idle",
  async run(bench) {
    const program = builtProgram();
    if (program === null) {
      bench.tell("no process without a build: npm run build");
      return [];
    }
    bench.tell("memory of an idle process, and after many alerts");
    const place = await installationIn(bench.disk, { trades: 0, snapshot: false });
    const running = await startProgram(
      [program, "start", "--config", place.config, "--data", place.folder],
      { ready: /agrees with the venue/, count: ACCOUNTS },
    );
    const before = await memoryOf(running);
    const peak = await hearAlerts(bench, place, running);
    const rest = { held: running.memory(), since: performance.now() };
    return {
      async look() {
        await givenBack(running, rest);
        const after = await memoryOf(running);
        await running.stop();
        return [
          memory("11", "resident memory, idle", before, 88),
          memory("11 more", "more after 100,000 alerts", after - before, 40),
          { ...memory("11 peak", "resident memory while they come, at most", peak, 0), goals: [] },
        ];
      },
      abandon: () => running.stop(),
    };
  },
};

async function memoryOf(running: Running): Promise<number> {
  const looks: number[] = [];
  for (let n = 0; n < 5; n++) {
    await pause(SETTLES / 5);
    looks.push(running.memory());
  }
  return medianOf(looks);
}

/** Pages go back some seconds after what was in them. */
const PAGES_GO = 15_000;

interface Rest {
  /** Held when it began. */
  readonly held: number;
  readonly since: number;
}

async function givenBack(running: Running, { held, since }: Rest): Promise<void> {
  const deadline = since + GIVES_BACK;
  while (running.memory() > held * (1 - GIVEN_BACK) && performance.now() < deadline) {
    await pause(1_000);
  }
  if (performance.now() < deadline + PAGES_GO) await pause(PAGES_GO);
}

async function hearAlerts(
  { quicker }: Bench,
  { chat, folder }: Installation,
  running: Running,
): Promise<number> {
  const alerts = ALERTS / quicker;
  let peak = 0;
  for (let n = 0; n < alerts; n += AT_ONCE) {
    const lines = Array.from({ length: AT_ONCE }, (_, index) =>
      JSON.stringify({ id: `a${n + index}`, text: textOf(n + index), author: `sam-${index}` }),
    );
    appendFileSync(chat, `${lines.join("\n")}\n`);
    await heard(folder, n + AT_ONCE);
    peak = Math.max(peak, running.memory());
  }
  return peak;
}

async function heard(folder: string, alerts: number): Promise<void> {
  const journal = opened(openJournalReadOnly(join(folder, "journal.db")));
  // An alert is at least two facts: that it was read, and what became of it.
  while (journal.head().sequence < alerts * 2) await pause(20);
  journal.close();
}

const memory = (id: string, what: string, value: number, wanted: number): Finding => ({
  ...{ id, what, unit: "MiB", product: spreadOf([value]), floor: null, ratio: null },
  goals: [atMost(value, wanted, "MiB")],
});
