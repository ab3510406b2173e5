/**
 * How often one user may call. Two windows stand side by side, one for bars and one for everything
 * else; what exceeds a window is turned away and not counted.
 *
 * ```text
 * sliding   any 60 s hold at most 200        fixed   each whole minute holds at most 200
 * ```
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { StandInSettings } from "./settings.ts";
import type { Switches } from "./switches.ts";

export interface Limits {
  /** Null when the call may pass; else how long to wait. */
  count(user: string, scope: "general" | "history", at: Millis): Millis | null;
}

interface Scope {
  readonly span: number;
  readonly most: number;
}

/** Users whose calls are remembered; a stand-in has one or two. */
const USERS_MAX = 1_000;

export function callLimits(rates: StandInSettings["rates"], switches: () => Switches): Limits {
  const seen = new Map<string, Millis[]>();

  function timesOf(key: string): Millis[] {
    const known = seen.get(key);
    if (known !== undefined) return known;
    if (seen.size >= USERS_MAX) seen.clear();
    const times: Millis[] = [];
    seen.set(key, times);
    return times;
  }

  return {
    count(user, name, at) {
      if (rates === null) return null;
      const { span, most } = scopeOf(rates, name);
      const times = timesOf(`${name} ${user}`);
      const isFixed = switches().rateWindow === "fixed";
      const from = isFixed ? Math.floor(at / span) * span : at - span + 1;
      while ((times[0] ?? from) < from) times.shift();
      if (times.length < most) {
        times.push(at);
        return null;
      }
      const oldest = isFixed ? from : (times[0] ?? at);
      return millis(oldest + span - at);
    },
  };
}

const scopeOf = (
  rates: NonNullable<StandInSettings["rates"]>,
  name: "general" | "history",
): Scope =>
  name === "general"
    ? { span: 60_000, most: rates.general }
    : { span: 30_000, most: rates.history };
