/** What is said when a run is over: why, and what it leaves at the venue. */
import type { State } from "../core/state.ts";
import type { Context } from "./context.ts";
import { exposureLines } from "./exposure.ts";

export interface RunEnd {
  readonly fault: string | null;
  readonly isDayOver: boolean;
  readonly state: State;
}

/** Whoever stopped it by a signal was told before, when there was still something to decide. */
export function sayHowItEnded(
  { screen }: Context,
  { prefix, mode }: { readonly prefix: string; readonly mode: "paper" | "live" | "demo" },
  { fault, isDayOver, state }: RunEnd,
): void {
  const say = (line: string): void => screen.remark(`${prefix}${line}`);
  if (fault !== null) say(`stopped: ${fault}`);
  const staying = fault !== null || isDayOver ? exposureLines(state) : [];
  for (const line of staying) say(line);
  if (isDayOver && staying.length > 0 && mode === "paper") {
    say("prices that go on from here, and another start, play this further");
  }
}
