/** The desk of a house: its parts, put where the operator's questions find them. */
import type { Config } from "../core/model/config.ts";
import type { MarketData } from "../ports/market-data.ts";
import type { Books } from "./books.ts";
import type { ConfigInForce, Reloads } from "./config-in-force.ts";
import type { Context } from "./context.ts";
import { controlDesk } from "./control-desk.ts";
import type { FormatsInForce } from "./formats-in-force.ts";
import type { HaltFile, HaltWatch } from "./halt-file.ts";
import type { HouseHealth } from "./house-health.ts";
import type { Looks } from "./looks.ts";
import type { Time } from "./pace.ts";
import type { Prices } from "./prices.ts";
import type { Run } from "./run.ts";

export interface DeskSpec {
  readonly mode: "paper" | "live" | "demo";
  readonly prices: Prices;
  readonly isPasteTradable: boolean;
  readonly formats?: FormatsInForce;
  readonly config: Config;
  readonly inForce?: ConfigInForce;
}

interface DeskInput {
  /** Null where nobody looks. */
  readonly health: Pick<HouseHealth, "view"> | null;
  readonly reloads: Reloads | undefined;
  readonly halt: Pick<HaltFile, "lift">;
  readonly watch: Pick<HaltWatch, "lifted">;
  readonly run: Run;
  readonly time: Time;
  readonly market: MarketData;
  readonly books: Books;
  readonly looks: Looks;
}

export function deskOf({ clock: hostClock }: Context, spec: DeskSpec, input: DeskInput) {
  const { run, time, market, books, reloads, halt, watch, health, looks } = input;
  const { inForce, config } = spec;
  const { loop } = run;
  const { clock, catchUp } = time;
  const { journal } = books;
  const { words, followed } = spec.prices;
  const quotes = () => followed.flatMap((root) => market.quote(root) ?? []);
  looks.begin({
    ...{ state: loop.state, impaired: loop.impaired, clock, hostClock, journal, quotes, catchUp },
    market: words,
    health: () => health?.view() ?? undefined,
  });
  return controlDesk({
    resumed() {
      halt.lift();
      watch.lifted();
    },
    health: () => health?.view() ?? null,
    ...{ loop, hear: run.hear, clock, journal, mode: spec.mode, market: words, quotes },
    ...{ looks, catchUp },
    messages: () => books.history?.counts() ?? null,
    paste: { isAllowed: () => (inForce?.now() ?? config).paste, isTradable: spec.isPasteTradable },
    ...(reloads !== undefined && { reloading: reloads }),
    ...(spec.formats === undefined ? {} : { formats: spec.formats }),
  });
}
