/**
 * An honest market: it looks like one, and nobody can win on it in the long run.
 *
 * ```text
 *   time of day ─┐
 *                ├─► how much it moves per print ─► one step up or down, a fair coin ─► bid, ask
 *   phase ───────┘                                                                        │
 *   calm ⇄ normal ⇄ fast                          the trade is at one of the two ◄────────┘
 * ```
 *
 * - No drift: every move is as likely up as down, whatever came before, so a bracket of -10/+7/+12
 *   ends as the arithmetic of chance says, and close to what real ES minutes showed: both targets
 *   38 %, first target only 23 %, stopped 39 %.
 * - Texture: the opening is wild and the night is quiet; volatility comes in phases; the spread is
 *   one tick, mostly; now and then news makes the price jump, and every session opens with a gap.
 * - Whole numbers only, and chance from a seed: the same seed gives the same bytes on any machine.
 *
 * Prints fall inside the exchange's sessions alone, unless the market is told never to close. The shapes below are round figures in the manner
 * of index futures; they make the day look right and cannot make it profitable.
 */
import { type Dice, seeded } from "../../std/seeded.ts";
import { sessionAt } from "../model/calendar.ts";
import { centralClock } from "../model/central-time.ts";
import type { Group, Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Sessions } from "../model/rules.ts";
import type { Millis, Ticks } from "../model/units.ts";
import { PRINTS_MAX, type Tape, tapeBuilder } from "./tape.ts";

export interface MarketPlan {
  readonly seed: number;
  readonly instrument: Root;
  readonly startPrice: Ticks;
  readonly startAt: Millis;
  /** From `startAt`, closed hours included. */
  readonly duration: Millis;
  /** Average over a whole day; 3,600, one a second, unless said otherwise. */
  readonly printsPerHour?: number;
  readonly printsMax?: number;
  /** The exchange's, unless said otherwise. */
  readonly sessions?: Sessions;
}

type Phase = "calm" | "normal" | "fast";

interface World {
  readonly dice: Dice;
  readonly printsPerHour: number;
  /** Ticks a usual day's close lies from its open. */
  readonly dailyMove: number;
  at: number;
  price: number;
  phase: Phase;
  /** Whether the newest trade was at the ask. */
  isBuying: boolean;
  closesAt: number;
  /** When the figures of `pace` must be looked up again. */
  paceUntil: number;
  pace: Pace;
}

/** What holds for this half hour and phase. */
interface Pace {
  /** Mean milliseconds between two prints. */
  readonly gap: number;
  /** Chance of a move per print in millionths, and its unit in ticks. */
  readonly moves: number;
  readonly step: number;
  /** Chance of a spread wider than one tick, permille. */
  readonly wide: number;
}

const HALF_HOUR = 1_800_000;
const HOUR = 3_600_000;
const SECONDS_PER_SESSION = 82_800;
const MILLION = 1_000_000;

/** A usual daily move in thousandths of the price. */
const DAILY_MOVE: Readonly<Record<Group, number>> = {
  equity: 9,
  energy: 20,
  metals: 10,
  rates: 5,
  fx: 5,
};

/** How lively each half hour of the Chicago day is, in hundredths of an average one. */
const LIVELINESS = [
  ...[25, 30, 45, 45, 85, 80, 75, 55, 55, 40, 55, 50, 55, 60, 75, 110], // 00:00 to 08:00
  ...[85, 340, 270, 235, 210, 180, 150, 155, 140, 140, 165, 175, 170, 220, 125, 35], // to 16:00
  ...[30, 30, 140, 60, 60, 65, 100, 85, 70, 55, 40, 35, 30, 25, 20, 20], // to midnight
];

/** Prints come this often, in hundredths: by day and through the night. */
const DAY_RATE = 150;
const NIGHT_RATE = 80;
/** Half hours that count as day: 08:30 to 15:00. */
const DAY_FROM = 17;
const DAY_UNTIL = 30;

/** Prints and squared moves of each phase in hundredths; chance to leave it, millionths a print. */
const PHASES: Readonly<
  Record<Phase, { readonly rate: number; readonly moves: number; readonly leaves: number }>
> = {
  calm: { rate: 85, moves: 60, leaves: 3_500 },
  normal: { rate: 100, moves: 95, leaves: 5_500 },
  fast: { rate: 200, moves: 240, leaves: 2_600 },
};

/** Waiting times in thousandths of their mean, all equally likely; they sum to 16,000. */
const WAITS = [
  60, 130, 210, 300, 400, 520, 640, 760, 890, 1030, 1180, 1350, 1550, 1800, 2200, 2980,
];

/** Move sizes in steps: mostly one, at times two or three. Their mean square is 1.23. */
const MEAN_SQUARE = 123;
const SIZES = [1, 1, 1, 1, 1, 1, 2, 2, 3, 4, 5, 8, 12];

/** One print in so many brings news: a jump, then a fast phase. */
const NEWS_EVERY = 40_000;

