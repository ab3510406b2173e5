/**
 * Kill -9 at every step of a trade, in every phase of another one, and start again.
 *
 * ```text
 * fresh directory ─► victim ─ SIGKILL ─► autopsy ─► start again ─► recovered? ─► stop ─► flat?
 *                                          └ what was acknowledged is there, nothing was sent twice
 * ```
 *
 * The judge is the storm's own: it is told every fact and every venue event of both lives in their
 * order, and knows what must hold after each of them. Steps are named K0 to K16; what each of them
 * means at the paper venue stands in `steps.ts`.
 */
import { spawn } from "node:child_process";
import { closeSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { foldJournal } from "../../src/app/recover.ts";
import { placesIn } from "../../src/app/places.ts";
import { evolve } from "../../src/core/evolve.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { accountId, type TradeId } from "../../src/core/model/ids.ts";
import type { Trade } from "../../src/core/model/trade.ts";
import { heldOfTranche } from "../../src/core/model/trade-sums.ts";
import { directionOf } from "../../src/core/model/alert.ts";
import type { PaperAccount, VenueState } from "../../src/core/paper/state.ts";
import { applyToVenue } from "../../src/core/paper/venue.ts";
import { initialState, openTradesOf, type State } from "../../src/core/state.ts";
import { isLive } from "../../src/core/track/order-states.ts";
import { isOver } from "../../src/core/track/phases.ts";
import { openJournalReadOnly } from "../../src/shell/sqlite/journal.ts";
import { canonical } from "../../src/std/canonical.ts";
import { getIn, valuesOf } from "../../src/std/trie.ts";
import { createOracle, type Oracle } from "../storm/oracle.ts";
import { eventsOf, linesIn, type Remains, remainsOf, storyOf } from "./autopsy.ts";
import type { DeathOrder, Line, Role, Script, VictimOrder } from "./orders.ts";
import { SECOND, tradeIdsOf } from "./script.ts";

/** Of the trade beside the one being worked, at the moment of death. */
export type OtherPhase = "planned" | "entering" | "open" | "runner" | "exiting" | "closed";

export interface Life {
  readonly death: DeathOrder | null;
  /** Killed from outside after so many milliseconds, wherever it is. */
  readonly killedAfter?: number;
  readonly speed?: number;
  /** Stops by itself at this moment, leaving open what is open. */
  readonly until?: number;
  readonly copyAt?: DeathOrder;
}

/** What happens to the files between two lives. */
export type Damage = "none" | "paper-book-older" | "paper-book-gone" | "ledger-gone";

export interface Cell {
  readonly name: string;
  readonly script: Script;
  readonly lives: readonly Life[];
  readonly damage: Damage;
  /** Seconds between a death and the next start. */
  readonly down: number;
  /** Null where the moment of death cannot be chosen so finely. */
  readonly phase: OtherPhase | null;
}

export interface CellResult {
  readonly name: string;
  readonly violations: readonly string[];
  readonly deaths: number;
  /** Accounts whose paper books were made anew. */
  readonly rebuilt: number;
  readonly milliseconds: number;
}

export interface MatrixReport {
  readonly cells: number;
  readonly deaths: number;
  readonly rebuilt: number;
  readonly seconds: number;
  readonly slowest: number;
  /** Each with the name of its cell. Must be empty. */
  readonly violations: readonly string[];
}

const AT_ONCE = 2;

export async function killMatrix(cells: readonly Cell[]): Promise<MatrixReport> {
  const begun = performance.now();
  const victim = await bundledVictim();
  const waiting = [...cells];
  const results: CellResult[] = [];
  const work = async (): Promise<void> => {
    for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
      results.push(await liveThrough(cell, victim.path));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    victim.remove();
  }
  return {
    cells: results.length,
    deaths: results.reduce((sum, one) => sum + one.deaths, 0),
    rebuilt: results.reduce((sum, one) => sum + one.rebuilt, 0),
    seconds: Math.round((performance.now() - begun) / 100) / 10,
    slowest: Math.round(Math.max(...results.map((one) => one.milliseconds))),
    violations: results.flatMap(({ name, violations }) => violations.map((one) => `${name}: ${one}`)),
  };
}

/** Bundled once, with one chunk an adapter, so that a start costs what it costs the program. */
async function bundledVictim(): Promise<{ readonly path: string; remove(): void }> {
  const cache = fileURLToPath(new URL("../../node_modules/.cache/victim", import.meta.url));
  mkdirSync(cache, { recursive: true });
  const outdir = mkdtempSync(join(cache, "bundle-"));
  await build({
    entryPoints: [fileURLToPath(new URL("victim.ts", import.meta.url))],
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "error",
  });
  return { path: join(outdir, "victim.mjs"), remove: () => rmSync(outdir, { recursive: true, force: true }) };
}

/** The last life ends by itself; it goes on at least this long after its start. */
const RECOVERY = 45 * SECOND;
/** Every trade of the script has ended by then. */
const TRADE_LASTS = 35 * SECOND;

async function liveThrough(cell: Cell, victim: string): Promise<CellResult> {
  const begun = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "tradestream-kill-"));
  const witness = createWitness(cell, folder);
  try {
    for (const [index, life] of cell.lives.entries()) await witness.live(victim, index, life);
    await witness.liveOn(victim);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    name: cell.name,
    violations: witness.violations,
    deaths: witness.deaths(),
    rebuilt: witness.rebuilt(),
    milliseconds: performance.now() - begun,
  };
}

