/**
 * An operator bars himself, or says that he is there.
 *
 * ```text
 * heard of ─────────────────────────── 10 min before ─── limit ───► no entries; protection stays
 *     ▲            attend, or any other command            │
 *     └────────────────────────────────────────────────────┘
 * ```
 */
import { valuesOf } from "../../std/trie.ts";
import type { Command, CommandAnswer } from "../model/command.ts";
import type { Fact } from "../model/fact.ts";
import type { AccountId } from "../model/ids.ts";
import type { Input } from "../model/input.ts";
import { type Millis, millis } from "../model/units.ts";
import { showWhen } from "../model/when.ts";
import { showDuration } from "../model/wording.ts";
import { lockedUntil } from "../risk/barred.ts";
import { calendarOf, nextSessionAt } from "../risk/hours.ts";
import { accountOf, barsOf, type State } from "../state.ts";
import { record, type Turn } from "../turn.ts";
import { accountNamed } from "./named-account.ts";

interface Decision {
  readonly answer: CommandAnswer;
  readonly facts: readonly Fact[];
}

const refused = (reason: string): Decision => ({ answer: { kind: "refused", reason }, facts: [] });

/** A slip in a date must not cost a year: it could not be taken back. */
const LOCKOUT_MAX = millis(31 * 86_400_000);

export function lockOut(turn: Turn, command: Extract<Command, { kind: "lockout" }>): Decision {
  const { at, state } = turn;
  const found = command.account === null ? null : accountNamed(state, command.account);
  if (found?.ok === false) return refused(found.error);
  const account = found?.value.id ?? null;
  const until =
    command.until === "next-session"
      ? nextSessionAt(calendarOf(state.settings), at)
      : command.until;
  if (until <= at) return refused(`${showWhen(until)} has passed`);
  if (until - at > LOCKOUT_MAX)
    return refused(`${showWhen(until)} is more than ${LOCKOUT_MAX / 86_400_000} days away`);
  const known = knownEnd(state, account);
  if (known !== null && until < known)
    return refused(
      `it is locked out until ${showWhen(known)} already; an earlier end changes nothing`,
    );
  const note = `no entries before ${showWhen(until)}; nothing takes this back`;
  return {
    answer: { kind: "taken", note },
    facts: [{ at, kind: "LockedOut", account, until }],
  };
}

/** For every account the house's own lock-out counts, for one the later of both. */
const knownEnd = (state: State, account: AccountId | null): Millis | null =>
  lockedUntil(barsOf(state), account === null ? {} : accountOf(state, account));

/** What a `resume` cannot open; undefined when nothing is locked. */
export function stillLocked({ at, state }: Turn): string | undefined {
  const locked = valuesOf(state.accounts).flatMap((account) => {
    const until = lockedUntil(barsOf(state), account);
    return until === null || at >= until ? [] : [`${account.name} until ${showWhen(until)}`];
  });
  return locked.length === 0 ? undefined : `but locked out: ${locked.join(", ")}`;
}

/** One alarm for the whole house. */
export const ATTENDANCE_KEY = "attendance";
const WARNED_BEFORE = 10 * 60_000;

/** Says what is due, and sets the alarm for what comes next. */
export function watchAttendance(turn: Turn, input: Input): void {
  const isSpent = input.kind === "alarm" && input.key === ATTENDANCE_KEY;
  if (!isSpent && !SETS_ALARM.has(input.kind)) return;
  const { attendedAt: since, attended: limit } = barsOf(turn.state);
  if (since === undefined || limit === undefined) return;
  const { at } = turn;
  const over = millis(since + limit);
  const due = millis(over - WARNED_BEFORE);
  if (at < due) return wakeAt(turn, due);
  if (at < over) {
    record(turn, { at, kind: "NoticeGiven", notice: { kind: "attendance-due", until: over } });
    return wakeAt(turn, over);
  }
  record(turn, { at, kind: "NoticeGiven", notice: { kind: "attendance-over", since } });
}

const SETS_ALARM: ReadonlySet<Input["kind"]> = new Set<Input["kind"]>([
  ...(["start", "command", "reload"] as const),
]);

const wakeAt = ({ asks }: Turn, at: Millis): void =>
  void asks.push({ kind: "WakeAt", key: ATTENDANCE_KEY, at });

export const attended = ({ settings }: State): string | undefined =>
  settings.attended === undefined
    ? undefined
    : `entries go on for ${showDuration(settings.attended)} from now`;
