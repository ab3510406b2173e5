/**
 * Kill -9 at every step of a live trade, in every phase of another one, and start again.
 *
 * ```text
 * seasoned house ─► the other trade, to its phase ─► the worked one, to its step ─ SIGKILL
 *     ─► the market goes on (─► started, killed again) ─► started
 *     ─► compared, protected ─► flatten ─► flat? ─► stop
 * ```
 *
 * Processes, files, HTTP, WebSocket and SignalR are real; the venue is the stand-in, in the process of
 * the test, and lives on. What must hold stands in `live-judge.ts`, the steps in `live-steps.ts`.
 */
import type { Trade } from "../../src/core/model/trade.ts";
import { accountOf, openTradesOf } from "../../src/core/state.ts";
import { type LiveJudge, liveJudge } from "./live-judge.ts";
import { type Scene, sceneAt } from "./live-scene.ts";
import { ACCOUNT } from "./live-script.ts";
import { isProtected, type LivePhase, type LiveStep, PHASES, STEPS } from "./live-steps.ts";

/** What both prices do while nobody looks. */
const MARKETS = ["stays", "target", "stop"] as const;
type Market = (typeof MARKETS)[number];

export interface LiveCell {
  readonly step: LiveStep;
  readonly variant: number;
  readonly phase: LivePhase;
  readonly market: Market;
  /** Killed once more in recovering, at that fact of its second life; null: it lives. */
  readonly again: number | null;
  /** Made on purpose in the second life, to see whether it is noticed. */
  readonly mistake?: (scene: Scene) => Promise<void>;
}

/** More than every recovery writes, and fewer than some do. */
const AGAIN_MAX = 9;

/** Killed where the name of the step says, for those who want to see one cell. */
export function liveCell(name: string, mistake: (scene: Scene) => Promise<void>): LiveCell {
  const [step, [phase]] = [STEPS.find((one) => one.name === name), PHASES];
  if (step === undefined || phase === undefined) throw new Error(`no step ${name}`);
  return { step, variant: 0, phase, market: "stays", again: null, mistake };
}

/** 102: each step in each phase, the markets in turn. 306: all three of them everywhere. */
export function liveMatrix(count: 102 | 306): readonly LiveCell[] {
  return STEPS.flatMap((step, row) =>
    PHASES.flatMap((phase, column) =>
      MARKETS.flatMap((market, index) => {
        const isDue = count === 306 || index === (row + column) % MARKETS.length;
        const variant = (column + index + Math.floor(column / 2)) % step.variants.length;
        const number = (row * PHASES.length + column) * MARKETS.length + index;
        const isAgain = (row + Math.floor(column / 2)) % 3 === 1;
        const again = isAgain ? 1 + (number % AGAIN_MAX) : null;
        return isDue ? [{ step, variant, phase, market, again }] : [];
      }),
    ),
  );
}

export interface LiveReport {
  readonly cells: number;
  readonly recovered: number;
  readonly kills: number;
  readonly seconds: number;
  /** Each with the name of its cell. Must be empty. */
  readonly violations: readonly string[];
}

export async function liveKills(
  cells: readonly LiveCell[],
  seasoned: string,
  lanes: number,
): Promise<LiveReport> {
  const begun = performance.now();
  const waiting = [...cells];
  const violations: string[] = [];
  let recovered = 0;
  let kills = 0;
  const work = async (): Promise<void> => {
    for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
      const faults = await liveThrough(cell, seasoned);
      kills += cell.again === null ? 1 : 2;
      if (faults.length === 0) recovered += 1;
      violations.push(...faults.map((one) => `${nameOf(cell)}: ${one}`));
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  return { cells: cells.length, recovered, kills, seconds, violations };
}

const nameOf = ({ step, variant, phase, market, again }: LiveCell): string =>
  [
    `${step.name}${"abc"[variant]}`,
    `the other one ${phase.name}`,
    `market ${market}`,
    ...(again === null ? [] : [`again at fact ${again}`]),
  ].join(", ");

async function liveThrough(cell: LiveCell, seasoned: string): Promise<readonly string[]> {
  const scene = await sceneAt(seasoned);
  const judge = liveJudge(scene);
  const { step, phase } = cell;
  const variant = step.variants[cell.variant];
  try {
    await scene.start(variant?.death ?? null);
    await phase.reach(scene);
    await variant?.play(scene);
    judge.died();
    const wasSo = phase.holds(scene);
    scene.refuse(null);
    variant?.damage?.(scene.directory);
    goOn(scene, cell.market);
    if (cell.again !== null) await dieAgain(scene, judge, cell.again);
    await scene.start(null);
    await cell.mistake?.(scene);
    await recover(scene);
    const moved = wasSo ? [] : [`the other one was not ${phase.name}`];
    return withStory([...judge.verdict(), ...moved], scene);
  } catch (failure) {
    return withStory([...judge.broken, String(failure)], scene);
  } finally {
    await scene.close();
  }
}

/** What is wrong, and how it came to that. */
function withStory(faults: readonly string[], scene: Scene): readonly string[] {
  if (faults.length === 0) return [];
  const facts = scene.facts();
  const from = facts.findIndex(({ kind }) => kind === "AlertRead");
  const story = facts.slice(Math.max(from, 0)).map((fact) => JSON.stringify(fact).slice(0, WIDTH));
  return [...faults, ["its journal", ...story].join("\n")];
}

const WIDTH = 240;

function goOn(scene: Scene, market: Market): void {
  for (const role of ["worked", "other"] as const) {
    if (market === "stop") scene.price(role, "stop");
    if (market === "target") scene.price(role, "target-1");
    if (market === "target") scene.price(role, "target-2");
  }
}

/** At a fact of its recovery; from outside where it had not so much to write. */
async function dieAgain(scene: Scene, judge: LiveJudge, nth: number): Promise<void> {
  await scene.begin({ moment: nth % 2 === 0 ? "after" : "inside", words: [], nth });
  const isDone = (): boolean => scene.isReady() && openTrades(scene).every(isManaged);
  await scene.until("it died again", () => !scene.isAlive() || isDone());
  scene.kill();
  await scene.died();
  judge.died();
}

const QUOTE_EVERY = 1_000;

/** Managed, then out, then stopped. */
async function recover(scene: Scene): Promise<void> {
  scene.quoteAgain();
  const market = setInterval(() => scene.quoteAgain(), QUOTE_EVERY);
  try {
    await scene.until("everything is protected", () => openTrades(scene).every(isManaged));
    await scene.ask({ kind: "flatten", account: null });
    await scene.until("everything is over", () => openTrades(scene).length === 0);
  } finally {
    clearInterval(market);
  }
  const code = await scene.stop();
  if (code !== 0) throw new Error(`ended with ${code}: ${scene.said()}`);
}

const openTrades = (scene: Scene): readonly Trade[] =>
  openTradesOf(scene.state(), accountOf(scene.state(), ACCOUNT));

const isManaged = (trade: Trade): boolean => trade.exit !== null || isProtected(trade);
