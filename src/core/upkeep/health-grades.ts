/**
 * When a figure is too much or too little, with a gap between getting worse and getting better, so
 * that one which wavers about its limit is told once and not every ten seconds.
 *
 * ```text
 * value      ____/\__
 * failed  ──/────────\────────── entered here
 *          /          \      ─ ─ left here, a fifth below
 * ```
 */
import { type HealthState, isWell } from "../model/health.ts";

export interface Grades {
  readonly degraded: number;
  readonly failed: number;
}

/** Bytes: a busy year of facts with its backups is some hundred megabytes. */
export const DISK_FREE: Grades = { degraded: 1_000_000_000, failed: 200_000_000 };

type Grade = "ok" | "degraded" | "failed";

/** What a state has to fall to before it is left. */
const EASE = 0.8;

/** The larger the worse. */
export function tooMuch(value: number, { degraded, failed }: Grades, held: HealthState): Grade {
  if (value >= failed * (held === "failed" ? EASE : 1)) return "failed";
  return value >= degraded * (isWell(held) ? 1 : EASE) ? "degraded" : "ok";
}

/** The smaller the worse. */
export function tooLittle(value: number, { degraded, failed }: Grades, held: HealthState): Grade {
  if (value <= failed / (held === "failed" ? EASE : 1)) return "failed";
  return value <= degraded / (isWell(held) ? 1 : EASE) ? "degraded" : "ok";
}
