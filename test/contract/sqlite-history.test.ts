/** The history in SQLite keeps the contract. */
import { join } from "node:path";
import { expect } from "vitest";
import { millis } from "../../src/core/model/units.ts";
import type { History } from "../../src/ports/history.ts";
import { openHistory } from "../../src/shell/sqlite/history.ts";
import { NOON } from "../kit/sample-facts.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { historyContract } from "./history.ts";

function opened(path: string): History {
  const result = openHistory(path, { at: millis(NOON) });
  if (!result.ok) expect.fail(result.error.detail);
  return result.value;
}

historyContract("in SQLite", () => {
  const path = join(temporaryFolder(), "history.db");
  const history = opened(path);
  return {
    history,
    reopen: () => {
      history.close();
      return opened(path);
    },
  };
});
