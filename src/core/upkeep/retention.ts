/**
 * Which backups may go: all of a week stay, then one a day for a month, then one a month for a year.
 *
 * ```text
 * now ◄──── 7 days, all ────┤◄──── 30 days, the last of each ────┤◄── 12 months, the last of each ──┤
 * ```
 *
 * Days and months are those of UTC, counted back from the present one. Whatever the ages, the newest
 * of them all stays; and one that lies in the future, because a clock was wrong, is left alone.
 */
import { isoOf } from "../model/iso-time.ts";
import type { Millis } from "../model/units.ts";

export interface Kept {
  readonly name: string;
  readonly at: Millis;
}

const DAY = 86_400_000;
const ALL_FOR = 7 * DAY;
const DAILY = 30;
const MONTHLY = 12;

/** Names of those that nothing keeps any more, oldest first. */
export function expendable(backups: readonly Kept[], now: Millis): readonly string[] {
  const oldestFirst = backups.toSorted((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
  const stays = new Set<string>();
  const lastOf = (periods: ReadonlyMap<number, string>): void => {
    for (const name of periods.values()) stays.add(name);
  };
  const days = new Map<number, string>();
  const months = new Map<number, string>();
  for (const { name, at } of oldestFirst) {
    if (now - at < ALL_FOR) stays.add(name);
    if (dayOf(now) - dayOf(at) < DAILY) days.set(dayOf(at), name);
    if (monthOf(now) - monthOf(at) < MONTHLY) months.set(monthOf(at), name);
  }
  lastOf(days);
  lastOf(months);
  const newest = oldestFirst.at(-1);
  if (newest !== undefined) stays.add(newest.name);
  return oldestFirst.map(({ name }) => name).filter((name) => !stays.has(name));
}

const dayOf = (at: Millis): number => Math.floor(at / DAY);

/** Counted from the first month of the year 0. */
function monthOf(at: Millis): number {
  const [year, month] = isoOf(at).split("-").map(Number);
  return (year as number) * 12 + (month as number); // an ISO text has both
}
