/** Tells the day as it happens: facts in, lines out, in the order of the journal. */

import type { Narrator } from "../core/views/narrator.ts";
import { narrate, type TimelineLine } from "../core/views/timeline.ts";
import type { Audience } from "../ports/audience.ts";

export function timelineAudience(first: Narrator, tell: (line: TimelineLine) => void): Audience {
  let narrator = first;
  return {
    told(recorded) {
      for (const { fact } of recorded) {
        const told = narrate(narrator, fact);
        narrator = told.narrator;
        for (const line of told.lines) tell(line);
      }
    },
  };
}
