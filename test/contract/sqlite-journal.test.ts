/** The journal in SQLite keeps the contract. */
import { join } from "node:path";
import { expect } from "vitest";
import { millis } from "../../src/core/model/units.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { NOON } from "../kit/sample-facts.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { journalContract } from "./journal.ts";

function opened(path: string): Journal {
  const result = openJournal(path, { at: millis(NOON) });
  if (!result.ok) expect.fail(result.error.detail);
  return result.value;
}

journalContract("in SQLite", () => {
  const path = join(temporaryFolder(), "journal.db");
  const journal = opened(path);
  return {
    journal,
    reopen: () => {
      journal.close();
      return opened(path);
    },
  };
});
