/** A process that takes the lock of the directory it is given and keeps it until it is killed. */
import { millis } from "../../../../src/core/model/units.ts";
import { takeLock } from "../../../../src/shell/sqlite/lock.ts";

const taken = takeLock(process.argv[2] ?? "", { pid: process.pid, since: millis(42) });
process.stdout.write(taken.ok ? "held\n" : `${JSON.stringify(taken.error)}\n`);
setInterval(() => {}, 60_000);
