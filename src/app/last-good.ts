/**
 * The configuration of the last good start, for a start that must not be refused.
 *
 * A broken file is no reason to leave contracts alone. What they were traded by is in the journal
 * (`SettingsAdopted`); where prices came from is not trading and lies in a file beside it.
 */
import type { Config } from "../core/model/config.ts";
import { DEFAULT_CONFIG } from "../core/model/defaults.ts";
import type { State } from "../core/state.ts";
import { valuesOf } from "../std/trie.ts";
import { openTrades } from "./exposure.ts";
import { peekState } from "./peek-state.ts";
import { placesIn } from "./places.ts";
import { wire } from "./wire.ts";

/** Counts up whenever the shape of the configuration changes. */
const SHAPE = 3;

/** A disk that refuses it, as a full one does, is told of and stops nothing: trades go on. */
export async function keepingLastGood(
  directory: string,
  remark: (line: string) => void,
): Promise<(config: Config) => void> {
  const { replaceFile } = await wire.dataDirectory();
  const { lastGood } = placesIn(directory);
  return (config) => {
    try {
      replaceFile(lastGood, `${JSON.stringify({ shape: SHAPE, config })}\n`);
    } catch (failure) {
      if (!(failure instanceof Error) || !("code" in failure)) throw failure;
      remark(
        `${lastGood}: not kept (${String(failure.code)}); a start with a broken file would use the one before`,
      );
    }
  };
}

/** That of the last start on this directory, whatever has become of it; null when none is kept. */
export async function lastConfigOf(directory: string): Promise<Config | null> {
  const { readText } = await wire.dataDirectory();
  const text = readText(placesIn(directory).lastGood);
  return text === null ? null : configIn(text);
}

/** Null when nothing is open in that directory, and the start may be refused. */
export async function lastGoodFor(directory: string): Promise<Config | null> {
  const { readText } = await wire.dataDirectory();
  // A journal that cannot be read is no ground to act on: no start could care for anything.
  const state = await peekState(directory);
  if (state === null || openTrades(state).length === 0) return null;
  return configFor(state, readText(placesIn(directory).lastGood));
}

function configFor(state: State, text: string | null): Config {
  const kept = text === null ? null : configIn(text);
  const balances = valuesOf(state.accounts).map(({ id, balance }) => ({ account: id, balance }));
  return { ...(kept ?? DEFAULT_CONFIG), settings: state.settings, balances };
}

function configIn(text: string): Config | null {
  try {
    const { shape, config }: { readonly shape: unknown; readonly config: Config } =
      JSON.parse(text);
    return shape === SHAPE ? config : null;
  } catch {
    return null; // torn or tampered with: the journal's settings are enough to watch by
  }
}
