/**
 * A backup made in a thread of its own: copying, pressing and folding take most of a second, in which
 * positions would go unwatched.
 */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { BackupReport } from "../core/model/backup-fact.ts";
import { type BackupTask, makeBackup } from "./backup-making.ts";

/**
 * Never rejects: a thread that dies is a backup that failed, and so is one that is given up. Without a
 * worker, by the caller.
 */
export function backupInThread(
  task: BackupTask,
  { giveUp, worker = builtWorker() }: ThreadParts = {},
): Promise<BackupReport> {
  const failed = (failure: unknown): BackupReport => ({
    kind: "failed",
    cause: task.cause,
    reason: failure instanceof Error ? failure.message : String(failure),
  });
  if (worker === null) return makeBackup(task).catch(failed);
  return new Promise((resolve) => {
    const thread = new Worker(worker, { workerData: task });
    giveUp?.addEventListener("abort", () => {
      resolve(failed("it took far too long and was given up"));
      void thread.terminate();
    });
    thread.once("message", resolve);
    thread.once("error", (failure) => resolve(failed(failure)));
    thread.once("exit", (code) => resolve(failed(`the thread of the backup ended with ${code}`)));
  });
}

export interface ThreadParts {
  readonly giveUp?: AbortSignal;
  readonly worker?: URL | null;
}

/** The build puts it beside this module; among the sources it is not built yet. */
function builtWorker(): URL | null {
  const worker = new URL("./backup-worker.js", import.meta.url);
  return existsSync(worker) ? worker : null;
}
