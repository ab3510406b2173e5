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
import { placesIn } from "./places.ts";
import { foldJournal } from "./recover.ts";
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
  const { hasJournal, readText } = await wire.dataDirectory();
  if (!hasJournal(directory)) return null;
  const { DamagedJournal, openJournalReadOnly } = await wire.journal();
  const places = placesIn(directory);
  const opened = openJournalReadOnly(places.journal);
  if (!opened.ok) return null; // no journal can be read, so no start could care for anything
  try {
    const state = foldJournal(opened.value);
    return openTrades(state).length === 0 ? null : configFor(state, readText(places.lastGood));
  } catch (failure) {
    if (!(failure instanceof DamagedJournal)) throw failure;
    return null; // as above
  } finally {
    opened.value.close();
  }
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
