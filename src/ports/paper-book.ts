/**
 * Where the paper venue keeps its own books: a file of its own, in transactions of its own, so that
 * our journal and the venue can disagree exactly as they can with a real one.
 *
 * `append` survives the death of the process (not necessarily a power cut: after one the journal
 * wins and the account is rebuilt from fills). Entries are opaque texts, read back in order.
 */
export interface PaperBook {
  /** The newest checkpoint, if any, and every entry appended after it. */
  load(): { readonly checkpoint: string | null; readonly entries: readonly string[] };
  /** All of them in one transaction. */
  append(entries: readonly string[]): void;
  /** Replaces everything so far by one text that stands for it. */
  checkpoint(body: string): void;
  close(): void;
}
