/**
 * The paper venue's books in memory, for tests, the storm and runs that leave nothing behind. They
 * outlive the broker that writes them: a new broker on the same book is the venue after a crash.
 */
import type { PaperBook } from "../../ports/paper-book.ts";

export function memoryBook(): PaperBook {
  let checkpoint: string | null = null;
  let entries: string[] = [];
  return {
    load: () => ({ checkpoint, entries: entries.slice() }),
    append(more) {
      for (const entry of more) entries.push(entry);
    },
    checkpoint(body) {
      checkpoint = body;
      entries = [];
    },
    close() {
      // What was written stays for whoever opens the book next.
    },
  };
}
