/** The messages that were heard, for commands that read in them from beside. */
import type { KeptMessage } from "../ports/history.ts";
import { placesIn } from "./places.ts";
import { wire } from "./wire.ts";

/** The part of the history that commands look into. */
export interface StoredMessages {
  read(): Iterable<KeptMessage>;
  findById(id: string): KeptMessage | null;
}

const NOTHING: StoredMessages = { read: () => [], findById: () => null };

/** Hands over an empty one where nothing was ever kept, and says so where it cannot be read. */
export async function withStoredMessages<Answer>(
  directory: string,
  unreadable: (detail: string) => void,
  look: (messages: StoredMessages) => Answer | Promise<Answer>,
): Promise<Answer> {
  const { isFile } = await wire.dataDirectory();
  const { history } = placesIn(directory);
  if (!isFile(history)) return look(NOTHING);
  const { openHistoryReadOnly } = await wire.history();
  const opened = openHistoryReadOnly(history);
  if (!opened.ok) {
    unreadable(opened.error.detail);
    return look(NOTHING);
  }
  try {
    return await look(opened.value);
  } finally {
    opened.value.close();
  }
}
