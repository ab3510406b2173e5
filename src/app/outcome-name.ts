/** What a message turned out to be, in one word. */
import type { Parsed } from "../core/parse/outcome.ts";

export const OUTCOMES = ["entry", "update", "unsure", "tracked", "ignored"] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

export function outcomeName(parsed: Parsed): OutcomeName {
  switch (parsed.kind) {
    case "entries":
      return "entry";
    case "none":
      return parsed.review ? "unsure" : "ignored";
    case "update":
    case "tracked":
      return parsed.kind;
  }
}

export type OutcomeCounts = Record<OutcomeName, number>;

export const noOutcomes = (): OutcomeCounts => ({
  ...{ entry: 0, update: 0, unsure: 0, tracked: 0, ignored: 0 },
});
