/**
 * How often this venue may be called. Two windows stand side by side, one for bars and one for
 * everything else, logins included; what exceeds a window is turned away and not counted.
 *
 * ```text
 * sliding   any 60 s hold at most 200        fixed   each whole minute holds at most 200
 * ```
 *
 * Whether the real one counts by user or by address is not known; all callers here are at one
 * address.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { StandInSettings } from "./settings.ts";
import type { Switches } from "./switches.ts";

export interface Limits {
  /** Null when the call may pass; else how long to wait. */
  count(scope: "general" | "history", at: Millis): Millis | null;
}

interface Scope {
  readonly span: number;
  readonly most: number;
}

export function callLimits(rates: StandInSettings["rates"], switches: () => Switches): Limits {
  const seen: Readonly<Record<"general" | "history", Millis[]>> = { general: [], history: [] };
  return {
    count(name, at) {
      if (rates === null) return null;
      const { span, most } = scopeOf(rates, name);
      const times = seen[name];
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
