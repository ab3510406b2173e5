/**
 * What the house does by itself about a part that does not work: little, and only so often.
 *
 * ```text
 * failed ─► tried ─ 5 min ─► tried ─ 10 min ─► tried ─► left to a person
 *   well again ─► the count begins anew
 * ```
 *
 * Lines to the venue and to Discord make themselves anew all the time, and letters come back by
 * themselves; here is only what would otherwise hang until somebody looks.
 */
import { type Component, type Healing, type HealingAction, isWell } from "../model/health.ts";
import { type Millis, millis } from "../model/units.ts";
import type { Watch } from "./health-watch.ts";

export interface Tries {
  readonly count: number;
  readonly lastAt: Millis;
}

export type Tried = Readonly<Partial<Record<Component, Tries>>>;

const ACTIONS: readonly (readonly [Component, HealingAction])[] = [
  ["backups", "begin-backup"],
  ["mail", "reopen-mail"],
];

export const TRIES_MAX = 3;
const PAUSE = millis(5 * 60_000);

export interface Healed {
  readonly tried: Tried;
  readonly healings: readonly Healing[];
}

export function healingsDue(watch: Watch, tried: Tried, now: Millis): Healed {
  let after = tried;
  const healings: Healing[] = [];
  for (const [component, action] of ACTIONS) {
    const { state } = watch[component];
    const { [component]: tries, ...others } = after;
    if (isWell(state)) after = others;
    else if (state === "failed" && isDue(tries, now) && !isHeldBack(component, watch)) {
      const attempt = (tries?.count ?? 0) + 1;
      after = { ...after, [component]: { count: attempt, lastAt: now } };
      healings.push({ component, action, attempt });
    }
  }
  return { tried: after, healings };
}

function isDue(tries: Tries | undefined, now: Millis): boolean {
  if (tries === undefined) return true;
  return tries.count < TRIES_MAX && now - tries.lastAt >= PAUSE * 2 ** (tries.count - 1);
}

/** A disk that is nearly full is not helped by one more copy on it. */
const isHeldBack = (component: Component, { disk }: Watch): boolean =>
  component === "backups" && disk.state === "failed";
