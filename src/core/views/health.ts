/**
 * How the parts of the house are, ready for JSON and as lines.
 *
 * The whole is as bad as its worst part. Lines name only what is not well: of what works nobody has to
 * read.
 */
import type { Component, HealthState } from "../model/health.ts";
import { isoOf } from "../model/iso-time.ts";
import { type Millis, millis } from "../model/units.ts";
import { showDuration } from "../model/wording.ts";
import { componentName } from "./tell-health.ts";

export interface HealthSource {
  readonly component: Component;
  readonly state: HealthState;
  readonly reason: string;
  readonly since: Millis;
}

export interface ComponentView {
  readonly component: Component;
  readonly state: HealthState;
  readonly reason: string;
  readonly since: string;
  readonly seconds: number;
}

export interface HealthView {
  /** Of the worst part. */
  readonly state: "ok" | "degraded" | "failed";
  readonly components: readonly ComponentView[];
}

export function healthView(parts: readonly HealthSource[], now: Millis): HealthView {
  const has = (wanted: HealthState): boolean => parts.some(({ state }) => state === wanted);
  return {
    state: has("failed") ? "failed" : has("degraded") ? "degraded" : "ok",
    components: parts.map(({ component, state, reason, since }) => ({
      ...{ component, state, reason, since: isoOf(since) },
      seconds: Math.max(0, Math.floor((now - since) / 1_000)),
    })),
  };
}

/** One line for each part that is not well, the worst first; none where all is. */
export function healthLines({ components }: HealthView): readonly string[] {
  const lines = (wanted: HealthState): readonly string[] =>
    components
      .filter(({ state }) => state === wanted)
      .map(({ component, state, reason, seconds }) => {
        const since = showDuration(millis(seconds * 1_000));
        return `${state.toUpperCase()} for ${since}: ${componentName(component)}: ${reason}`;
      });
  return [...lines("failed"), ...lines("degraded")];
}
