/**
 * Kill -9 at every step of a trade, in every phase of another one, and start again.
 *
 * ```text
 * fresh directory ─► victim ─ SIGKILL ─► autopsy ─► start again ─► settled? ─► stop ─► flat?
 *                                          └ what was acknowledged is there, nothing was sent twice
 * ```
 *
 * Processes, files and kills are real; only time is virtual. Which steps, and what each of them
 * means at the paper venue, stands in `steps.ts`; what must hold, in `judge.ts`.
 */
import { type ChildProcess, spawn } from "node:child_process";
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { placesIn } from "../../src/app/places.ts";
import { linesIn, type Remains, remainsOf, storyOf } from "./autopsy.ts";
import { createJudge, logOf, type OtherPhase } from "./judge.ts";
import type { DeathOrder, Line, Mistake, Script, VictimOrder } from "./orders.ts";
import { SECOND } from "./script.ts";

/** A life that ends early. */
export interface Life {
  /** Null lives to its stop. */
  readonly death: DeathOrder | null;
  /** Killed from outside so many milliseconds after its first fact, wherever it is. */
  readonly killedAfter?: number;
  readonly speed?: number;
  /** Stops by itself at this moment, and leaves open what is open. */
  readonly until?: number;
  readonly copyAt?: DeathOrder;
  /** From here on the disk of the journal refuses. */
  readonly refusesFrom?: DeathOrder;
}

/** What happens to the files after the first death. */
export type Damage = "none" | "paper-book-older" | "paper-book-gone" | "ledger-gone";

export interface Cell {
  readonly name: string;
  readonly script: Script;
  readonly lives: readonly Life[];
  readonly damage: Damage;
  /** Seconds between a death and the next start. */
  readonly down: number;
  /** Of the other trade, at the first death; null where that moment cannot be chosen so finely. */
  readonly phase: OtherPhase | null;
  /** Made on purpose, to see whether it is noticed. */
  readonly mistake?: Mistake;
}

interface CellResult {
  readonly violations: readonly string[];
  readonly deaths: number;
  readonly rebuilt: number;
  readonly milliseconds: number;
}

export interface MatrixReport {
  readonly cells: number;
  readonly deaths: number;
  /** Times a paper account was made anew. */
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
    violations: results.flatMap(({ violations }) => violations),
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
  const remove = (): void => rmSync(outdir, { recursive: true, force: true });
  return { path: join(outdir, "victim.mjs"), remove };
}

