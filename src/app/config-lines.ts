/** What differs between two configurations, in lines. */
import type { ConfigChange } from "../core/model/config-fact.ts";
import { changeText } from "../core/views/tell-config.ts";
import type { ConfigAnswer } from "../ports/control.ts";

/** What is said of a key that is taken, and where there is none. */
export type Sayings = readonly [taken: string, none: string];

export const more = (omitted: number): readonly string[] =>
  omitted > 0 ? [`and ${omitted} more`] : [];

/** A line for each key that differs. */
export function diffLines(
  { changes, omitted }: Pick<ConfigAnswer, "changes" | "omitted">,
  [taken, none]: Sayings,
): readonly string[] {
  if (changes.length === 0) return [none];
  return [...changes.map((one) => changeLine(one, taken)), ...more(omitted)];
}

const changeLine = (change: ConfigChange, taken: string): string =>
  change.outcome === "waits"
    ? `waits for a restart: ${changeText(change)}`
    : `${taken}: ${changeText(change)}${change.on === "next trade" ? ", from the next trade on" : ""}`;
