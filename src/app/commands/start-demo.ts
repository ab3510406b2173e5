/** `tradestream start` where nothing is configured: a demo day, and what to do next. */
import type { ExitCode, Handlers } from "../../ports/console.ts";
import { takeDirectory } from "../books.ts";
import { type Context, leave, stopped } from "../context.ts";
import { demoDay } from "../demo-day.ts";
import { demoDirectory } from "../places.ts";
import { directoryFor, strayVariables } from "../setup.ts";
import { speedWords } from "../sources.ts";
import { wire } from "../wire.ts";
import { playDemo } from "./demo.ts";

type StartOptions = Parameters<Handlers["start"]>[0];

/** Faster than life, and over within a minute. */
const DEMO_SPEED = 600;

export async function startDemo(context: Context, options: StartOptions): Promise<ExitCode> {
  const { here, screen } = context;
  const data = directoryFor(context, options);
  const disk = await wire.dataDirectory();
  if (disk.hasJournal(data)) {
    const found = `${data} holds the journal of a configured run, and there is no config.yaml here`;
    return leave(context, stopped(2, `${found}; name its configuration with --config`));
  }
  const directory = demoDirectory(data);
  if (disk.hasJournal(directory)) {
    const free = await takeDirectory(context, directory);
    if (!free.ok) return leave(context, free.error);
    free.value.release();
  }
  disk.setAside(directory);
  const speed = options.speed ?? DEMO_SPEED;
  const { json, logLevel } = options;
  const spec = await demoDay({ directory, speed, seed: null, json, logLevel: logLevel ?? "info" });
  const { prefix } = spec;
  const where = here === process.cwd() ? "here" : `in ${here}`;
  const day = `a demo day on paper, ${speedWords(speed)}`;
  screen.remark(`${prefix}no config.yaml ${where}, so this is ${day}`);
  screen.remark(`${prefix}prices are simulated, the account is not real, nothing is sent anywhere`);
  for (const name of strayVariables(context))
    screen.remark(`${prefix}${name} is set, and there is no configuration for it`);
  const code = await playDemo(context, spec);
  screen.remark(
    `${prefix}look again: tradestream trades · tradestream journal show · next: tradestream config init`,
  );
  return code;
}
