/** The outbox in the journal's file keeps the contract. */
import { join } from "node:path";
import { expect } from "vitest";
import { millis } from "../../src/core/model/units.ts";
import { openJournal, type PostedJournal } from "../../src/shell/sqlite/journal.ts";
import { NOON } from "../kit/sample-facts.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { outboxContract } from "./outbox.ts";

function opened(path: string): PostedJournal {
  const result = openJournal(path, { at: millis(NOON) });
  if (!result.ok) expect.fail(result.error.detail);
  return result.value;
}

outboxContract("in SQLite", () => {
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
