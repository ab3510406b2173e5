/** Single words of a cue: durations and numbers. */
import { type Millis, millis } from "../../core/model/units.ts";

const DURATION_MAX = 7 * 24 * 60 * 60 * 1_000;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `250ms`, `1.5s`, `2m`, `1h`; without a unit they are seconds. A week at most. */
export function readDuration(word: string): Millis | null {
  const [, digits, unit = "s"] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)?$/.exec(word) ?? [];
  if (digits === undefined) return null;
  const by = Math.round(Number(digits) * (UNITS[unit] ?? 0));
  return by <= DURATION_MAX ? millis(by) : null;
}

export const whole = (word: string): number | null =>
  /^\d{1,9}$/.test(word) ? Number(word) : null;

/** NaN for what is none. Decimal digits only; `Number` would also take "", "0x10" and "1e3". */
export const decimal = (word: string): number =>
  /^\d{1,9}(\.\d{1,9})?$/.test(word) ? Number(word) : Number.NaN;
