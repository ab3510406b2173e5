/** `tradestream config check` and `config init`. */
import { tradeDateOf } from "../../core/model/trade-date.ts";
import type { Handlers } from "../../ports/console.ts";
import { askedConfig } from "../asked-config.ts";
import { type Context, leave, stopped } from "../context.ts";
import { firmRemarks } from "../firm-remarks.ts";
import { fromHere } from "../places.ts";
import { chooseConfig, faultLines, NO_CONFIG } from "../setup.ts";
import { wire } from "../wire.ts";

export const configCheck =
  (context: Context): Handlers["configCheck"] =>
  async (options) => {
    const { screen } = context;
    const choice = await chooseConfig(context, options);
    switch (choice.kind) {
      case "absent":
        return leave(context, stopped(2, NO_CONFIG));
      case "broken": {
        const { file, problems, omitted } = choice.fault;
        if (options.json) screen.printJson({ ok: false, file, problems, omitted });
        return leave(context, stopped(2, ...(options.json ? [] : faultLines(choice.fault))));
      }
      case "configured": {
        const { file, config } = choice;
        const accounts = config.settings.accounts.map(({ id }) => id);
        const sources = config.sources.length;
        if (options.json) screen.printJson({ ok: true, file, accounts, sources });
        else {
          const heard = sources === 1 ? "1 source" : `${sources} sources`;
          screen.print(
            `${file} is sound: accounts ${accounts.join(", ")}; ${heard}; prices: ${config.market.kind}`,
          );
        }
        const today = tradeDateOf(context.clock.now());
        for (const line of firmRemarks(config, today)) screen.remark(line);
        return 0;
      }
    }
  };

export const configInit =
  (context: Context): Handlers["configInit"] =>
  async ({ file, config, json, defaults }) => {
    const { screen, here } = context;
    const { writeNewFile, isThere } = await wire.dataDirectory();
    const path = fromHere(here, file ?? config ?? "config.yaml");
    const taken = stopped(2, `${path} is there already and stays as it is`);
    if (isThere(path)) return leave(context, taken);
    const asks = screen.isInteractive && !defaults && !json;
    const text = asks ? await askedConfig(context) : await plainConfig();
    if (text === null) return leave(context, stopped(2, "broken off; nothing is written"));
    try {
      if (!writeNewFile(path, text)) return leave(context, taken);
    } catch (failure) {
      return leave(context, stopped(2, `${path} cannot be written: ${String(failure)}`));
    }
    const rest = asks ? "other line" : "line";
    if (json) screen.printJson({ ok: true, file: path });
    else screen.print(`${path} is written; every ${rest} of it is a default until you change it`);
    return 0;
  };

const plainConfig = async (): Promise<string> => (await wire.configInit()).newConfigText();