export function simulatedMarket(plan: MarketPlan): Tape {
  const until = plan.startAt + plan.duration;
  const { group } = instrumentOf(plan.instrument);
  const printsMax = plan.printsMax ?? PRINTS_MAX;
  const tape = tapeBuilder({ instrument: plan.instrument, resolution: 0 as Millis, printsMax });
  const world = worldOf(plan, group);
  if (plan.sessions === "always-open") world.closesAt = Number.POSITIVE_INFINITY;
  else enterSession(world, group);
  while (world.at < until) {
    const room = print(world, tape.add);
    if (!room) break;
    world.at += waitOf(world);
    if (world.at >= world.closesAt) enterSession(world, group);
    move(world);
  }
  return tape.finish();
}

function worldOf(plan: MarketPlan, group: Group): World {
  return {
    dice: seeded(plan.seed),
    printsPerHour: plan.printsPerHour ?? 3600,
    dailyMove: Math.floor((plan.startPrice * DAILY_MOVE[group]) / 1000),
    at: plan.startAt,
    price: plan.startPrice,
    phase: "normal",
    isBuying: true,
    closesAt: plan.startAt,
    paceUntil: 0,
    pace: { gap: 0, moves: 0, step: 1, wide: 0 },
  };
}

/** Goes on if the market is open; else waits for the next opening and starts it with a gap. */
function enterSession(world: World, group: Group): void {
  const session = sessionAt(group, world.at as Millis);
  if (session.open) {
    world.closesAt = session.closesAt;
    return;
  }
  const days = Math.floor((session.opensAt - world.at) / (24 * HOUR));
  world.at = session.opensAt;
  enterSession(world, group);
  world.paceUntil = 0;
  // A weekend has room for more to happen than an hour of maintenance.
  jump(world, days > 0 ? 300 : 100);
}

/** The next wait, and what the time then reached is like. */
function waitOf(world: World): number {
  if (world.dice.below(MILLION) < PHASES[world.phase].leaves) {
    world.phase = phaseAfter(world.phase, world.dice);
    world.paceUntil = 0;
  }
  if (world.at >= world.paceUntil) setPace(world);
  const wait = WAITS[world.dice.below(WAITS.length)] as number;
  return Math.max(1, Math.floor((world.pace.gap * wait) / 1000));
}

const phaseAfter = (phase: Phase, dice: Dice): Phase => {
  if (phase !== "normal") return "normal";
  return dice.permille(800) ? "calm" : "fast";
};

function setPace(world: World): void {
  const halfHour = Math.floor(centralClock(world.at as Millis).minuteOfDay / 30);
  const isDay = halfHour >= DAY_FROM && halfHour < DAY_UNTIL;
  const phase = PHASES[world.phase];
  const rate = isDay ? DAY_RATE : NIGHT_RATE;
  const perHour = Math.max(1, Math.floor((world.printsPerHour * rate * phase.rate) / 10_000));
  // Squared ticks per print, in millionths: the day's variance, spread as lively as the hour is.
  const perSecond = Math.floor((world.dailyMove * world.dailyMove * MILLION) / SECONDS_PER_SESSION);
  const perPrint = Math.floor((perSecond * 3600) / world.printsPerHour);
  const lively = Math.floor((perPrint * (LIVELINESS[halfHour] as number)) / rate);
  const wanted = Math.floor((lively * phase.moves) / MEAN_SQUARE);
  const step = stepFor(wanted);
  world.paceUntil = world.at - (world.at % HALF_HOUR) + HALF_HOUR;
  world.pace = {
    gap: Math.floor(HOUR / perHour),
    moves: Math.max(1, Math.floor(wanted / (step * step))),
    step,
    wide: (isDay ? 12 : 160) + (world.phase === "fast" ? 60 : 0),
  };
}

/** The smallest step with which a print need not move every time. */
function stepFor(squaredMillionths: number): number {
  let step = 1;
  while (squaredMillionths > step * step * 700_000) step += 1;
  return step;
}

function move(world: World): void {
  const { dice, pace } = world;
  if (dice.below(NEWS_EVERY) === 0) {
    world.phase = "fast";
    world.paceUntil = 0;
    jump(world, 160);
    return;
  }
  if (dice.below(MILLION) >= pace.moves) return;
  const luck = dice.below(100);
  const steps = luck < 94 ? 1 : luck < 99 ? 2 : 3;
  shift(world, steps * pace.step);
}

/** A gap of up to so many thousandths of a usual day's move. */
function jump(world: World, permilleMax: number): void {
  const reach = Math.floor((world.dailyMove * permilleMax) / 1000);
  shift(world, world.dice.below(reach + 1));
}

/** The fair coin. Far below any price ever seen the floor turns it, so that prices stay positive. */
function shift(world: World, distance: number): void {
  const up = world.dice.below(2) === 0 || world.price - distance < 10;
  world.price += up ? distance : -distance;
}

function print(world: World, add: ReturnType<typeof tapeBuilder>["add"]): boolean {
  const { dice } = world;
  let bid = world.price;
  let ask = world.price + 1;
  if (dice.permille(world.pace.wide)) {
    // On either side alike, or the wider spread alone would push the price one way.
    if (dice.below(2) === 0) bid -= 1;
    else ask += 1;
  }
  // Buyers and sellers come in runs: most trades are on the side of the one before.
  if (dice.permille(250)) world.isBuying = !world.isBuying;
  return add(
    world.at,
    world.isBuying ? ask : bid,
    bid,
    ask,
    SIZES[dice.below(SIZES.length)] as number,
  );
}
