/**
 * The longest that anything holds the event loop (goal 13), with a hundred thousand trades in the
 * journal: the ledger catching up, the chain being verified in its thread, a snapshot being stored,
 * the configuration being read.
 *
 * The floor is a loop that does nothing for half a second: what other programs of the machine take
 * from it, they take from the product too.
 */

import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ledgerAudience } from "../../src/app/ledger-audience.ts";
import { snapshotOf } from "../../src/app/recover.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { openLedger } from "../../src/shell/sqlite/ledger.ts";
import { verifyInWorker } from "../../src/shell/sqlite/verify.ts";
import { yamlConfigSource } from "../../src/shell/yaml/config-source.ts";
import { bundled } from "../kit/bundle.ts";
import { spreadOf } from "../kit/distribution.ts";
import { type History, writeHistory } from "../kit/history.ts";
import { atMost, type Bench, type Finding, type Measure } from "../kit/measure.ts";
import { opened } from "../kit/opened.ts";
import { lifeOfATrade } from "../kit/past.ts";
import type { Place } from "../kit/places.ts";
import { inTurn } from "../kit/rounds.ts";
import { OPENING } from "../kit/trading-day.ts";
import { watchTurns } from "../kit/turns.ts";

const TRADES = 100_000;
const STALL_MAX = 20;
const LEDGER_RUNS = 3_000;
const IDLE = 500;
/** Verifying that much takes its time. */
const ROUNDS_MAX = 3;
/** Of the journal, a ledger and their logs. */
const BYTES = 3e9;
const CONFIG = "config/tradestream.example.yaml";

export const stalls: Measure = {
  name: "stalls",
  async run(bench) {
    bench.tell("stalls, with many trades behind");
    const trades = Math.ceil(TRADES / bench.quicker);
    // A disk that others use stalls whoever waits for it; what is ours shows in memory.
    const place = bench.memory?.hasRoomFor(BYTES) === true ? bench.memory : bench.disk;
    const folder = place.folder();
    const life = await lifeOfATrade(bench.disk, 1);
    const shape = { trades, tradesPerDay: 50, endsAt: OPENING };
    const history = writeHistory(folder, life, shape, { snapshot: true });
    const worker = await bundled("src/shell/sqlite/verify-worker.ts");
    return [
      await stallOf(bench, "the ledger catching up", () => ledgerRuns(bench, place, history)),
      await stallOf(bench, "the journal verified in its thread", () =>
        longestTurn(() => verified(history, worker)),
      ),
      await stallOf(bench, "a snapshot stored", () => longestTurn(() => snapshotStored(history))),
      await stallOf(bench, "the configuration read", () => longestTurn(configRead)),
    ];
  },
};

async function stallOf(
  { rounds }: Bench,
  what: string,
  stall: () => Promise<number>,
): Promise<Finding> {
  const pairs = await inTurn(Math.min(rounds, ROUNDS_MAX), stall, () =>
    longestTurn(() => pause(IDLE)),
  );
  const [product, floor] = [spreadOf(pairs.product), spreadOf(pairs.floor)];
  return {
    ...{ id: "13", what: `longest turn: ${what}`, unit: "ms", product, floor, ratio: null },
    goals: [atMost(product.median, STALL_MAX, "ms")],
  };
}

async function longestTurn(run: () => Promise<unknown>): Promise<number> {
  const turns = watchTurns();
  await run();
  return turns.stop();
}

/** From an empty ledger, for a while. Opening the two files belongs to the start, measure 10. */
async function ledgerRuns(
  { quicker }: Bench,
  place: Place,
  { journalPath }: History,
): Promise<number> {
  const journal = opened(openJournal(journalPath, { at: OPENING }));
  const ledger = opened(openLedger(join(place.folder(), "ledger.db"), { at: OPENING }));
  let isOn = true;
  const audience = ledgerAudience({
    ...{ ledger, journal, log: { write: () => {} } },
    soon: (task) => void setImmediate(() => isOn && task()),
  });
  audience.told([]);
  const longest = await longestTurn(() => pause(LEDGER_RUNS / quicker));
  isOn = false;
  if (ledger.progress() === 0) throw new Error("the ledger took nothing in");
  ledger.close();
  journal.close();
  return longest;
}

async function verified({ journalPath, facts }: History, worker: URL): Promise<void> {
  const verdict = await verifyInWorker(journalPath, worker);
  if (!verdict.ok || verdict.value.facts !== facts) throw new Error("the journal is not whole");
}

async function snapshotStored({ journalPath, state }: History): Promise<void> {
  const journal = opened(openJournal(journalPath, { at: OPENING }));
  await pause(5);
  const saved = journal.saveSnapshot(snapshotOf(state, journal.head().sequence));
  if (!saved.ok) throw new Error(saved.error.detail);
  await pause(5);
  journal.close();
}

async function configRead(): Promise<void> {
  await pause(5);
  if (!yamlConfigSource(CONFIG).load().ok) throw new Error("the example is not sound");
  await pause(5);
}
