/**
 * The six phases of the tests, and the folders each of them is kept in.
 *
 * ```text
 * unit ─► integration ─► system ─► acceptance     from one function to what a trader asked for
 * security, production                            who means harm; what only real machines do
 * ```
 *
 * A run that met more than one ends with a table of them.
 */
import { relative } from "node:path";
import { home } from "./tree.ts";

/** A file belongs to the first phase that names a beginning of its path. */
export const PHASES: readonly { readonly name: string; readonly paths: readonly string[] }[] = [
  { name: "unit", paths: ["test/unit/", "test/house/"] },
  { name: "integration", paths: ["test/integration/", "test/contract/"] },
  { name: "system", paths: ["test/scenarios", "test/storm/"] },
  { name: "acceptance", paths: ["test/acceptance/"] },
  { name: "security", paths: ["test/security/"] },
  { name: "production", paths: ["test/production/", "test/deep/"] },
];

/** Null for a file that belongs to none. */
export function phaseOf(file: string): string | null {
  const path = relative(home, file).replaceAll("\\", "/");
  return PHASES.find(({ paths }) => paths.some((one) => path.startsWith(one)))?.name ?? null;
}

export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

export const noCount = (): Count => ({ passed: 0, failed: 0, skipped: 0 });

/** A line each, the widths aligned; empty where a run met one phase only. */
export function phaseTable(counts: ReadonlyMap<string, Count>): readonly string[] {
  if (counts.size < 2) return [];
  const rows = PHASES.flatMap(({ name }) => {
    const count = counts.get(name);
    return count === undefined ? [] : [[name, count.passed, count.failed, count.skipped]];
  });
  return [["phase", "passed", "failed", "skipped"], ...rows].map((row) =>
    row.map((cell, at) => (at === 0 ? `${cell}`.padEnd(12) : `${cell}`.padStart(8))).join(""),
  );
}
