import { expect, test } from "vitest";
import { illustrated } from "../../../src/app/chart-images.ts";
import type { Notifier } from "../../../src/ports/notifier.ts";

test("a channel that shows pictures can do whatever it could without", () => {
  const done: string[] = [];
  const plain: Required<Notifier> = {
    send: () => void done.push("send"),
    look: () => void done.push("look"),
    reopen: () => void done.push("reopen"),
    close: () => void done.push("close"),
  };
  const channel = illustrated(plain, () => Promise.reject(new Error("no painter")));
  channel.look?.(() => {});
  channel.reopen?.();
  channel.close();
  expect(done).toEqual(["look", "reopen", "close"]);
});
