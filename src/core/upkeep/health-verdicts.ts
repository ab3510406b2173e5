/**
 * How each part of the house is, judged from what was read of it.
 *
 * Limits stand here and nowhere else, each with its reason. They are wide: who is woken for nothing
 * does not look the next time.
 */
import type { Component, HealthState } from "../model/health.ts";
import { type Millis, millis } from "../model/units.ts";
import { showApart, showDuration } from "../model/wording.ts";
import { showBytes } from "../views/tell-backup.ts";
import { DISK_FREE, type Grades, tooLittle, tooMuch } from "./health-grades.ts";
import type { Reach, Readings } from "./health-readings.ts";

export interface Verdict {
  readonly state: HealthState;
  readonly reason: string;
}

/** `held`: how it was so far. */
type Judge = (readings: Readings, held: HealthState, now: Millis) => Verdict;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const GRADES = {
  /** Milliseconds of one commit; a good disk takes one. */
  commit: { degraded: SECOND, failed: 30 * SECOND },
  /** A line that breaks off for a moment comes back by itself. */
  silence: { degraded: 10 * SECOND, failed: MINUTE },
  price: { degraded: MINUTE, failed: 5 * MINUTE },
  /** A refused letter is tried again each minute, then each hour. */
  letter: { degraded: 2 * MINUTE, failed: 30 * MINUTE },
  /** Of the time between two backups, hundredths. */
  backup: { degraded: 150, failed: 300 },
  jump: { degraded: SECOND, failed: Number.POSITIVE_INFINITY },
  /** At 20 ms nobody waits; at 2 s a stop that has to be moved does. */
  stall: { degraded: 250, failed: 2 * SECOND },
  /** Hundredths of what the heap may grow to; at the limit the process ends. */
  heap: { degraded: 80, failed: 92 },
  /** Hundredths of the machine's memory; below that the kernel looks for somebody to end. */
  memoryFree: { degraded: 5, failed: 2 },
  /** Thousandths of one core: an idle house needs ten. */
  cpu: { degraded: 800, failed: Number.POSITIVE_INFINITY },
  calendarDays: { degraded: 30, failed: -1 },
} as const satisfies Record<string, Grades>;

const off = (reason: string): Verdict => ({ state: "off", reason });
const verdict = (state: HealthState, reason: string): Verdict => ({ state, reason });

