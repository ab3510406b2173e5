/** A backup in its thread: one that hangs can be given up, and then it is over. */
import { expect, it } from "vitest";
import type { BackupTask } from "../../../src/app/backup-making.ts";
import { backupInThread } from "../../../src/app/backup-thread.ts";
import { NOW } from "../../kit/builders.ts";

const TASK: BackupTask = {
  ...{ directory: "nowhere", version: "test", recipients: [], copyTo: null, bucket: null },
  ...{ at: NOW, cause: "schedule" },
};

it("that never ends is given up", async () => {
  const worker = new URL("data:text/javascript,setInterval(() => {}, 1000)");
  const patience = new AbortController();
  const report = backupInThread(TASK, { worker, giveUp: patience.signal });
  patience.abort();
  expect(await report).toEqual({
    ...{ kind: "failed", cause: "schedule" },
    reason: "it took far too long and was given up",
  });
});
