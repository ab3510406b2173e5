/**
 * A running house and its configuration file: read again when it changed, or when somebody asks.
 *
 * ```text
 * files change ─┐
 * SIGHUP ───────┼─► read whole ─► the core decides, key by key ─► journal ─► what runs takes its part
 * config reload ┘                                                     └─► whoever asked is told
 * ```
 *
 * The rules and accounts live in the state; what is held here is the rest of what is in force.
 *
 * Format packs are read and checked with everything else, and taken only when somebody asks: an
 * editor saves half-finished work, and `formats test` compares what is saved with what is in force.
 */
import type { Config } from "../core/model/config.ts";
import type { ConfigFlaw, ReloadCause } from "../core/model/config-fact.ts";
import type { OfferedConfig } from "../core/model/input.ts";
import { withRooms } from "../core/model/source-rooms.ts";
import { changesBetween } from "../core/risk/config-changes.ts";
import { reloadedConfig } from "../core/risk/reloaded-config.ts";
import type { ConfigFault, LoadedConfig } from "../ports/config-source.ts";
import type { ConfigAnswer } from "../ports/control.ts";
import type { Result } from "../std/result.ts";
import type { Loop } from "./loop.ts";

export interface ReloadParts {
  /** What is in force. */
  readonly now: () => Config;
  readonly file: string;
  readonly load: () => Promise<Result<LoadedConfig, ConfigFault>>;
  readonly loop: Pick<Loop, "offer" | "state">;
  /** What is in force from here on. */
  readonly adopted: (config: Config) => void;
  /** The files it was read from; they are the ones to watch. */
  readonly readFrom: (paths: readonly string[]) => void;
}

export interface Reloading {
  /** Answers when the facts are safe. */
  reload(by: ReloadCause): Promise<ConfigAnswer>;
  /** What a reload would do, with nothing done. */
  preview(): Promise<ConfigAnswer>;
}

export function createReloading(parts: ReloadParts): Reloading {
  const { file, loop } = parts;
  let newest: Listed | null = null;

  /** What an answer says of it: all that is new, and all that still waits. */
  const compared = (offered: OfferedConfig): ConfigAnswer => {
    if (offered.kind === "broken") {
      const { flaws, omitted } = offered;
      return { kind: "config", file, changes: [], flaws, omitted };
    }
    const inForce = { ...parts.now(), settings: loop.state().settings };
    const result = reloadedConfig(inForce, offered.config);
    const found = changesBetween(inForce, offered.config, result);
    return { kind: "config", file, ...found, flaws: [] };
  };

  async function offered(): Promise<OfferedConfig> {
    const loaded = await parts.load();
    if (!loaded.ok) return brokenBy(loaded.error);
    parts.readFrom([file, ...loaded.value.reads]);
    return { kind: "sound", config: loaded.value.config };
  }

  function take(offer: OfferedConfig): void {
    if (offer.kind === "broken") return;
    const taken = reloadedConfig(parts.now(), offer.config);
    parts.adopted({ ...taken, settings: loop.state().settings });
  }

  return {
    async reload(by) {
      const found = await offered();
      const running = parts.now();
      const offer = by === "file" ? withFormatsOf(running, found) : found;
      return new Promise((resolve) => {
        loop.offer({ kind: "reload", by, running, offered: offer }, ({ facts }) => {
          const told = facts.find((fact) => fact.kind === "ConfigReloaded");
          const answer = compared(offer);
          if (told !== undefined) {
            newest = listOf(told);
            take(offer);
          }
          // The watch may have been quicker: whoever asks is told what the newest change came to.
          const isSound = offer.kind === "sound";
          resolve(isSound && newest !== null ? { ...answer, ...newest } : answer);
        });
      });
    },
    preview: async () => compared(await offered()),
  };
}

/** The same rooms, read by the packs in force wherever those have one of that name. */
function withFormatsOf(running: Config, offer: OfferedConfig): OfferedConfig {
  if (offer.kind === "broken") return offer;
  const { config } = offer;
  const formats =
    Object.keys(config.formats).length === 0 ? {} : { ...config.formats, ...running.formats };
  const sources = config.sources.map((source) =>
    withRooms(source, (room) => ({ ...room, format: formats[room.format.name] ?? room.format })),
  );
  return { kind: "sound", config: { ...config, formats, sources } };
}

type Listed = Pick<ConfigAnswer, "changes" | "omitted">;

const listOf = ({ changes, omitted }: Listed): Listed => ({ changes, omitted });

function brokenBy({ problems, omitted }: ConfigFault): OfferedConfig {
  const flaws = problems.map(
    ({ file, line, key, reason }): ConfigFlaw => ({ file, line, key, reason }),
  );
  return { kind: "broken", flaws, omitted };
}
