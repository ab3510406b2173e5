/** The parts of the house a log line can come from, each with a level of its own. */

export type LogComponent =
  | ("engine" | "sources" | "notify" | "venue")
  | ("paper" | "books" | "backups" | "facts");

/** By how the name of an event begins; what is not listed comes from the engine. */
const BEGINNINGS: readonly (readonly [RegExp, LogComponent])[] = [
  [/^(?:topstepx|venue)-/, "venue"],
  [/^paper-/, "paper"],
  [/^backup-/, "backups"],
  [/^(?:journal|ledger|lifeboat|snapshot|history|past)-/, "books"],
  [/^(?:outbox|letter|channel)-/, "notify"],
  [/^(?:message|intake|source|unknown)-/, "sources"],
  [/^fact$/, "facts"],
];

export const componentOf = (event: string): LogComponent =>
  BEGINNINGS.find(([beginning]) => beginning.test(event))?.[1] ?? "engine";