interface Witness {
  readonly violations: readonly string[];
  deaths(): number;
  rebuilt(): number;
  live(victim: string, index: number, life: Life): Promise<void>;
  liveOn(victim: string): Promise<void>;
}

function createWitness(cell: Cell, folder: string): Witness {
  const directory = join(folder, "data");
  const copy = join(folder, "copy");
  const { script } = cell;
  const violations: string[] = [];
  const firstAlert = Math.min(script.worked.alertAt, script.other?.alertAt ?? script.worked.alertAt);
  let remains = remainsOf(directory);
  let from = firstAlert - 3 * SECOND;
  let deaths = 0;
  let judge = createJudge(violations);

  async function run(victim: string, life: Life, until: number, flatten: boolean): Promise<readonly Line[]> {
    const notes = join(folder, `notes-${deaths}.jsonl`);
    const order: VictimOrder = {
      ...{ directory, script, from, until, flatten, isTraced: false },
      speed: life.speed ?? "max",
      death: life.death,
      copy: life.copyAt === undefined ? null : { at: life.copyAt, to: copy },
    };
    const end = await lived(victim, order, notes, life.killedAfter ?? null);
    if (end !== null) violations.push(end);
    return linesIn(notes);
  }

  function examine(lines: readonly Line[]): void {
    const after = remainsOf(directory);
    const story = storyOf(lines, remains, after, directory);
    violations.push(...story.violations);
    judge.follow(story.steps, from);
    remains = after;
  }

  return {
    violations,
    deaths: () => deaths,
    rebuilt: () => linesOfLog(directory).filter(({ event }) => event === "paper-books-rebuilt").length,
    async live(victim, index, life) {
      const lines = await run(victim, life, life.until ?? from + 200 * SECOND, false);
      const isDone = lines.some(({ kind }) => kind === "done");
      if (isDone && life.death !== null && index === 0) violations.push("lived on past the moment it was to die at");
      if (!isDone) deaths += 1;
      examine(lines);
      if (index === 0 && cell.phase !== null) violations.push(...phaseFaults(judge.state(), script, cell.phase));
      if (index === 0) damage(cell.damage, directory, copy);
      if (index === 0 && cell.damage.startsWith("paper")) {
        remains = remainsOf(directory);
        judge = judge.onOtherBooks(remains);
      }
      judge.died();
      from = Math.max(from, lines.at(-1)?.at ?? from) + cell.down * SECOND;
    },
    async liveOn(victim) {
      const lastAlert = Math.max(script.worked.alertAt, script.other?.alertAt ?? 0);
      const until = Math.max(from + RECOVERY, lastAlert + TRADE_LASTS);
      const lines = await run(victim, { death: null }, until, true);
      if (lines.at(-1)?.kind !== "done") violations.push("the last life did not come to its end");
      examine(lines);
      violations.push(...judge.end(), ...lastFaults(directory, judge.state(), remains, script));
    },
  };
}

