/**
 * Starting is recovering: the state is what the journal adds up to.
 *
 * ```text
 * newest sound snapshot ─► the facts after it, folded ─► state
 *          └ none ─► all facts, folded ─────────────────────┘   the same, by test
 * ```
 *
 * Facts that an earlier run could only save in the lifeboat are appended first, as late ones. If
 * that run wrote them to the journal and died before it could empty the boat, they are found there
 * and not written twice.
 */
import { evolve } from "../core/evolve.ts";
import type { Fact } from "../core/model/fact.ts";
import type { Millis } from "../core/model/units.ts";
import type { Addressing } from "../core/notify/policy.ts";
import { initialState, type State } from "../core/state.ts";
import type { Journal, JournalFault, StateSnapshot } from "../ports/journal.ts";
import type { Lifeboat } from "../ports/lifeboat.ts";
import { ok, type Result } from "../std/result.ts";

/** The part of a journal that a reader beside a running process has too. */
export type Readable = Pick<Journal, "head" | "read" | "newestSnapshot">;

/** Counts up whenever the shape of the state changes; older snapshots are then passed over. */
const SHAPE = 8;

export function snapshotOf(state: State, sequence: number): StateSnapshot {
  return { sequence, body: JSON.stringify({ shape: SHAPE, state }) };
}

export function foldJournal(journal: Readable): State {
  const snapshot = journal.newestSnapshot();
  const known = snapshot === null ? null : stateIn(snapshot);
  let state = known ?? initialState;
  for (const { fact } of journal.read(known === null ? 0 : (snapshot?.sequence ?? 0))) {
    state = evolve(state, fact);
  }
  return state;
}

/** The newest state at hand that knows nothing of that fact yet, and how far it goes. */
export function stateBefore(journal: Readable, sequence: number): StateAt {
  const snapshot = journal.newestSnapshot();
  const isEarly = snapshot !== null && snapshot.sequence < sequence;
  const known = isEarly ? stateIn(snapshot) : null;
  return known === null
    ? { state: initialState, sequence: 0 }
    : { state: known, sequence: snapshot?.sequence ?? 0 };
}

/** The newest snapshot of this shape that stands on that fact or an earlier one. */
export function snapshotBefore(journal: Readable, notAfter: number): StateAt | null {
  const snapshot = journal.newestSnapshot(notAfter);
  const state = snapshot === null ? null : stateIn(snapshot);
  return snapshot === null || state === null ? null : { state, sequence: snapshot.sequence };
}

export interface StateAt {
  readonly state: State;
  readonly sequence: number;
}

/** Its hash was right, so it is what we wrote; another version may have written another shape. */
function stateIn({ body }: StateSnapshot): State | null {
  const { shape, state }: { readonly shape: unknown; readonly state: State } = JSON.parse(body);
  return shape === SHAPE ? state : null;
}

/** Appends what the lifeboat holds. Returns how many facts came late. */
export function bringInLifeboat(
  journal: Journal,
  lifeboat: Lifeboat,
  at: Millis,
  addressing: Addressing = () => [],
): Result<number, JournalFault> {
  const late = lifeboat.load();
  if (late.length > 0 && !isWritten(journal, late)) {
    const all: readonly Fact[] = [...late, { at, kind: "JournalRecovered", late: late.length }];
    const appended = journal.append(all, addressing(all));
    if (!appended.ok) return appended;
  }
  lifeboat.clear();
  return ok(late.length);
}

/** One commit holds late facts, the note about them and at most a full turn more. */
const WRITTEN_WITHIN = 5_000;

/** The note about late facts stands right behind them. */
function isWritten(journal: Journal, late: readonly Fact[]): boolean {
  const after = Math.max(0, journal.head().sequence - late.length - WRITTEN_WITHIN);
  const texts = late.map((fact) => JSON.stringify(fact));
  const before: string[] = [];
  for (const { fact } of journal.read(after)) {
    if (fact.kind === "JournalRecovered" && fact.late === late.length) {
      const found = before.slice(-late.length);
      if (texts.every((text, index) => text === found[index])) return true;
    }
    before.push(JSON.stringify(fact));
  }
  return false;
}
