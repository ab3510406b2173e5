/**
 * The market where no script makes one: the project's simulated one, without an end.
 *
 * Four products that have nothing to do with each other, each with its micro at the same prices. A
 * tape is made an hour at a time, and goes on where the one before ended. The hour before the venue
 * opened is its history, so that there are bars to ask for.
 */
import type { Root } from "../../core/model/instrument.ts";
import { priceToTicks } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import type { Sessions } from "../../core/model/rules.ts";
import { type Millis, millis, type Ticks } from "../../core/model/units.ts";
import { simulatedMarket } from "../../core/paper/simulated-market.ts";
import type { Tape } from "../../core/paper/tape.ts";
import type { Clock } from "../../ports/clock.ts";
import { invariant } from "../../std/assert.ts";
import type { Print } from "./cues.ts";
import type { Levers } from "./stage.ts";
import { playTape, printsOf } from "./tape-player.ts";

interface Product {
  readonly root: Root;
  readonly micro: Root;
  /** Where it begins. */
  readonly points: number;
}

const PRODUCTS: readonly Product[] = [
  { root: "ES", micro: "MES", points: 6_320 },
  { root: "NQ", micro: "MNQ", points: 23_100 },
  { root: "CL", micro: "MCL", points: 64 },
  { root: "GC", micro: "MGC", points: 2_640 },
];
const LASTS = millis(3_600_000);

export interface OwnMarketParts {
  readonly seed: number;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly levers: Pick<Levers, "price" | "remember">;
}

export const OWN_PRODUCTS: readonly Root[] = PRODUCTS.flatMap(({ root, micro }) => [root, micro]);

/** Returns what stops it. */
export function ownMarket(parts: OwnMarketParts): () => void {
  const stops = PRODUCTS.map((product, index) => follow(parts, product, index));
  return () => {
    for (const stop of stops) stop();
  };
}

function follow(
  { seed, clock, sessions, levers }: OwnMarketParts,
  { root, micro, points }: Product,
  index: number,
): () => void {
  const start = priceToTicks(instrumentOf(root), points);
  invariant(start.ok, "a market begins on the grid");
  let startPrice: Ticks = start.value;
  let round = 0;
  let callOff = (): void => {};
  let stop = (): void => {};

  /** The next hour, from `startAt` on. */
  function made(startAt: Millis): Tape {
    round += 1;
    return simulatedMarket({
      seed: (seed + 1_000 * round + index) >>> 0,
      instrument: root,
      startPrice,
      startAt,
      duration: LASTS,
      sessions,
    });
  }

  function recall(): void {
    const prints = printsOf(made(millis(clock.now() - LASTS)));
    startPrice = prints.at(-1)?.last ?? startPrice;
    levers.remember(root, prints);
    levers.remember(
      micro,
      prints.map((one) => ({ ...one, root: micro })),
    );
  }

  function play(): void {
    const tape = made(clock.now());
    callOff = clock.schedule(millis(clock.now() + LASTS), play);
    // While the exchange is closed there are no prices.
    if (tape.length === 0) return;
    stop = playTape({ tape, clock, print: both, ended: () => {} });
  }

  function both(one: Print): void {
    startPrice = one.last;
    levers.price(one);
    levers.price({ ...one, root: micro });
  }

  recall();
  play();
  return () => {
    callOff();
    stop();
  };
}
