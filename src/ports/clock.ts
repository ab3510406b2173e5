/**
 * Time as the shell sees it. Live it is the host's; in a demo, a replay or the storm it is virtual
 * and jumps from one due moment to the next.
 */
import type { Millis } from "../core/model/units.ts";

export interface Clock {
  now(): Millis;
  /** Runs `task` once, at or soon after `at`; the returned function calls it off. */
  schedule(at: Millis, task: () => void): () => void;
}
