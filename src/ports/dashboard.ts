/**
 * A dashboard: what it is shown, and what it may ask for.
 *
 * ```text
 * running process ─► sights ─► dashboard ─► halt, resume, flatten ─► running process
 * books left behind ─┘             └─► figures, when somebody wants to read them
 * ```
 */
import type { Millis } from "../core/model/units.ts";
import type { FigureRow } from "../core/views/metrics.ts";
import type { SnapshotView } from "../core/views/snapshot.ts";

/** What can be seen of a house at a moment. */
export type Sight =
  | { readonly kind: "looking" }
  /** A process runs, and this is how it is. */
  | { readonly kind: "live"; readonly view: SnapshotView; readonly directory: string }
  /** It did run; the view is old. */
  | {
      readonly kind: "lost";
      readonly view: SnapshotView;
      readonly since: Millis;
      readonly reason: string;
    }
  /** None runs: the books as they were left. */
  | { readonly kind: "left"; readonly view: SnapshotView; readonly directory: string }
  /** None runs, and there are no books. */
  | { readonly kind: "nothing"; readonly reason: string };

export interface FigureTable {
  readonly title: string;
  readonly rows: readonly Pick<FigureRow, "words" | "value" | "remark">[];
}

/** Figures of performance, or why there are none. */
export type Figures =
  | { readonly kind: "figures"; readonly basis: string; readonly tables: readonly FigureTable[] }
  | { readonly kind: "none"; readonly reason: string };

export type Steering = "halt" | "resume" | "flatten";

export interface DashboardParts {
  /** Calls `see` with what is there, and with each change of it, until the returned function is called. */
  readonly watch: (see: (sight: Sight) => void) => () => void;
  /** What came of it, in words. */
  readonly steer: (what: Steering) => Promise<string>;
  readonly figures: () => Promise<Figures>;
  readonly now: () => Millis;
  readonly colour: boolean;
  /** Nothing but ASCII. */
  readonly ascii: boolean;
}
