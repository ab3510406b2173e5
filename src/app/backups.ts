/**
 * The backups of a running house: by the clock, when a session ends, and when it is stopped.
 *
 * ```text
 * settled ─► the newest there is, if the books do not know it
 *         ─► a minute later, or when it is due ─► made in its thread ─► told to the loop ─► again
 * trade date over ─► one more             stopped, last fact written ─► the last one
 * ```
 *
 * One at a time. What is made after the last fact of a run is journaled by the next run, which finds
 * it lying there.
 */
import type { BackupCause, BackupReport } from "../core/model/backup-fact.ts";
import type { BackupsConfig, Config } from "../core/model/config.ts";
import { DEFAULT_BACKUPS } from "../core/model/defaults.ts";
import { type Millis, millis } from "../core/model/units.ts";
import { AGAIN_AFTER, firstDue } from "../core/upkeep/timetable.ts";
import type { Archive } from "../ports/archive.ts";
import type { Audience } from "../ports/audience.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { copiesOf } from "./backup-copies.ts";
import { type BackupTask, madeOf } from "./backup-making.ts";
import { backupInThread } from "./backup-thread.ts";
import type { Context } from "./context.ts";
import type { Loop } from "./loop.ts";
import { placesIn } from "./places.ts";
import { wire } from "./wire.ts";

export async function backupsFor(
  context: Context,
  { directory, version, config }: Kept,
  { log, say }: Pick<BackupParts, "log" | "say">,
): Promise<Backups> {
  const { archiveIn } = await wire.archive();
  const { clock } = context;
  const { every, recipients } = config.backups ?? DEFAULT_BACKUPS;
  return keepBackups({
    ...{ clock, log, say, every, archive: archiveIn(placesIn(directory).backups) },
    task: { directory, version, recipients, ...(await copiesOf(context, config)) },
  });
}

export interface Kept {
  readonly directory: string;
  readonly version: string;
  readonly config: Config;
}

export interface BackupParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly archive: Archive;
  /** Null: none at all. */
  readonly every: BackupsConfig["every"];
  readonly task: Pick<BackupTask, "directory" | "version" | "recipients" | "copyTo" | "bucket">;
  /** To whoever looks at the screen while the program ends. */
  readonly say: (line: string) => void;
  readonly make?: (
    task: BackupTask,
    about: { readonly giveUp: AbortSignal },
  ) => Promise<BackupReport>;
}

export interface Backups extends Audience {
  /** From here on the loop is told. */
  begin(loop: Pick<Loop, "offer">): void;
  /** Nothing more by the clock; the one that is being made is still told. */
  stop(): void;
  /** One now; one that has been under way for far too long is given up. */
  anew(): void;
  /** One more, when the last fact is written. */
  last(): Promise<void>;
}

/** The largest books are copied and proved within a minute. */
const HANGS_AFTER = 10 * 60_000;

export function keepBackups(parts: BackupParts): Backups {
  const { clock, archive, every, make = backupInThread } = parts;
  let tell: ((report: BackupReport) => void) | null = null;
  let callOff = (): void => {};
  let making: Promise<BackupReport> | null = null;
  let begunAt = clock.now();
  let giveUp = new AbortController();

  async function run(cause: BackupCause): Promise<BackupReport> {
    const at = clock.now();
    begunAt = at;
    giveUp = new AbortController();
    making = make({ ...parts.task, at, cause }, { giveUp: giveUp.signal });
    const report = await making;
    making = null;
    logged(parts.log, report);
    return report;
  }

  async function due(cause: BackupCause): Promise<void> {
    if (making !== null || every === null) return;
    callOff();
    const begun = clock.now();
    const report = await run(cause);
    tell?.(report);
    if (tell !== null) again(millis(begun + (report.kind === "made" ? every : AGAIN_AFTER)));
  }

  const again = (at: Millis): void => {
    callOff = clock.schedule(at, () => void due("schedule"));
  };

  return {
    begin(loop) {
      if (every === null) return;
      tell = (report) => void loop.offer({ kind: "backup", report });
      const newest = archive.list().find((one) => one.kind === "whole");
      const newestAt = newest?.kind === "whole" ? newest.backup.at : null;
      if (newest?.kind === "whole") {
        tell({ kind: "made", backup: madeOf(newest.backup), copyFault: null });
      }
      again(firstDue({ every, newestAt, now: clock.now() }));
    },
    told(recorded) {
      // At a start the trade date may begin too; that is no session that has ended.
      if (tell === null) return;
      if (recorded.some(({ fact }) => fact.kind === "TradeDateBegan")) void due("session");
    },
    anew() {
      // Whoever began the one that is given up goes on as after any other that failed.
      if (making === null) void due("schedule");
      else if (clock.now() - begunAt >= HANGS_AFTER) giveUp.abort();
    },
    stop() {
      tell = null;
      callOff();
    },
    async last() {
      await making;
      if (every === null) return;
      const report = await run("stop");
      if (report.kind === "failed") parts.say(`no backup of the books: ${report.reason}`);
      else if (report.copyFault !== null) parts.say(report.copyFault);
    },
  };
}

function logged(log: Log, report: BackupReport): void {
  if (report.kind === "failed") {
    const { cause, reason } = report;
    return log.write("error", "backup-failed", { cause, reason });
  }
  const { name, cause, sequence, bytes, took } = report.backup;
  log.write("info", "backup-made", { name, cause, sequence, bytes, took });
}
