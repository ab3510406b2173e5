/**
 * Somebody who edits the configuration in the middle of the day: lower position sizes, and a far
 * larger one in between, which must not hold.
 *
 * The judge reckons by what was saved, not by what the program took: from the fact that follows a
 * save, or from a start, nobody enters who would hold more than the smallest size saved so far.
 */
import type { News } from "../../src/app/loop.ts";
import type { Config } from "../../src/core/model/config.ts";
import { DEFAULT_CONFIG } from "../../src/core/model/defaults.ts";
import type { Rules, Settings } from "../../src/core/model/rules.ts";

export interface Edit {
  /** After the start of the day. */
  readonly after: number;
  readonly positionSize: number;
}

const MINUTE = 60_000;
const MUCH = 50;

/** None for most seeds. */
export function editsOf(draw: (site: string, below: number) => number): readonly Edit[] {
  if (draw("edits", 5) !== 0) return [];
  const first = 1 + draw("edit-first", 2);
  const second = 1 + draw("edit-second", 3);
  return [
    { after: (2 + draw("edit-at", 6)) * MINUTE, positionSize: first },
    { after: (9 + draw("edit-much", 3)) * MINUTE, positionSize: MUCH },
    { after: (13 + draw("edit-again", 6)) * MINUTE, positionSize: Math.min(first, second) },
  ];
}

export interface Editor {
  /** What a start reads: a larger size was taken back before. */
  settings(): Settings;
  /** The smallest size saved so far. */
  positionMax(): number;
  save(edit: Edit): News;
}

export function createEditor(first: Settings): Editor {
  let smallest = Math.max(
    ...Object.values(first.ruleSets).map(({ limits }) => limits.positionSize),
  );
  const sized = (size: number): Settings => ({
    ...first,
    ruleSets: Object.fromEntries(
      Object.entries(first.ruleSets).map(([name, rules]) => [name, withSize(rules, size)]),
    ),
  });
  return {
    settings: () => sized(smallest),
    positionMax: () => smallest,
    save({ positionSize }) {
      smallest = Math.min(smallest, positionSize);
      const offered = { kind: "sound", config: configOf(sized(positionSize)) } as const;
      return { kind: "reload", by: "file", running: configOf(first), offered };
    },
  };
}

const withSize = (rules: Rules, positionSize: number): Rules => ({
  ...rules,
  limits: { ...rules.limits, positionSize },
});

const configOf = (settings: Settings): Config => ({ ...DEFAULT_CONFIG, settings });
