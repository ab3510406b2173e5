/**
 * Ctrl-C and `kill`: the first one stops cleanly, the second one leaves at once.
 *
 * Who presses Ctrl-C on a terminal with something open is shown what stays behind and asked what to
 * do with it. Whoever sends another signal is not at the keyboard; then, and where there is none, the
 * configuration decides, and by default stops and targets stay.
 *
 * A hang-up without a terminal is no end: it asks for the configuration to be read again.
 */
import type { StopSignals } from "../ports/console.ts";
import type { Context } from "./context.ts";
import { exposureLines } from "./exposure.ts";
import type { Time } from "./pace.ts";
import type { Run } from "./run.ts";

export interface StopParts {
  readonly context: Context & { readonly signals: StopSignals };
  readonly run: Run;
  readonly time: Time;
  readonly spec: {
    readonly mode: "paper" | "live" | "demo";
    readonly prefix: string;
  };
  /** As configured now. */
  readonly flattens: () => boolean;
  /** Left out where the configuration is not read again. */
  readonly reload?: () => void;
}

/** Returns what ends the listening. */
export function stopOnSignal({
  context,
  run,
  time,
  spec,
  flattens,
  reload,
}: StopParts): () => void {
  const { screen, signals, quit } = context;
  let isAsked = false;
  const stop = async (name: string): Promise<void> => {
    const flatten = flattens() || spec.mode === "demo";
    const exposed = exposureLines(run.loop.state());
    const way = flatten || exposed.length === 0 ? "settled" : await ask(name, exposed);
    if (way === null) return quit(1);
    run.stop(name, { flatten: flatten || way === "flatten" });
    time.hurry();
  };
  const ask = async (
    name: string,
    exposed: readonly string[],
  ): Promise<"leave" | "flatten" | "settled" | null> => {
    run.deafen();
    for (const line of exposed) screen.remark(`${spec.prefix}${line}`);
    if (name !== "SIGINT" || !screen.isInteractive) return "settled";
    return screen.choose(
      "Leave these to their stops and targets, or close them now?",
      [
        { value: "leave", label: "Leave", hint: "stops and targets stay at the venue" },
        { value: "flatten", label: "Flatten", hint: "close everything, then stop" },
      ],
      "leave",
    );
  };
  return signals.listen((name) => {
    if (name === signals.reload && reload !== undefined && !screen.isInteractive) {
      if (!isAsked) reload();
      return;
    }
    if (isAsked) return quit(1);
    isAsked = true;
    void stop(name);
  });
}
