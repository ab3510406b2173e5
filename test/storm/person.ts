/**
 * A person who is asked about entries: answers in time, in time but twice, too late, or never.
 */

import type { News } from "../../src/app/loop.ts";
import type { FactOf } from "../../src/core/model/fact.ts";
import { OPEN_ROOM, type Room } from "../../src/core/model/room.ts";
import { millis } from "../../src/core/model/units.ts";
import type { Faults } from "./weather.ts";

/** The channel whose alerts wait for a yes. */
export const ASKING = "asks";
const WAIT = 20_000;

export const roomOf = (channel: string): Room =>
  channel === ASKING ? { ...OPEN_ROOM, mode: "confirm", approvalFor: millis(WAIT) } : OPEN_ROOM;

export interface PersonParts {
  readonly faults: Faults;
  readonly later: (delay: number, task: () => void) => void;
  readonly offer: (news: News) => void;
}

/** Called with every question the journal holds. */
export function personAsked({ faults, later, offer }: PersonParts) {
  return ({ entry }: FactOf<"ApprovalAsked">): void => {
    const answer = (kind: "approve" | "refuse"): void =>
      offer({ kind: "command", command: { kind, entry, by: "a person" } });
    const delay = 200 + faults.draw("answer-after", WAIT - 1_000);
    switch (faults.draw("answer", 8)) {
      case 0:
        return; // has gone for lunch
      case 1:
        return later(delay, () => answer("refuse"));
      case 2:
        return later(WAIT + 1 + faults.draw("answer-late", 5_000), () => answer("approve"));
      case 3:
        later(delay, () => answer("approve"));
        return later(delay + faults.draw("answer-again", 2_000), () => answer("approve"));
      default:
        return later(delay, () => answer("approve"));
    }
  };
}
