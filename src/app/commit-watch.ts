/**
 * How long the journal takes to keep facts: measured where it is asked, for whoever wants to know.
 *
 * The journal that comes out does exactly what the one that went in does.
 */
import { type Millis, millis } from "../core/model/units.ts";
import type { Journal } from "../ports/journal.ts";

export interface CommitWatch<Watched extends Journal> {
  readonly journal: Watched;
  /** The longest since it was asked last. */
  slowest(): Millis;
  /** Called after each commit with facts in it, with its seconds. */
  onCommit(told: (seconds: number) => void): void;
}

export function commitWatch<Watched extends Journal>(
  journal: Watched,
  now: () => number = () => performance.now(),
): CommitWatch<Watched> {
  let longest = 0;
  let told = (_: number): void => {};
  const append: Journal["append"] = (facts, slips) => {
    const begun = now();
    const written = journal.append(facts, slips);
    const took = now() - begun;
    longest = Math.max(longest, took);
    if (facts.length > 0) told(took / 1_000);
    return written;
  };
  return {
    // Its methods do not know `this`, and its own parts stay what they are.
    journal: { ...journal, append },
    slowest() {
      const most = longest;
      longest = 0;
      return millis(Math.round(most));
    },
    onCommit(listener) {
      told = listener;
    },
  };
}
