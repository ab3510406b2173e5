/**
 * Who writes facts down, and keeps them when the disk refuses.
 *
 * ```text
 * write ─► journal ─ refused ─► keep ─► memory and lifeboat ─► with the next write that succeeds,
 * owe ───► memory ─────────────────────────┘                   as late facts, in their order
 * ```
 *
 * A disk that refused may take its time to say so again, and nothing is decided meanwhile: so it is
 * tried four times a second, and not at every turn.
 *
 * What is owed belongs to orders that left first, because a person wanted out. It is behind them by
 * a moment, and no disk has been asked yet.
 *
 * In the same transaction goes who is to be told of it: a note of a few bytes, for an order may wait
 * for it.
 */
import type { Fact } from "../core/model/fact.ts";
import type { Millis } from "../core/model/units.ts";
import type { Addressing } from "../core/notify/policy.ts";
import type { Clock } from "../ports/clock.ts";
import type { Journal, Recorded } from "../ports/journal.ts";
import type { Lifeboat } from "../ports/lifeboat.ts";
import type { Log } from "../ports/log.ts";

export interface Scribe {
  /** What was written, late facts first; null when the journal refused and nothing was kept. */
  write(facts: readonly Fact[]): readonly Recorded[] | null;
  /** Holds facts that could not be written until the journal takes them. */
  keep(facts: readonly Fact[]): void;
  /** Facts of what has been done already, for the next write or keep; touches nothing. */
  owe(facts: readonly Fact[]): void;
  /** What is owed is written, or kept. */
  finish(): void;
  /** The disk has refused, or was not asked yet, and has not taken everything since. */
  impaired(): boolean;
}

export interface ScribeParts {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly lifeboat: Lifeboat;
  readonly log: Log;
  /** Who is to be told of which fact; left out: nobody. */
  readonly addressing?: Addressing;
}

/** How often a disk that refused is tried again. */
export const TRY_DISK_EVERY = 250;
/** Facts waiting for the disk; beyond this the house has been blind for far too long to go on. */
const LATE_MAX = 100_000;

const TO_NOBODY: Addressing = () => [];

export function createScribe({
  journal,
  lifeboat,
  log,
  clock,
  addressing = TO_NOBODY,
}: ScribeParts): Scribe {
  let late: readonly Fact[] = [];
  let owed: readonly Fact[] = [];
  let isImpaired = false;
  let triedAt: Millis | null = null;

  /** A clock that was set back does not keep us from trying. */
  function hasJustRefused(): boolean {
    const since = triedAt === null ? TRY_DISK_EVERY : clock.now() - triedAt;
    return since >= 0 && since < TRY_DISK_EVERY;
  }

  function write(facts: readonly Fact[]): readonly Recorded[] | null {
    if (facts.length === 0 && owed.length === 0 && !isImpaired) return [];
    if (hasJustRefused()) return null;
    const before = [...late, ...owed];
    const recovered: readonly Fact[] = isImpaired
      ? [{ at: clock.now(), kind: "JournalRecovered", late: before.length }]
      : [];
    const all = [...before, ...recovered, ...facts];
    const first = journal.head().sequence + 1;
    const written = journal.append(all, addressing(all));
    if (!written.ok) {
      const { kind, detail } = written.error;
      log.write("error", "journal-refused", { kind, detail });
      triedAt = clock.now();
      return null;
    }
    triedAt = null;
    if (isImpaired) {
      lifeboat.clear();
      log.write("warn", "journal-recovered", { late: before.length });
    }
    late = [];
    owed = [];
    isImpaired = false;
    return all.map((fact, index) => ({ sequence: first + index, fact }));
  }

  function keep(facts: readonly Fact[]): void {
    isImpaired = true;
    const unsaved = [...owed, ...facts];
    owed = [];
    late = [...late, ...unsaved].slice(-LATE_MAX);
    if (unsaved.length > 0 && !lifeboat.save(unsaved)) {
      log.write("error", "lifeboat-refused", { facts: unsaved.length });
    }
  }

  const owe = (facts: readonly Fact[]): void => {
    owed = [...owed, ...facts];
  };

  const finish = (): void => {
    if (owed.length > 0 && write([]) === null) keep([]);
  };

  return { write, keep, owe, finish, impaired: () => isImpaired || owed.length > 0 };
}
