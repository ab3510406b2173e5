/**
 * What the matrix tells a victim: which day to live through, and at which step to die.
 *
 * A *passage* is one step past a port: before or after a commit, a send, a report. It wears labels
 * that say what it was about, in the words of the two trades of the script:
 *
 * ```text
 * journal-after   worked:TargetHit, worked:BreakevenDue, worked:stop2/breakeven
 * send-before     worked:modify/s2
 * book-after      worked:place/e1
 * report-before   worked:fill/target
 * sql-inside      journal.db, worked:TradePlanned
 * ```
 */

/** The trade whose every step is a place to die at, and the one that is open beside it. */
export type Role = "worked" | "other";

/** Dies at the n-th passage that wears all of these labels. */
export interface DeathOrder {
  /** Null: any point. */
  readonly point: string | null;
  readonly labels: readonly string[];
  readonly nth: number;
}

/** How a trade leaves when nothing disturbs it. */
export type Way = "targets" | "close" | "breakeven";

export interface ScriptedTrade {
  readonly alertAt: number;
  /** `resting`: the entry waits five seconds for its price. */
  readonly entry: "resting" | "at-once";
  readonly way: Way;
  /** Its alert is edited while it is open: the stop is tightened. */
  readonly edited?: true;
}

export interface Script {
  readonly account: string;
  readonly brackets: "native" | "none";
  /** Every order of two contracts or more fills in two parts. */
  readonly inParts: boolean;
  readonly worked: ScriptedTrade;
  readonly other: ScriptedTrade | null;
}

/** See `mistakes.ts`. */
export type Mistake = "journal-late" | "book-late" | "no-rebuild";

/** What a disk says that refuses because it was told to. */
export const ORDERED = "as ordered";

export interface VictimOrder {
  readonly directory: string;
  readonly mistake: Mistake | null;
  readonly script: Script;
  /** Virtual time of the start, and of the clean stop. */
  readonly from: number;
  readonly until: number;
  readonly speed: number | "max";
  /** Whether the stop closes what is open. */
  readonly flatten: boolean;
  readonly death: DeathOrder | null;
  /** From that passage on the journal's disk refuses to be written. */
  readonly refuses: DeathOrder | null;
  /** Copies the paper book as it is at that passage, before anything else is written to it. */
  readonly copy: { readonly at: DeathOrder; readonly to: string } | null;
}

/** What a victim reports, a line each, the moment it is true. */
export type Line =
  /** The journal has acknowledged these. */
  | {
      readonly kind: "facts";
      readonly at: number;
      readonly sequence: number;
      readonly hash: string;
      readonly bodies: readonly string[];
    }
  /** The paper book has acknowledged these entries. */
  | { readonly kind: "entries"; readonly at: number; readonly entries: readonly string[] }
  /** The lifeboat has them, for the journal's disk refused. */
  | { readonly kind: "saved"; readonly at: number; readonly bodies: readonly string[] }
  | { readonly kind: "asked"; readonly at: number }
  | { readonly kind: "copied"; readonly at: number }
  | {
      readonly kind: "dying";
      readonly at: number;
      readonly point: string;
      readonly labels: readonly string[];
    }
  | { readonly kind: "done"; readonly at: number; readonly code: number };
