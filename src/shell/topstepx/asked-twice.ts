/**
 * A question whose answer does not come is asked once more, and whichever is answered first will do.
 *
 * ```text
 * asked ─► 1 s ─► asked again ─► an answer to either
 *    └► an answer within that, or "not with this token", after which it is asked again anyway
 * ```
 *
 * Answers come within a tenth of that second. One that takes longer may never come, and whoever looks
 * for a stop should not wait until that is certain. Only for what changes nothing.
 */
import { millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Reply } from "./transport.ts";

const SLOW = 1_000;

export interface Question {
  /** A reply that says "not with this token" is the answer. */
  readonly isLast: () => boolean;
  /** It leaves now, after whatever it waited for; or it has to be asked anew. */
  readonly begun: () => void;
  readonly replied: (reply: Reply) => void;
}

export function askTwice<Way extends Question>(
  way: Way,
  clock: Clock,
  ask: (way: Way) => void,
): void {
  let left = 1;
  let isBegun = false;
  let isTwice = false;
  let isOver = false;
  let callOff = (): void => {};
  const replied = (reply: Reply): void => {
    left -= 1;
    if (isOver || (reply.kind !== "answered" && left > 0)) return;
    isOver = true;
    callOff();
    way.replied(reply);
  };
  const again = (): void => {
    left += 1;
    isTwice = true;
    ask({ ...way, replied, begun: () => {}, isLast: () => true });
  };
  const begun = (): void => {
    way.begun();
    callOff();
    if (!isBegun) callOff = clock.schedule(millis(clock.now() + SLOW), again);
    isBegun = true;
  };
  ask({ ...way, replied, begun, isLast: () => isTwice || way.isLast() });
}
