/**
 * What a house needs that runs on somebody's own machine: it is kept awake while contracts are held,
 * and when it slept all the same, what came due meanwhile is told and done.
 *
 * A played day has no use for either: its clock never sleeps, and its contracts are nobody's.
 */
import type { Millis } from "../core/model/units.ts";
import type { Audience } from "../ports/audience.ts";
import type { KeepAwake } from "../ports/keep-awake.ts";
import type { Log } from "../ports/log.ts";
import type { Context } from "./context.ts";
import { type GapWatch, watchGaps } from "./gap-watch.ts";
import { keptAwake } from "./kept-awake.ts";
import type { Loop } from "./loop.ts";
import { wire } from "./wire.ts";

export interface Laptop extends Audience {
  begin(loop: Pick<Loop, "offer" | "state">): void;
  stop(): void;
}

export interface LaptopParts {
  readonly log: Log;
  readonly say: (line: string) => void;
}

export function createLaptop(
  context: Pick<Context, "clock">,
  { mode }: { readonly mode: "paper" | "live" | "demo" },
  { log, say }: LaptopParts,
): Laptop {
  const refused = (reason: string): void => {
    log.write("warn", "sleep-inhibitor", { reason });
    // On paper nobody's money sleeps.
    if (mode === "live")
      say(`the machine may fall asleep while contracts are open: ${reason}; see to it yourself`);
  };
  const keeper = whenNeeded(context, refused);
  let awake: ReturnType<typeof keptAwake> | null = null;
  let watch: GapWatch | null = null;
  return {
    begin(loop) {
      const found = (since: Millis): void => void loop.offer({ kind: "gap", since });
      awake = keptAwake(keeper, loop.state);
      watch = watchGaps(context.clock, found);
    },
    told: (recorded) => awake?.told(recorded),
    stop() {
      awake?.stop();
      watch?.stop();
    },
  };
}

/** Nothing of it is loaded before the first contract. */
function whenNeeded(
  { clock }: Pick<Context, "clock">,
  refused: (reason: string) => void,
): KeepAwake {
  let wanted: string | null = null;
  let loaded: Promise<KeepAwake> | null = null;
  const settle = (keeper: KeepAwake): void =>
    wanted === null ? keeper.release() : keeper.hold(wanted);
  const want = (why: string | null): void => {
    wanted = why;
    if (loaded === null && why === null) return;
    loaded ??= wire
      .sleepInhibitor()
      .then(({ sleepInhibitor }) => sleepInhibitor({ clock, refused }));
    void loaded.then(settle);
  };
  return { hold: (why) => want(why), release: () => want(null) };
}