/** Runs a victim to its end. Returns what was wrong with the end itself. */
function lived(victim: string, order: VictimOrder, notes: string, killedAfter: number | null): Promise<string | null> {
  const handle = openSync(notes, "a");
  const child = spawn(process.execPath, [victim, JSON.stringify(order)], {
    stdio: ["ignore", "ignore", "pipe", handle],
  });
  closeSync(handle);
  const timer = killedAfter === null ? null : setTimeout(() => child.kill("SIGKILL"), killedAfter);
  const errors: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  return new Promise((resolve) => {
    child.on("close", (code, signal) => {
      if (timer !== null) clearTimeout(timer);
      const said = errors.join("").trim();
      if (signal !== "SIGKILL" && code !== 0) resolve(`ended with ${code ?? signal}: ${said}`);
      else resolve(said === "" ? null : `complained: ${said}`);
    });
  });
}

function damage(kind: Damage, directory: string, copy: string): void {
  const { paper, ledger } = placesIn(directory);
  const file = kind === "ledger-gone" ? ledger : paper;
  if (kind === "none") return;
  for (const part of ["", "-wal", "-shm"]) rmSync(`${file}${part}`, { force: true });
  if (kind !== "paper-book-older") return;
  for (const part of ["", "-wal"]) {
    const kept = join(copy, `paper.db${part}`);
    if (existsSync(kept)) copyFileSync(kept, `${file}${part}`);
  }
}

function phaseFaults(state: State, script: Script, wanted: OtherPhase): readonly string[] {
  const trade = tradeOf(state, script, "other");
  const found = trade === undefined ? "not there" : !isOver(trade.phase) && trade.exit !== null ? "exiting" : trade.phase;
  return found === wanted ? [] : [`the other trade was to be ${wanted} at the death, was ${found}`];
}

function tradeOf(state: State, script: Script, role: Role): Trade | undefined {
  const id = [...tradeIdsOf(script)].find(([, one]) => one === role)?.[0];
  return id === undefined ? undefined : getIn(state.trades, id);
}

/** Long enough after a start for the venue to be asked, and for what it said to be acted on. */
const SETTLED_AFTER = 5 * SECOND;
const POSITION_MAX = 5;

interface Judge {
  /** Everything that happened in one life, begun at `from`. */
  follow(steps: readonly Line[], from: number): void;
  /** The same judge, before another venue's books. */
  onOtherBooks(remains: Remains): Judge;
  died(): void;
  state(): State;
  end(): readonly string[];
}

function createJudge(violations: string[], known: readonly Fact[] = [], books: Remains | null = null): Judge {
  const facts: Fact[] = [...known];
  let now = 0;
  let state = known.reduce(evolve, initialState);
  let venue: VenueState | null = books?.venue ?? null;
  const oracle: Oracle = createOracle({
    brackets: "native",
    positionMax: POSITION_MAX,
    now: () => now,
    impaired: () => false,
    lastFaultAt: () => Number.NEGATIVE_INFINITY,
  });
  oracle.journaled(known);

  function hear(step: Line): void {
    now = step.at;
    if (step.kind === "facts") {
      const said = step.bodies.map((body): Fact => JSON.parse(body));
      facts.push(...said);
      oracle.journaled(said);
      state = said.reduce(evolve, state);
    } else if (step.kind === "entries") {
      for (const event of step.entries.flatMap(eventsOf)) {
        const next = applyToVenue(venue ?? emptyTruth(), event);
        venue = next.state;
        oracle.venueChanged(next.state, event);
      }
    }
  }

  return {
    follow(steps, from) {
      oracle.started();
      let isChecked = false;
      for (const step of steps) {
        // Between two moments both have heard all there was to hear.
        if (!isChecked && step.at >= from + SETTLED_AFTER && step.at > now) {
          isChecked = true;
          violations.push(...unsettled(state, venue ?? emptyTruth()));
        }
        hear(step);
      }
    },
    onOtherBooks: (remains) => createJudge(violations, facts, remains),
    died: oracle.crashed,
    state: () => state,
    end() {
      oracle.end();
      return oracle.broken;
    },
  };
}
