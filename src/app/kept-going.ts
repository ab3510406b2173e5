/** What goes on beside a settled run until it ends: code kept warm, and the bottom line of a terminal. */
import type { Rules } from "../core/model/rules.ts";
import type { State } from "../core/state.ts";
import type { Log } from "../ports/log.ts";
import type { MarketData } from "../ports/market-data.ts";
import type { Context } from "./context.ts";
import { drills } from "./drill.ts";
import { keepWarm } from "./kept-warm.ts";
import type { Prices } from "./prices.ts";
import type { Run } from "./run.ts";

interface Housed {
  readonly prices: Prices;
  readonly mode: "paper" | "live" | "demo";
  readonly json: boolean;
}

export interface Going {
  stop(): void;
}

/** Null: nothing does, in a day that is played. */
export async function keptGoing(
  { clock, screen }: Pick<Context, "clock" | "screen">,
  { prices, mode, json }: Housed,
  { market, log }: { readonly market: MarketData; readonly log: Log },
): Promise<((run: Run) => Going) | null> {
  if (prices.playedFrom !== null) return null;
  const bar = json ? null : screen.bar;
  const line = bar && (await import("./bottom-line.ts"));
  return ({ loop }) => {
    const going: Going[] = [keepWarm({ clock, log }, drills(rulesIn(loop.state())))];
    if (bar && line) {
      const { followed } = prices;
      going.push(line.keepBottomLine({ clock, bar, mode, market, followed, state: loop.state }));
    }
    return {
      stop() {
        for (const one of going) one.stop();
      },
    };
  };
}

/** Those of its first account: most houses have one set for all. */
function rulesIn({ settings }: State): Rules | undefined {
  const [first] = settings.accounts;
  return first && settings.ruleSets[first.rules];
}
