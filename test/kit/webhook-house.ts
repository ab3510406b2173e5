/** A whole house that hears webhooks, on real files and a real port, for as long as a test lasts. */

import { keepHouse } from "../../src/app/house.ts";
import { keepingLastGood } from "../../src/app/last-good.ts";
import { preparePrices } from "../../src/app/prices.ts";
import { isPasteTradable, noticesOf, prepareSources } from "../../src/app/sources.ts";
import type { Config } from "../../src/core/model/config.ts";
import type { KeptMessage } from "../../src/ports/history.ts";
import { openHistoryReadOnly } from "../../src/shell/sqlite/history.ts";
import { type Terminal, terminal } from "./terminal.ts";

export interface WebhookHouse extends Terminal {
  readonly url: string;
  /** What its history holds by now. */
  kept(): readonly KeptMessage[];
  readonly directory: string;
  /** Stops it and waits until it has. */
  stop(): Promise<void>;
}

export async function webhookHouse(here: string, config: Config): Promise<WebhookHouse> {
  const console_ = terminal({ here });
  const { context } = console_;
  const prices = await preparePrices(config, (path) => path);
  if (!prices.ok) throw new Error(prices.error);
  const directory = `${here}/data`;
  const sources = await prepareSources(context, config, prices.value, () => {});
  const at = context.clock.now();
  for (const line of noticesOf(config, prices.value, {
    ...{ file: "config.yaml", directory, speed: "max", at },
  })) {
    context.screen.remark(line);
  }
  const keepLastGood = await keepingLastGood(directory, () => {});
  const ended = keepHouse(context, {
    ...{ mode: "paper", version: "test", config, directory, prices: prices.value, speed: "max" },
    sources: sources.plug,
    isPasteTradable: isPasteTradable(config),
    ...{ dayEnds: null, reduceBecause: null, opened: () => keepLastGood(config) },
    ...{ prefix: "", json: false, logLevel: "debug" },
  });
  await console_.shows(": listening");
  const [, url = ""] = /webhook (\S+): listening/.exec(console_.err()) ?? [];
  return {
    ...console_,
    ...{ directory, url: `http://${url}` },
    kept() {
      const history = openHistoryReadOnly(`${directory}/history.db`);
      if (!history.ok) throw new Error(history.error.detail);
      const all = [...history.value.read()];
      history.value.close();
      return all;
    },
    async stop() {
      console_.signal("SIGTERM");
      await ended;
    },
  };
}
