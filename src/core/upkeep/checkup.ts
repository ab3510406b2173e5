/**
 * What a reading of the machine means for somebody who wants to start here, and what to do about it.
 *
 * ```text
 * problem   a start would fail, or trade on something that will break
 * note      it works; whoever looks may want to know
 * ok        looked at, and well
 * ```
 */
import type { Check } from "../model/check.ts";
import type { BackupsConfig } from "../model/config.ts";
import { CALENDAR_WARNING } from "../model/exchange-calendar.ts";
import type { Access, DirectoryReading } from "../model/machine-reading.ts";
import { dayNumberOf, type TradeDate, tradeDate } from "../model/trade-date.ts";
import type { Millis } from "../model/units.ts";
import { showDuration } from "../model/wording.ts";
import { showBytes } from "../views/tell-backup.ts";
import { DISK_FREE } from "./health-grades.ts";

const MEGABYTE = 1_000_000;
const MEMORY_LOW = 250 * MEGABYTE;
const NODE_LEAST = { major: 20, minor: 19 };
/** Of the time between two backups. */
const BACKUP_LATE = 3 / 2;

/** The end of security fixes, from the release schedule of Node.js. */
const NODE_ENDS: ReadonlyMap<number, TradeDate> = new Map([
  [20, tradeDate("2026-04-30")],
  [22, tradeDate("2027-04-30")],
  [24, tradeDate("2028-04-30")],
]);

const check = (what: string, state: Check["state"], says: string): Check => ({ what, state, says });

export function nodeCheck(version: string, today: TradeDate): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const { major: least, minor: leastMinor } = NODE_LEAST;
  if (major < least || (major === least && minor < leastMinor))
    return check("node", "problem", `${version}; install ${least}.${leastMinor} or newer`);
  const ends = NODE_ENDS.get(major);
  if (ends !== undefined && dayNumberOf(ends) < dayNumberOf(today)) {
    const says = `${version} has had no security fixes since ${ends}; Node.js 24 has them`;
    return check("node", "note", says);
  }
  return check("node", "ok", version);
}

export const databaseCheck = (fault: string | null): Check =>
  fault === null
    ? check("database", "ok", "SQLite writes and reads")
    : check(
        "database",
        "problem",
        `SQLite cannot be used (${fault}); install again: npm ci, with the Node.js that runs this`,
      );

const NOON = 12;

export const zoneCheck = (hour: number): Check =>
  hour === NOON
    ? check("time zones", "ok", "Chicago's clock is known")
    : check(
        "time zones",
        "problem",
        "Node.js knows no time zones here; use a build with full ICU, as nodejs.org's are",
      );

export function clockCheck(isKept: boolean | null): Check {
  if (isKept === null)
    return check("clock", "note", "nobody here says whether a time server is followed");
  if (isKept) return check("clock", "ok", "follows a time server");
  const fix = "turn it on: sudo timedatectl set-ntp true";
  return check("clock", "note", `follows no time server, and alerts expire by the second; ${fix}`);
}

export const memoryCheck = (free: number): Check =>
  free < MEMORY_LOW
    ? check("memory", "note", `${showBytes(free)} free; the program wants ${showBytes(MEMORY_LOW)}`)
    : check("memory", "ok", `${showBytes(free)} free`);

/** Whoever may write it sets the limits. */
export function configAccess(file: string, access: Access | null): readonly Check[] {
  if (access === null || !access.othersWrite) return [];
  const says = `anybody here may change ${file}, and with it every limit; chmod go-w ${file}`;
  return [check("configuration", "problem", says)];
}

export function directoryChecks(path: string, directory: DirectoryReading): readonly Check[] {
  const { isThere, fault, network, isInMemory } = directory;
  const what = "data directory";
  const another = "name another one with --data or dataDirectory";
  if (fault !== null)
    return [check(what, "problem", `${path}: ${fault}; let this user write there, or ${another}`)];
  const free = directory.free === null ? "" : `, ${showBytes(directory.free)} free`;
  const there = check(what, "ok", `${path}${isThere ? "" : " will be made"}${free}`);
  // A start tries whether a database works there, and refuses where it does not.
  const far = `${path} lies on ${network}, which may lack the locks a database needs; ${another}`;
  const fleeting = `${path} lies in memory and is gone when the machine stops; ${another}`;
  return [
    there,
    ...(network === null ? [] : [check(what, "note", far)]),
    ...(isInMemory ? [check(what, "note", fleeting)] : []),
    ...spaceCheck(directory),
    ...accessCheck(path, directory),
  ];
}

function spaceCheck({ free }: DirectoryReading): readonly Check[] {
  const { degraded, failed } = DISK_FREE;
  if (free === null || free > degraded) return [];
  const says = `${showBytes(free)} free; books and backups of a year want ${showBytes(degraded)}`;
  return [check("disk", free <= failed ? "problem" : "note", says)];
}

function accessCheck(path: string, { access }: DirectoryReading): readonly Check[] {
  if (access === null || (!access.othersRead && !access.othersWrite)) return [];
  const isOpen = access.othersWrite;
  const says = `others here may ${isOpen ? "change" : "read"} what lies in ${path}; chmod 700 ${path}`;
  return [check("data directory", isOpen ? "problem" : "note", says)];
}

export function calendarCheck(validUntil: TradeDate, today: TradeDate): Check {
  const left = dayNumberOf(validUntil) - dayNumberOf(today);
  const fix = "a newer version of the program knows more";
  if (left < 0)
    return check("calendar", "problem", `holidays are known until ${validUntil}; ${fix}`);
  if (left <= CALENDAR_WARNING)
    return check("calendar", "note", `holidays are known until ${validUntil} only; ${fix}`);
  return check("calendar", "ok", `holidays are known until ${validUntil}`);
}

/** `newest` is null where there is none; `hasBooks` says whether there is anything to copy. */
export function backupsCheck(
  { every, copyTo, bucket }: BackupsConfig,
  newest: Millis | null,
  { now, hasBooks }: { readonly now: Millis; readonly hasBooks: boolean },
): readonly Check[] {
  if (every === null)
    return [check("backups", "note", "none are made; backups.every says how often")];
  if (!hasBooks) return [];
  if (newest === null)
    return [check("backups", "note", "there is none yet; make one: tradestream backup create")];
  const age = Math.max(0, now - newest) as Millis;
  const says = `the newest is ${showDuration(age)} old`;
  // A program that does not run makes none.
  const isLate = age > every * BACKUP_LATE;
  const one = check("backups", isLate ? "note" : "ok", says);
  if (copyTo !== null || bucket !== undefined) return [one];
  const alone =
    "all lie on the disk they are copies of; backups.copyTo or backups.bucket names a second place";
  return [one, check("backups", "note", alone)];
}
