/**
 * Discord's ids: whole numbers of 64 bits, written as text, which count upwards with time.
 *
 * ```text
 * 175928847299117063 >> 22 = milliseconds since 2015  ─►  2016-04-30T11:18:25.796Z
 * ```
 *
 * They do not fit into a JavaScript number, so they stay text: a longer one is a later one, and of
 * two equally long ones the text decides. Source: Discord, API reference, "Snowflakes", 2026.
 */
import { type Millis, millis } from "../../core/model/units.ts";

const EPOCH = 1_420_070_400_000;

export const isSnowflake = (text: string): boolean => /^[1-9]\d{0,19}$/.test(text);

/** Negative when `a` is the earlier one. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export const laterId = (a: string, b: string): string => (compareIds(a, b) < 0 ? b : a);

/** When it was given out. */
export const timeOfId = (id: string): Millis => millis(Number(BigInt(id) >> 22n) + EPOCH);

/** Before every id of that millisecond. */
export const idAt = (at: Millis): string => String(BigInt(Math.max(at - EPOCH, 1)) << 22n);
