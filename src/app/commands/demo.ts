/** `tradestream demo`: a simulated day, in a directory of its own that is gone afterwards. */

import { dollars } from "../../core/model/units.ts";
import { showMoney } from "../../core/model/wording.ts";
import type { ExitCode, Handlers } from "../../ports/console.ts";
import { type Context, leave, stopped } from "../context.ts";
import { demoDay } from "../demo-day.ts";
import { type HouseSpec, keepHouse } from "../house.ts";
import { fromHere } from "../places.ts";
import type { Summary } from "../tally.ts";
import { wire } from "../wire.ts";

export const demo =
  (context: Context): Handlers["demo"] =>
  async ({ data, speed, seed, json, logLevel }) => {
    const disk = await wire.dataDirectory();
    const directory = data === null ? disk.makeTemporary() : fromHere(context.here, data);
    if (data !== null && !disk.isEmptyOrMissing(directory)) {
      return leave(context, stopped(2, `${directory} is not an empty directory; a demo needs one`));
    }
    try {
      const spec = await demoDay({ directory, speed, seed, json, logLevel: logLevel ?? "info" });
      return await playDemo(context, spec);
    } finally {
      if (data === null) disk.removeDirectory(directory);
    }
  };

/** Plays the day to its end and sums it up in one line. */
export async function playDemo(context: Context, spec: HouseSpec): Promise<ExitCode> {
  const kept = await keepHouse(context, spec);
  if (!kept.ok) return leave(context, kept.error);
  const { code, summary } = kept.value;
  if (spec.json) context.screen.printJson({ summary });
  else context.screen.print(`${spec.prefix}${summaryLine(summary)}`);
  return code;
}

const summaryLine = ({ alerts, trades, netUsd, facts, hash }: Summary): string =>
  `${alerts} alerts, ${trades} trades, net ${showMoney(dollars(netUsd))}; ` +
  `${facts} facts in the journal, sealed by ${hash.slice(0, 16)}`;
