/** Every fact as a line of the log, where somebody asked for that (`log.components.facts: debug`). */
import type { Audience } from "../ports/audience.ts";
import type { Log } from "../ports/log.ts";
import { namedIn } from "./named-in.ts";

export const factLog = (log: Log): Audience => ({
  told(recorded) {
    for (const { sequence, fact } of recorded)
      log.write("debug", "fact", { kind: fact.kind, sequence, ...namedIn(fact) });
  },
});
