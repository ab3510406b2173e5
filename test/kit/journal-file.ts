/** A journal in a file of its own, and the next process that opens it. */
import { join } from "node:path";
import { expect } from "vitest";
import { millis } from "../../src/core/model/units.ts";
import { openJournal, type PostedJournal } from "../../src/shell/sqlite/journal.ts";
import { NOON } from "./sample-facts.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export function journalFile(): { journal: PostedJournal; reopen: () => PostedJournal } {
  const path = join(temporaryFolder(), "journal.db");
  const open = (): PostedJournal => {
    const result = openJournal(path, { at: millis(NOON) });
    if (!result.ok) expect.fail(result.error.detail);
    return result.value;
  };
  const journal = open();
  return {
    journal,
    reopen: () => {
      journal.close();
      return open();
    },
  };
}
