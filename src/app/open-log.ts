/** The log of a data directory, made when somebody first has something to write. */
import type { LogLevel } from "../core/model/config.ts";
import type { Log } from "../ports/log.ts";
import type { Context } from "./context.ts";
import { placesIn } from "./places.ts";
import { wire } from "./wire.ts";

export interface LogSpec {
  readonly directory: string;
  readonly logLevel: LogLevel;
  /** Asked at every line, where it may change while the program runs. */
  readonly levelNow?: () => LogLevel;
}

export async function openLog(
  { screen, clock }: Pick<Context, "screen" | "clock">,
  { directory, logLevel, levelNow = () => logLevel }: LogSpec,
): Promise<Log> {
  const { createLog, rotatingFile } = await wire.log();
  const write = rotatingFile(placesIn(directory).log, screen.remark);
  return createLog({ threshold: levelNow, clock, write });
}
