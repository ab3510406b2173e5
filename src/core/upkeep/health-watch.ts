/**
 * Keeps how each part of the house is, from one look to the next.
 *
 * ```text
 * reading ─► verdict ─┬─ as it was ─► stays, with the newest reason
 *                     └─ another ─► so many looks in a row? ─┬─ no ──► waits
 *                                                            └─ yes ─► moved: journaled, told once
 * ```
 *
 * Getting better takes more looks than getting worse, where a part is known to waver.
 */

import type { HealthState } from "../model/health.ts";
import { type Ailments, COMPONENTS, type Component, type HealthMove } from "../model/health.ts";
import type { Millis } from "../model/units.ts";
import type { Readings } from "./health-readings.ts";
import { JUDGES } from "./health-verdicts.ts";

export interface Watched {
  readonly state: HealthState;
  readonly reason: string;
  readonly since: Millis;
  /** What the last looks found instead, and how many of them in a row. */
  readonly leaning: { readonly to: HealthState; readonly looks: number } | null;
}

export type Watch = Readonly<Record<Component, Watched>>;

/** Looks in a row that it takes. */
interface Patience {
  readonly worse: number;
  readonly better: number;
}

const AT_ONCE: Patience = { worse: 1, better: 1 };
const USUAL: Patience = { worse: 1, better: 2 };
const WAVERING: Patience = { worse: 3, better: 6 };

const PATIENCE: Readonly<Record<Component, Patience>> = {
  journal: USUAL,
  disk: USUAL,
  "venue-rest": USUAL,
  "user-hub": USUAL,
  "market-hub": USUAL,
  discord: USUAL,
  prices: USUAL,
  mail: AT_ONCE,
  backups: AT_ONCE,
  clock: { worse: 1, better: 6 },
  "event-loop": { worse: 2, better: 6 },
  memory: WAVERING,
  cpu: WAVERING,
  configuration: AT_ONCE,
  calendar: AT_ONCE,
};

/** What the books say is not well stays so until a look says otherwise; so a restart tells nothing twice. */
export const beginWatch = (ailments: Ailments, now: Millis): Watch =>
  watchOf((component) => {
    const known = ailments[component];
    return known === undefined
      ? { state: "ok", reason: "not looked at yet", since: now, leaning: null }
      : { ...known, leaning: null };
  });

function watchOf(make: (component: Component) => Watched): Watch {
  const all = COMPONENTS.map((component) => [component, make(component)] as const);
  return Object.fromEntries(all) as Watch; // each component once
}

export interface Looked {
  readonly watch: Watch;
  readonly moves: readonly HealthMove[];
}

export function look(before: Watch, readings: Readings, now: Millis): Looked {
  const watch = watchOf((component) => lookAt(before[component], { component, readings, now }));
  const moves = COMPONENTS.flatMap((component): readonly HealthMove[] => {
    const { state: to, reason } = watch[component];
    return to === before[component].state ? [] : [{ component, to, reason }];
  });
  return { watch, moves };
}

interface Look {
  readonly component: Component;
  readonly readings: Readings;
  readonly now: Millis;
}

/** A reason is shown on a line and kept for ever. */
const REASON_MAX = 300;

function lookAt(before: Watched, { component, readings, now }: Look): Watched {
  const { state, reason: found } = JUDGES[component](readings, before.state, now);
  const reason = found.slice(0, REASON_MAX);
  if (state === before.state) return { ...before, reason, leaning: null };
  const looks = before.leaning?.to === state ? before.leaning.looks + 1 : 1;
  const { worse, better } = PATIENCE[component];
  const needed = BADNESS[state] > BADNESS[before.state] ? worse : better;
  // Between the two that are well there is nothing to wait for.
  const isSettled = looks >= needed || (BADNESS[state] === 0 && BADNESS[before.state] === 0);
  if (!isSettled) return { ...before, leaning: { to: state, looks } };
  return { state, reason, since: now, leaning: null };
}

const BADNESS: Readonly<Record<HealthState, number>> = { off: 0, ok: 0, degraded: 1, failed: 2 };
