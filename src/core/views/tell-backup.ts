/** The words for the copies of the books. */
import { unreachable } from "../../std/assert.ts";
import type { BackupCause, BackupFact } from "../model/backup-fact.ts";
import { showDuration } from "../model/wording.ts";
import { apart, type Said, words } from "./said.ts";

export function tellBackup(fact: BackupFact): Said {
  switch (fact.kind) {
    case "BackupMade": {
      const { name, cause, sequence, files, bytes, took } = fact;
      const size = `${sequence} facts, ${files} files, ${showBytes(bytes)}, ${showDuration(took)}`;
      return apart(words("house", "quiet", `backup ${name} (${CAUSES[cause]}): ${size}`));
    }
    case "BackupFailed": {
      const text = `no backup (${CAUSES[fact.cause]}): ${fact.reason}; those before it stay`;
      return apart(words("trouble", "bad", text));
    }
    case "BackupRestored": {
      const where = `fact ${fact.sequence}; the books before it lie in ${fact.quarantine}`;
      return apart(words("trouble", "bad", `restored from the backup ${fact.name}, to ${where}`));
    }
    default:
      return unreachable(fact);
  }
}

const CAUSES: Readonly<Record<BackupCause, string>> = {
  schedule: "by the clock",
  session: "the session is over",
  stop: "at the stop",
  migration: "before the books are changed",
  command: "asked for",
};

export const causeText = (cause: BackupCause): string => CAUSES[cause];

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** `812 B`, `3.4 kB`. */
export function showBytes(bytes: number): string {
  let [value, at] = [bytes, 0];
  while (value >= 1_000 && at < UNITS.length - 1) [value, at] = [value / 1_000, at + 1];
  return `${at === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[at]}`;
}
