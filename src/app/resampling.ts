/**
 * Intervals of the headline figures, drawn in a thread of its own: some tenths of a second of
 * arithmetic in which a position would go unwatched.
 */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { type Intervals, type ResampleTask, resampled } from "../core/analyze/bootstrap.ts";

export interface Resampling {
  readonly task: ResampleTask;
  /** The figures the intervals lie about, by their keys. */
  readonly figures: Readonly<Record<string, number | null>>;
}

/** Without a worker, by the caller, who then waits. */
export function resampleInWorker(
  resampling: Resampling,
  worker: URL | null = builtWorker(),
): Promise<Intervals> {
  const { task, figures } = resampling;
  if (worker === null) return Promise.resolve(resampled(task, (key) => figures[key] ?? null));
  return new Promise((resolve, reject) => {
    const transferList = [task.net.buffer, task.risk.buffer, task.returns.buffer];
    const thread = new Worker(worker, { workerData: resampling, transferList });
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", (code) => reject(new Error(`the resampling thread ended with ${code}`)));
  });
}

/** The build puts it beside this module; among the sources it is not built yet. */
function builtWorker(): URL | null {
  const worker = new URL("./resample-worker.js", import.meta.url);
  return existsSync(worker) ? worker : null;
}
