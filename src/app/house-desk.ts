/** The desk of a house: its parts, put where the operator's questions find them. */
import type { Config } from "../core/model/config.ts";
import type { MarketData } from "../ports/market-data.ts";
import type { Books } from "./books.ts";
import type { ConfigInForce, Reloads } from "./config-in-force.ts";
import { controlDesk } from "./control-desk.ts";
import type { FormatsInForce } from "./formats-in-force.ts";
import type { HaltFile, HaltWatch } from "./halt-file.ts";
import type { HouseHealth } from "./house-health.ts";
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
}

export function deskOf(spec: DeskSpec, { run, time, market, books, ...given }: DeskInput) {
  const { reloads, halt, watch, health } = given;
  const { inForce, config } = spec;
  return controlDesk({
    resumed() {
      halt.lift();
      watch.lifted();
    },
    health: () => health?.view() ?? null,
    loop: run.loop,
    hear: run.hear,
    clock: time.clock,
    journal: books.journal,
    mode: spec.mode,
    market: spec.prices.words,
    quotes: () => spec.prices.followed.flatMap((root) => market.quote(root) ?? []),
    messages: () => books.history?.counts() ?? null,
    paste: { isAllowed: () => (inForce?.now() ?? config).paste, isTradable: spec.isPasteTradable },
    ...(reloads !== undefined && { reloading: reloads }),
    ...(spec.formats === undefined ? {} : { formats: spec.formats }),
    catchUp: time.catchUp,
  });
}
