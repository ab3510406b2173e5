/** One thing that was looked at. */
export interface Check {
  /** `key`, `account 4711`. */
  readonly what: string;
  /** A note asks for nothing. */
  readonly state: "ok" | "problem" | "note";
  /** One line: what was found and, of a problem, what to do about it. */
  readonly says: string;
}
