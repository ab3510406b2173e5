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
const SHAPE = 2;

export async function keepingLastGood(directory: string): Promise<(config: Config) => void> {
  const { replaceFile } = await wire.dataDirectory();
  return (config) => {
    const text = JSON.stringify({ shape: SHAPE, config });
    replaceFile(placesIn(directory).lastGood, `${text}\n`);
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
