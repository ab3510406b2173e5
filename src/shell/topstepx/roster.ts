/**
 * What a hub is asked to tell, kept so on whatever connection there is.
 *
 * ```text
 * wanted ──┬─ attach: all of it is asked for ─► every answer there ─► settled
 *          └─ want: the difference is asked for, and what is wanted no more is taken back
 * ```
 *
 * Asked in order, a few at a time. One that is refused, or not answered in time, makes the whole
 * connection worthless: better none than one of which half is believed to be heard.
 */
import { millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { invariant } from "../../std/assert.ts";
import { boundedQueue, type Queue } from "../../std/bounded.ts";
import type { Subscription } from "./hub-events.ts";
import type { HubLine } from "./transport.ts";

export interface Roster {
  want(subscriptions: readonly Subscription[]): void;
  attach(line: HubLine): void;
  detach(): void;
  /** Asked for and not answered yet. */
  pending(): number;
}

export interface RosterParts {
  readonly clock: Clock;
  /** Everything that is wanted was granted on this line; once for each line. */
  readonly settled: () => void;
  /** The line is of no use; it was detached. */
  readonly failed: (reason: string) => void;
}

/** Three for each of a thousand accounts, and room. */
const WANTED_MAX = 4_096;
const QUEUE_MAX = 2 * WANTED_MAX;
const AT_A_TIME = 16;
/** Without any answer, while some are owed. */
const SILENCE_MAX = 10_000;

interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
  /** What is taken back need not be granted. */
  readonly isNeeded: boolean;
}

/** One connection's worth of asking. */
interface Sitting {
  readonly line: HubLine;
  readonly queue: Queue<Call>;
  underway: number;
  isSettled: boolean;
  isAsking: boolean;
  callOff: () => void;
}

export function roster({ clock, settled, failed }: RosterParts): Roster {
  let wanted: ReadonlyMap<string, Subscription> = new Map();
  let sitting: Sitting | null = null;

  const detach = (): void => {
    sitting?.callOff();
    sitting = null;
  };
  const fail = (reason: string): void => {
    detach();
    failed(reason);
  };
  const answered = (present: Sitting, { method, isNeeded }: Call, error: string | null): void => {
    if (present !== sitting) return; // of a line that is gone
    present.underway -= 1;
    if (error !== null && isNeeded) fail(`${method} was refused: ${error}`);
    else if (!present.isAsking) ask(present);
  };
  /** As many as may be underway; the time to answer begins anew with each answer. */
  const ask = (present: Sitting): void => {
    present.callOff();
    present.isAsking = true;
    while (present === sitting && present.underway < AT_A_TIME) {
      const call = present.queue.take();
      if (call === undefined) break;
      present.underway += 1;
      present.line.invoke(call.method, call.args, (error) => answered(present, call, error));
    }
    present.isAsking = false;
    if (present === sitting) rest(present);
  };
  const rest = (present: Sitting): void => {
    if (present.underway > 0) {
      const late = (): void => fail("a subscription got no answer in 10 s");
      present.callOff = clock.schedule(millis(clock.now() + SILENCE_MAX), late);
    } else if (!present.isSettled) {
      present.isSettled = true;
      settled();
    }
  };
  const put = (present: Sitting, calls: readonly Call[]): void => {
    if (calls.every((call) => present.queue.offer(call))) ask(present);
    else fail("more is asked of it than it answers");
  };

  return {
    want(subscriptions) {
      const before = wanted;
      wanted = new Map(subscriptions.map((one) => [keyOf(one), one]));
      invariant(wanted.size <= WANTED_MAX, `at most ${WANTED_MAX} subscriptions on one hub`);
      if (sitting !== null) {
        put(sitting, [
          ...missing(before, wanted).map(takenBack),
          ...missing(wanted, before).map(asked),
        ]);
      }
    },
    attach(line) {
      detach();
      const queue = boundedQueue<Call>(QUEUE_MAX);
      const state = { underway: 0, isSettled: false, isAsking: false, callOff: () => {} };
      sitting = { line, queue, ...state };
      put(sitting, [...wanted.values()].map(asked));
    },
    detach,
    pending: () => (sitting === null ? 0 : sitting.queue.size() + sitting.underway),
  };
}

type Wanted = ReadonlyMap<string, Subscription>;

const keyOf = ({ method, args }: Subscription): string => JSON.stringify([method, args]);

/** Those of one list that the other lacks. */
const missing = (from: Wanted, other: Wanted): readonly Subscription[] =>
  [...from].filter(([key]) => !other.has(key)).map(([, one]) => one);

const asked = (one: Subscription): Call => ({ ...one, isNeeded: true });

const takenBack = ({ method, args }: Subscription): Call => ({
  method: method.replace(/^Subscribe/, "Unsubscribe"),
  args,
  isNeeded: false,
});
