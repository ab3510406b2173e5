/** The thread `verifyInWorker` starts: one path in, one answer out. An entry of its own in the build. */
import { parentPort, workerData } from "node:worker_threads";
import { verifyJournal } from "./verify.ts";

parentPort?.postMessage(verifyJournal(String(workerData)));