async function liveThrough(cell: Cell, victim: string): Promise<CellResult> {
  const begun = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "tradestream-kill-"));
  const chronicle = newChronicle(cell, folder, victim);
  try {
    for (const [index, life] of cell.lives.entries()) await chronicle.live(life, index === 0);
    await chronicle.liveOn();
    return { ...chronicle.result(), milliseconds: performance.now() - begun };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The last life ends by itself; it goes on for so long after its start. */
const RECOVERY = 45 * SECOND;
/** Every trade of the script has ended by then. */
const TRADE_LASTS = 35 * SECOND;
/** Longer than any life that is to be cut short. */
const DAY_LASTS = 200 * SECOND;

function newChronicle(cell: Cell, folder: string, victim: string) {
  const directory = join(folder, "data");
  const copy = join(folder, "copy");
  const { script } = cell;
  const alerts = [script.worked.alertAt, script.other?.alertAt ?? script.worked.alertAt];
  const violations: string[] = [];
  const judge = createJudge(script, {
    diskRefuses: cell.lives.some(({ refusesFrom }) => refusesFrom !== undefined),
  });
  const saved: string[] = [];
  let remains = remainsOf(directory);
  let from = Math.min(...alerts) - 3 * SECOND;
  let lives = 0;
  let deaths = 0;

  const rebuilt = (): number =>
    logOf(directory).filter(({ event }) => event === "paper-books-rebuilt").length;

  async function run(life: Life, until: number, flatten: boolean): Promise<readonly Line[]> {
    lives += 1;
    const notes = join(folder, `life-${lives}.jsonl`);
    const order: VictimOrder = {
      ...{ directory, script, from, until, flatten, mistake: cell.mistake ?? null },
      speed: life.speed ?? "max",
      death: life.death,
      refuses: life.refusesFrom ?? null,
      copy: life.copyAt === undefined ? null : { at: life.copyAt, to: copy },
    };
    const fault = await lived(victim, order, notes, life.killedAfter ?? null);
    if (fault !== null) violations.push(fault);
    const lines = linesIn(notes);
    saved.push(...lines.flatMap((line) => (line.kind === "saved" ? line.bodies : [])));
    return lines;
  }

  function examine(lines: readonly Line[]): void {
    const after = remainsOf(directory);
    const story = storyOf(lines, remains, after, directory);
    violations.push(...story.violations);
    judge.follow(story.steps, from);
    remains = after;
  }

  async function live(life: Life, isFirst: boolean): Promise<void> {
    const lines = await run(life, life.until ?? from + DAY_LASTS, false);
    const isDead = lines.at(-1)?.kind !== "done";
    if (isDead) deaths += 1;
    else if (isFirst && life.death !== null)
      violations.push("lived past the moment it was to die at");
    examine(lines);
    judge.died();
    if (isFirst) {
      const phase = judge.phaseOf("other");
      if (cell.phase !== null && phase !== cell.phase)
        violations.push(`the other trade was ${phase}`);
      sufferDamage(cell.damage, directory, copy);
      remains = remainsOf(directory);
      if (cell.damage.startsWith("paper")) judge.venueForgot(remains.venue);
    }
    from = Math.max(from, lines.at(-1)?.at ?? from) + cell.down * SECOND;
  }

  return {
    live,
    async liveOn(): Promise<void> {
      const until = Math.max(from + RECOVERY, Math.max(...alerts) + TRADE_LASTS);
      const lines = await run({ death: null }, until, true);
      if (lines.at(-1)?.kind !== "done") violations.push("the last life did not come to its end");
      examine(lines);
      violations.push(...judge.verdict(directory), ...lost(saved, remains));
      // Only a power cut may cost the venue's books anything, and then they are made anew once.
      const most = cell.damage.startsWith("paper") ? 1 : 0;
      if (rebuilt() > most) violations.push(`the paper books were made anew ${rebuilt()} times`);
    },
    result: () => ({
      violations: violations.map((one) => `${cell.name}: ${one}`),
      deaths,
      rebuilt: rebuilt(),
    }),
  };
}

/** What was acknowledged into the lifeboat is in the journal in the end, and once. */
function lost(saved: readonly string[], { facts }: Remains): readonly string[] {
  const bodies = facts.map(({ body }) => body);
  return saved.flatMap((body) => {
    const times = bodies.filter((one) => one === body).length;
    return times === 1 ? [] : [`saved, and ${times} times in the journal: ${body}`];
  });
}

/** What the house may say to its operator after a power cut. */
const FORGOTTEN = /^the paper venue had forgotten \S+; restored from the journal$/;

/** Runs a victim to its end. Returns what was wrong with the end itself. */
function lived(
  victim: string,
  order: VictimOrder,
  notes: string,
  killedAfter: number | null,
): Promise<string | null> {
  const handle = openSync(notes, "a");
  const child = spawn(process.execPath, [victim, JSON.stringify(order)], {
    stdio: ["ignore", "ignore", "pipe", handle],
  });
  closeSync(handle);
  const callOff = killedAfter === null ? () => {} : killLater(child, notes, killedAfter);
  const complaints: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => complaints.push(text));
  return new Promise((resolve) => {
    child.on("close", (code, signal) => {
      callOff();
      const said = complaints
        .join("")
        .split("\n")
        .filter((line) => line !== "" && !FORGOTTEN.test(line))
        .join(" | ");
      if (signal !== "SIGKILL" && code !== 0) resolve(`ended with ${code ?? signal}: ${said}`);
      else resolve(said === "" ? null : `complained: ${said}`);
    });
  });
}

const LOOK_EVERY = 2;

/** Counts from the first note, for a start takes longer on a busy machine. Returns what calls it off. */
function killLater(child: ChildProcess, notes: string, milliseconds: number): () => void {
  let bornAt: number | null = null;
  const timer = setInterval(() => {
    if (bornAt === null && statSync(notes).size > 0) bornAt = performance.now();
    if (bornAt !== null && performance.now() - bornAt >= milliseconds) child.kill("SIGKILL");
  }, LOOK_EVERY);
  return () => clearInterval(timer);
}

function sufferDamage(damage: Damage, directory: string, copy: string): void {
  if (damage === "none") return;
  const { paper, ledger } = placesIn(directory);
  const file = damage === "ledger-gone" ? ledger : paper;
  for (const part of ["", "-wal", "-shm"]) rmSync(`${file}${part}`, { force: true });
  if (damage !== "paper-book-older") return;
  for (const part of ["", "-wal"]) {
    const kept = join(copy, `paper.db${part}`);
    if (existsSync(kept)) copyFileSync(kept, `${file}${part}`);
  }
}
