/**
 * The last word on the numbers of an alert: on the tick grid, in range, on the right side.
 *
 * ```text
 * long    stop < entry < every target        short   targets < entry < stop
 * ```
 *
 * One bad number refuses the whole alert. Nothing is rounded and nothing is swapped.
 */
import { err, ok, type Result } from "../../std/result.ts";
import { type Alert, directionOf, type Side, type SizeLetter } from "../model/alert.ts";
import type { PriceLimit, PriceLimits } from "../model/format.ts";
import { type Instrument, priceToTicks, type Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { type Ticks, ticks } from "../model/units.ts";
import { doubtful, type None, unsure } from "./outcome.ts";

/** An absolute price, or a distance from the entry; points of the contract. */
export interface Level {
  readonly kind: "price" | "points";
  readonly value: number;
}

/** An alert as it was written, before anyone checked it. */
export interface Draft {
  readonly instrument: Root;
  readonly side: Side;
  readonly entry: number;
  readonly stop: Level;
  readonly targets: readonly Level[];
  readonly size: SizeLetter | null;
  readonly tags: readonly string[];
  readonly stopCondition: string | null;
}

export function checkedAlert(draft: Draft, limits: PriceLimits): Result<Alert, None> {
  const instrument = instrumentOf(draft.instrument);
  const limit = limits[instrument.family];
  if (limit === undefined) return err(unsure(`no price limits are set for ${instrument.family}`));
  const levels = levelsOf(draft, instrument);
  if (!levels.ok) return levels;
  const fault = faultOf(draft, levels.value, instrument, limit);
  if (fault !== null) return err(doubtful(fault));
  const { side, size, tags, stopCondition } = draft;
  const { entry, stop, targets } = levels.value;
  return ok({ instrument: instrument.root, side, entry, stop, targets, size, tags, stopCondition });
}

type Levels = Pick<Alert, "entry" | "stop" | "targets">;

function levelsOf(draft: Draft, instrument: Instrument): Result<Levels, None> {
  const direction = directionOf(draft.side);
  const entry = onGrid(instrument, draft.entry, "entry");
  if (!entry.ok) return entry;
  const stop = levelFrom(instrument, entry.value, draft.stop, -direction, "stop");
  if (!stop.ok) return stop;
  const targets: Ticks[] = [];
  for (const one of draft.targets) {
    const target = levelFrom(instrument, entry.value, one, direction, "target");
    if (!target.ok) return target;
    targets.push(target.value);
  }
  return ok({ entry: entry.value, stop: stop.value, targets });
}

function levelFrom(
  instrument: Instrument,
  entry: Ticks,
  { kind, value }: Level,
  away: number,
  what: string,
): Result<Ticks, None> {
  const level = onGrid(instrument, value, what);
  if (!level.ok || kind === "price") return level;
  return ok(ticks(entry + away * level.value));
}

function onGrid(instrument: Instrument, points: number, what: string): Result<Ticks, None> {
  const price = priceToTicks(instrument, points);
  if (price.ok) return price;
  return err(unsure(`${what} ${points} is off the tick grid of ${instrument.root}`));
}

function faultOf(
  { side }: Draft,
  { entry, stop, targets }: Levels,
  { tickUnits, decimals }: Instrument,
  limit: PriceLimit,
): string | null {
  const direction = directionOf(side);
  const inTicks = (points: number) => (points * 10 ** decimals) / tickUnits;
  if (entry < inTicks(limit.min) || entry > inTicks(limit.max)) return "price out of range";
  const risk = (entry - stop) * direction;
  if (risk <= 0) return "stop on the wrong side of the entry";
  // A distance such as 0.02 times 100,000 is not exactly whole; half a tick of grace settles it.
  if (risk > inTicks(limit.stopMax) + 0.5) return "stop too far from the entry";
  const isWrong = targets.some((target) => (target - entry) * direction <= 0);
  return isWrong ? "target on the wrong side of the entry" : null;
}
