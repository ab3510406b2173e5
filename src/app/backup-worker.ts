/** The thread `backupInThread` starts: a task in, a report out. An entry of its own in the build. */
import { parentPort, workerData } from "node:worker_threads";
import { type BackupTask, makeBackup } from "./backup-making.ts";

parentPort?.postMessage(await makeBackup(workerData as BackupTask));
