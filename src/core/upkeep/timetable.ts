/** When the next backup is due. */
import { type Millis, millis } from "../model/units.ts";

/** A house that was just started has better things to do. */
export const FIRST_AFTER = millis(60_000);
/** After one that failed: a disk that is full may be emptied. */
export const AGAIN_AFTER = millis(15 * 60_000);

export interface Timetable {
  readonly every: Millis;
  /** When the newest one was made; null before the first. */
  readonly newestAt: Millis | null;
  readonly now: Millis;
}

/** Of a house that starts: what was missed meanwhile is made up for, once. */
export function firstDue({ every, newestAt, now }: Timetable): Millis {
  const due = newestAt === null ? now : newestAt + every;
  // A newest one that lies in the future tells of a wrong clock, and holds nothing up.
  return millis(Math.max(Math.min(due, now + every), now + FIRST_AFTER));
}