export const JUDGES: Readonly<Record<Component, Judge>> = {
  journal({ journal: { isRefusing, slowest } }, held) {
    if (isRefusing) return verdict("failed", "facts cannot be written: only exits go out");
    const state = tooMuch(slowest, GRADES.commit, held);
    return verdict(state, `the slowest commit took ${showDuration(slowest)}`);
  },
  disk({ disk }, held) {
    if (disk === null) return off("how much is free cannot be read here");
    const { freeBytes } = disk;
    return verdict(tooLittle(freeBytes, DISK_FREE, held), `${showBytes(freeBytes)} free`);
  },
  "venue-rest": ({ venueRest }, held, now) => reached(venueRest, held, now),
  "user-hub": ({ userHub }, held, now) => reached(userHub, held, now),
  "market-hub": ({ marketHub }, held, now) => reached(marketHub, held, now),
  discord({ discord }, held, now) {
    if (discord.length === 0) return off("no channel is heard");
    const down = discord.filter(({ downSince }) => downSince !== null);
    if (down.length === 0) return verdict("ok", "heard");
    const longest = Math.max(...down.map(({ downSince }) => now - Number(downSince)));
    const state = tooMuch(longest, GRADES.silence, held);
    const names = down.map(({ source }) => source).join(", ");
    // As long as one of several is heard, alerts come.
    const isWhole = down.length === discord.length;
    return verdict(state === "failed" && !isWhole ? "degraded" : state, `not heard: ${names}`);
  },
  prices({ prices }, held) {
    if (prices === null) return off("no prices are followed");
    const { isClosed, oldest, expectedFor, usual } = prices;
    if (isClosed) return off("the market is closed");
    const age = oldest === null ? expectedFor : millis(Math.min(oldest.age, expectedFor));
    const state = tooMuch(Math.max(0, age - usual), GRADES.price, held);
    if (oldest === null) return verdict(state, `no price since ${showDuration(expectedFor)}`);
    return verdict(state, `${oldest.instrument} is ${showDuration(oldest.age)} old`);
  },
  mail({ mail }, held) {
    if (mail.length === 0) return off("nobody is told away from the screen");
    const refused = mail.flatMap(({ channel, refusal, waited }) =>
      refusal === null ? [] : [{ channel, refusal, waited }],
    );
    const [worst] = refused.toSorted((a, b) => b.waited - a.waited);
    if (worst === undefined) return verdict("ok", "nothing is held up");
    const { channel, refusal, waited } = worst;
    const state = tooMuch(waited, GRADES.letter, held);
    return verdict(state, `${channel}: a letter waits for ${showDuration(waited)}: ${refusal}`);
  },
  backups({ backups }, held) {
    if (backups === null) return off("none are made here");
    const { every, age, hasOne, fault } = backups;
    const state = tooMuch((100 * age) / every, GRADES.backup, held);
    const newest = hasOne ? "the newest is" : "there is none yet, after";
    const why = fault === null ? "" : `; the last try failed: ${fault}`;
    return verdict(state, `${newest} ${showDuration(age)}${hasOne ? " old" : ""}${why}`);
  },
  clock({ clock: { offsets, jumped } }, held) {
    const [worst] = offsets.toSorted((a, b) => Math.abs(b) - Math.abs(a));
    if (worst !== undefined) {
      return verdict("failed", `it is ${showApart(worst)} the venue's: nothing is entered`);
    }
    const moved = Math.abs(jumped);
    if (tooMuch(moved, GRADES.jump, held) === "ok") return verdict("ok", "it runs evenly");
    const way = jumped < 0 ? "back" : "forth";
    const why = "it was set, or the machine slept";
    return verdict("degraded", `it went ${way} by ${showDuration(millis(moved))}: ${why}`);
  },
  "event-loop"({ eventLoop: { longest } }, held) {
    const state = tooMuch(longest, GRADES.stall, held);
    return verdict(state, `the longest stall was ${showDuration(longest)}`);
  },
  memory({ memory: { heapUsed, heapLimit, free, total } }, held) {
    const heap = tooMuch((100 * heapUsed) / heapLimit, GRADES.heap, held);
    const machine = tooLittle((100 * free) / total, GRADES.memoryFree, held);
    const worse = heap === "failed" || machine === "ok" ? heap : machine;
    const own = `${showBytes(heapUsed)} of ${showBytes(heapLimit)}`;
    return verdict(worse, `${own} in use; ${showBytes(free)} left on the machine`);
  },
  cpu({ cpu: { share } }, held) {
    const state = tooMuch(share, GRADES.cpu, held);
    return verdict(state, `${(share / 10).toFixed(1)} % of a core`);
  },
  configuration({ configuration }) {
    if (configuration === null) return off("it is not read again while this runs");
    if (!configuration.isRefused) return verdict("ok", "as in the file");
    return verdict("degraded", "the file has mistakes; what was in force before stays");
  },
  calendar({ calendar: { validUntil, daysLeft } }) {
    const state = tooLittle(daysLeft, GRADES.calendarDays, "ok");
    return verdict(state, `holidays are known until ${validUntil}`);
  },
};

function reached(reach: Reach | null, held: HealthState, now: Millis): Verdict {
  if (reach === null) return off("it is not used");
  const { silentSince, reason } = reach;
  if (silentSince === null) return verdict("ok", "it answers");
  return verdict(tooMuch(Math.max(0, now - silentSince), GRADES.silence, held), reason);
}
