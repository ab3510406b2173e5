/** The words for a configuration that was changed while the house runs. */
import { unreachable } from "../../std/assert.ts";
import type { ConfigChange, ConfigFact, ConfigFlaw } from "../model/config-fact.ts";
import { apart, type Said, words } from "./said.ts";

export function tellConfig(fact: ConfigFact): Said {
  switch (fact.kind) {
    case "ConfigReloaded":
      return apart(words("house", "plain", `configuration reloaded: ${reloadText(fact.changes)}`));
    case "ConfigRefused": {
      const [first] = fact.flaws;
      const more = fact.flaws.length + fact.omitted - 1;
      const rest = more > 0 ? `; and ${more} more` : "";
      const what = first === undefined ? "" : `: ${flawText(first)}${rest}`;
      return apart(words("trouble", "bad", `configuration refused, the old one stays${what}`));
    }
    default:
      return unreachable(fact);
  }
}

function reloadText(changes: readonly ConfigChange[]): string {
  if (changes.length === 0) return "it is as it was";
  return OUTCOMES.flatMap(({ outcome, name }) => {
    const some = changes.filter((one) => one.outcome === outcome);
    return some.length === 0 ? [] : [`${name} ${some.map(changeText).join(", ")}`];
  }).join("; ");
}

const OUTCOMES = [
  { outcome: "applied", name: "applied" },
  { outcome: "waits", name: "waiting for a restart" },
] as const;

export const changeText = ({ key, was, is }: ConfigChange): string => `${key} ${is} (was ${was})`;

export function flawText({ file, line, key, reason }: ConfigFlaw): string {
  const place = line === null ? file : `${file}:${line}`;
  return `${place}${key === "" ? "" : ` ${key}`}: ${reason}`;
}
