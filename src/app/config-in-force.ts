/**
 * The configuration a running house goes by, from the one it was started with through every reload.
 *
 * ```text
 * start ─► now() ─────────────────────────────► now(), with what a reload took
 *            └─ watched files, loop ─► reloading ──┘ ─► last-good.json, formats and rooms
 * ```
 */
import type { Config, LogLevel } from "../core/model/config.ts";
import type { ConfigFault, LoadedConfig } from "../ports/config-source.ts";
import { err, ok, type Result } from "../std/result.ts";
import type { Context } from "./context.ts";
import type { Loop } from "./loop.ts";
import { fromHere } from "./places.ts";
import { createReloading, type Reloading } from "./reloading.ts";
import { chooseConfig } from "./setup.ts";
import { wire } from "./wire.ts";

export interface Reloads extends Reloading {
  close(): void;
}

export interface ConfigInForce {
  now(): Config;
  level(): LogLevel;
  /** Formats and rooms that were changed by themselves, as `formats apply` does. */
  hold(changed: Pick<Config, "formats" | "sources">): void;
  /** Watches the files from here on. */
  begin(loop: Pick<Loop, "offer" | "state">): Reloads;
}

export interface InForceParts {
  /** As it was read, and the files and directories it led to. */
  readonly config: Config;
  readonly file: string;
  readonly reads: readonly string[];
  readonly adopted: (config: Config) => void;
  /** Of the command line; null = as configured. */
  readonly logLevel: LogLevel | null;
  /** Of the command line too: they go before every version of the file. */
  readonly set: readonly string[];
  /** Every sound text of the file is handed over. */
  readonly seen: (text: string) => void;
}

export async function configInForce(
  context: Context,
  { config, file, reads, adopted, logLevel, set, seen }: InForceParts,
): Promise<ConfigInForce> {
  const { watchConfig } = await wire.configWatch();
  const { clock, here } = context;
  let now = config;
  return {
    now: () => now,
    level: () => logLevel ?? now.logLevel,
    hold({ formats, sources }) {
      now = { ...now, formats, sources };
    },
    begin(loop) {
      const watch = watchConfig({ clock, changed: () => void reloading.reload("file") });
      const readFrom = (paths: readonly string[]): void =>
        watch.follow(paths.map((path) => fromHere(here, path)));
      const reloading = createReloading({
        ...{ now: () => now, file, loop, readFrom },
        async load() {
          const loaded = await load(context, file, set);
          if (loaded.ok) seen(loaded.value.text);
          return loaded;
        },
        adopted(next) {
          now = next;
          adopted(next);
        },
      });
      readFrom([file, ...reads]);
      return { ...reloading, close: watch.close };
    },
  };
}

async function load(
  context: Context,
  file: string,
  set: readonly string[],
): Promise<Result<LoadedConfig, ConfigFault>> {
  const choice = await chooseConfig(context, { config: file, data: null, set });
  switch (choice.kind) {
    case "configured":
      return ok(choice);
    case "broken":
      return err(choice.fault);
    case "absent":
      // A file that is named is read or missed; it is never merely absent.
      return err({ kind: "missing", file, problems: [], omitted: 0 });
  }
}
