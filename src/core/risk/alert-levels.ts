/** What an alert says in numbers, on the grid of what is traded, and whether that makes sense by itself. */
import { err, ok, type Result } from "../../std/result.ts";
import type { Alert } from "../model/alert.ts";
import { convertTicks, distanceToTicks, type Instrument } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { type Levels, reaches, stopDistance } from "../model/levels.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Limits } from "../model/rules.ts";
import type { Ticks } from "../model/units.ts";

/** The alert's prices on the traded instrument's grid. */
export function levelsIn(instrument: Instrument, alert: Alert): Result<Levels, Refusal> {
  const from = instrumentOf(alert.instrument);
  const convert = (price: Ticks) => convertTicks(from, instrument, price);
  const entry = convert(alert.entry);
  const stop = convert(alert.stop);
  if (!entry.ok || !stop.ok) return err({ kind: "off-grid", instrument: instrument.root });
  const targets: Ticks[] = [];
  for (const stated of alert.targets) {
    const target = convert(stated);
    if (!target.ok) return err({ kind: "off-grid", instrument: instrument.root });
    targets.push(target.value);
  }
  return ok({ side: alert.side, entry: entry.value, stop: stop.value, targets });
}

/** Checks of the alert's own numbers; they need no market and no account. */
export function refuseLevels(
  instrument: Instrument,
  levels: Levels,
  limits: Limits,
): Refusal | null {
  const { side, entry, stop } = levels;
  if (reaches(side, stop, entry)) return { kind: "stop-wrong-side", entry, stop };
  const allowed = limits.stopDistance[instrument.family];
  if (!allowed) return { kind: "not-traded", instrument: instrument.root };
  const distance = stopDistance(levels);
  const min = distanceToTicks(instrument, allowed.min);
  const max = distanceToTicks(instrument, allowed.max);
  if (distance > max) return { kind: "stop-too-far", distance, limit: max };
  return distance < min ? { kind: "stop-too-near", distance, limit: min } : null;
}
