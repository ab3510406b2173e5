/** The words for the health of the house. */
import { unreachable } from "../../std/assert.ts";
import type { Component, HealingAction } from "../model/health.ts";
import type { HealthFact } from "../model/health-fact.ts";
import { apart, type Said, words } from "./said.ts";

const NAMES: Readonly<Record<Component, string>> = {
  journal: "the journal",
  disk: "the disk",
  "venue-rest": "the venue's REST interface",
  "user-hub": "the venue's user hub",
  "market-hub": "the venue's market hub",
  discord: "Discord",
  prices: "the price feed",
  mail: "mail and push",
  backups: "backups",
  clock: "the clock",
  "event-loop": "the event loop",
  memory: "memory",
  cpu: "the processor",
  configuration: "the configuration",
  calendar: "the calendar",
};

export const componentName = (component: Component): string => NAMES[component];

const HEALINGS: Readonly<Record<HealingAction, string>> = {
  "begin-backup": "a backup is begun anew",
  "reopen-mail": "its connections are made anew",
};

export function tellHealth(fact: HealthFact): Said {
  const name = NAMES[fact.component];
  switch (fact.kind) {
    case "HealthMoved": {
      const { to, reason } = fact;
      if (to === "failed" || to === "degraded")
        return apart(words("trouble", "bad", `health: ${name} ${to}: ${reason}`));
      return apart(words("house", "good", `health: ${name} ${to}: ${reason}`));
    }
    case "HealingBegun": {
      const { action, attempt } = fact;
      const text = `health: ${name}: ${HEALINGS[action]}, try ${attempt}`;
      return apart(words("house", "plain", text));
    }
    default:
      return unreachable(fact);
  }
}
