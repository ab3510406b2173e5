import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { millis } from "../../src/core/model/units.ts";
import { chatFile } from "../../src/shell/files/chat-file.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { alertSourceContract } from "./alert-source.ts";

alertSourceContract("a chat file read once", () => {
  const path = join(temporaryFolder(), "chat");
  writeFileSync(path, "");
  const clock = virtualClock(millis(1_700_000_000_000));
  return {
    source: chatFile({ path, clock, once: true }),
    write: async (text) => appendFileSync(path, text),
    finish: async () => void clock.runAll(1000),
  };
});
