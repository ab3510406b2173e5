/**
 * Answers that were true a while ago.
 *
 * ```text
 * position size 1   12:00:00   12:00:01   │ filled │   12:00:02   size 2, as it is
 *                                  └──────── the lag ────────┘
 *                                  answered: size 1, as a minute hand that is behind
 * ```
 *
 * The older answer to the very same question is given where one is remembered. Where none is, rows
 * that came into being within the lag are left out of the present one: what was just written is not
 * there yet.
 */
import type { Millis } from "../../core/model/units.ts";
import type { WireAnswer, WireRequest } from "./stand-in.ts";

export interface StaleReads {
  remember(request: WireRequest, answer: WireAnswer, now: Millis): void;
  /** As it was `lag` before `now`. */
  before(request: WireRequest, answer: WireAnswer, now: Millis, lag: number): WireAnswer;
}

/** No lag is longer. */
export const LAG_MAX = 10_000;
const QUESTIONS_MAX = 256;
const ANSWERS_MAX = 32;

interface Remembered {
  readonly at: Millis;
  readonly answer: WireAnswer;
}

export function staleReads(): StaleReads {
  const answers = new Map<string, Remembered[]>();
  const keyOf = ({ path, body }: WireRequest): string => `${path} ${body}`;
  return {
    remember(request, answer, now) {
      const key = keyOf(request);
      const kept = answers.get(key) ?? [];
      while (kept.length >= ANSWERS_MAX || (kept[0]?.at ?? now) < now - LAG_MAX) kept.shift();
      kept.push({ at: now, answer });
      answers.delete(key); // and to the end of the line
      answers.set(key, kept);
      const [oldest = ""] = answers.size > QUESTIONS_MAX ? answers.keys() : [];
      answers.delete(oldest);
    },
    before(request, answer, now, lag) {
      // What was told longer ago than any lag may not have been true any more when this one began.
      const isOfThen = ({ at }: Remembered): boolean => now - at >= lag && now - at <= LAG_MAX;
      const older = answers.get(keyOf(request))?.findLast(isOfThen);
      return older?.answer ?? withoutYoung(answer, now - lag);
    },
  };
}

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function withoutYoung(answer: WireAnswer, since: number): WireAnswer {
  const isOld = (row: unknown): boolean =>
    !isRow(row) || !(Date.parse(String(row["creationTimestamp"])) > since);
  return changed(answer, (value) => (Array.isArray(value) ? value.filter(isOld) : value));
}

/** The answer without its lists, as if the venue had forgotten to say them. */
export const withoutLists = (answer: WireAnswer): WireAnswer =>
  changed(answer, (value) => (Array.isArray(value) ? undefined : value));

/** Each value of the body replaced; `undefined` leaves it out. */
function changed(answer: WireAnswer, change: (value: unknown) => unknown): WireAnswer {
  // Only what the venue wrote gets here: JSON, or nothing at all.
  const body: unknown = answer.body === "" ? null : JSON.parse(answer.body);
  if (!isRow(body)) return answer;
  const entries = Object.entries(body).map(([key, value]) => [key, change(value)]);
  return { ...answer, body: JSON.stringify(Object.fromEntries(entries)) };
}
