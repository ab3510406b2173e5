/** The thread `resampleInWorker` starts: trades in, intervals out. An entry of its own in the build. */
import { parentPort, workerData } from "node:worker_threads";
import { resampled } from "../core/analyze/bootstrap.ts";
import type { Resampling } from "./resampling.ts";

const { task, figures } = workerData as Resampling;
parentPort?.postMessage(resampled(task, (key) => figures[key] ?? null));
