/**
 * Who writes facts down, and keeps them when the disk refuses.
 *
 * ```text
 * write ─► journal ─ refused ─► keep ─► memory and lifeboat ─► with the next write that succeeds,
 *                                                              as late facts, in their order
 * ```
 */
import type { Fact } from "../core/model/fact.ts";
import type { Clock } from "../ports/clock.ts";
import type { Journal, Recorded } from "../ports/journal.ts";
import type { Lifeboat } from "../ports/lifeboat.ts";
import type { Log } from "../ports/log.ts";

export interface Scribe {
  /** What was written, late facts first; null when the journal refused and nothing was kept. */
  write(facts: readonly Fact[]): readonly Recorded[] | null;
  /** Holds facts that could not be written until the journal takes them. */
  keep(facts: readonly Fact[]): void;
  /** The disk has refused, and has not taken everything since. */
  impaired(): boolean;
}

export interface ScribeParts {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly lifeboat: Lifeboat;
  readonly log: Log;
}

/** Facts waiting for the disk; beyond this the house has been blind for far too long to go on. */
const LATE_MAX = 100_000;

export function createScribe({ journal, lifeboat, log, clock }: ScribeParts): Scribe {
  let late: readonly Fact[] = [];
  let isImpaired = false;

  function write(facts: readonly Fact[]): readonly Recorded[] | null {
    if (facts.length === 0 && !isImpaired) return [];
    const recovered: readonly Fact[] = isImpaired
      ? [{ at: clock.now(), kind: "JournalRecovered", late: late.length }]
      : [];
    const all = [...late, ...recovered, ...facts];
    const first = journal.head().sequence + 1;
    const written = journal.append(all);
    if (!written.ok) {
      const { kind, detail } = written.error;
      log.write("error", "journal-refused", { kind, detail });
      return null;
    }
    if (isImpaired) {
      lifeboat.clear();
      log.write("warn", "journal-recovered", { late: late.length });
    }
    late = [];
    isImpaired = false;
    return all.map((fact, index) => ({ sequence: first + index, fact }));
  }

  function keep(facts: readonly Fact[]): void {
    isImpaired = true;
    late = [...late, ...facts].slice(-LATE_MAX);
    if (facts.length > 0 && !lifeboat.save(facts)) {
      log.write("error", "lifeboat-refused", { facts: facts.length });
    }
  }

  return { write, keep, impaired: () => isImpaired };
}
