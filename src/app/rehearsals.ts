/**
 * What the last rehearsal taught, kept in the data directory: live trading needs a young one.
 */

import type { BracketMode } from "../core/model/config.ts";
import type { BracketSupport } from "../core/model/rules.ts";
import { type Millis, millis } from "../core/model/units.ts";
import { showDuration } from "../core/model/wording.ts";
import type { Rehearsal } from "../ports/venue-desk.ts";
import { placesIn } from "./places.ts";
import { wire } from "./wire.ts";

const AGE_MAX = millis(30 * 86_400_000);
const HOW = "run `tradestream doctor --broker --rehearse` on a practice account";

export async function keepRehearsal(directory: string, rehearsal: Rehearsal): Promise<void> {
  const { makeDirectory, replaceFile } = await wire.dataDirectory();
  makeDirectory(directory);
  replaceFile(placesIn(directory).rehearsal, `${JSON.stringify(rehearsal, null, 2)}\n`);
}

/**
 * Why the last one does not do; null when it does. Of an account whose stops the venue keeps it says
 * nothing about one whose stops we keep, nor the other way round.
 */
export async function rehearsalFault(
  directory: string,
  at: Millis,
  mode: BracketMode,
): Promise<string | null> {
  const { readText } = await wire.dataDirectory();
  const text = readText(placesIn(directory).rehearsal);
  if (text === null) return `nothing has been rehearsed yet; ${HOW}`;
  const last = readRehearsal(text);
  if (last === null) return `the last rehearsal cannot be read; ${HOW}`;
  if (!last.passed) return `the last rehearsal failed; ${HOW}`;
  if (last.brackets !== supportOf(mode)) return `${OTHER_MODE[last.brackets]}; ${HOW}`;
  const age = millis(at - last.at);
  return age > AGE_MAX ? `the last rehearsal is ${daysOf(age)} old; ${HOW}` : null;
}

const supportOf = (mode: BracketMode): BracketSupport => (mode === "native" ? "native" : "none");

const OTHER_MODE: Readonly<Record<BracketSupport, string>> = {
  native: "the last rehearsal was without `brackets: position-brackets-fallback`",
  none: "the last rehearsal was with `brackets: position-brackets-fallback`",
};

const daysOf = (age: Millis): string =>
  age < 86_400_000 ? showDuration(age) : `${Math.floor(age / 86_400_000)} days`;

function readRehearsal(text: string): Pick<Rehearsal, "at" | "brackets" | "passed"> | null {
  try {
    const { at, brackets, passed }: Readonly<Record<keyof Rehearsal, unknown>> = JSON.parse(text);
    const isSound = typeof at === "number" && typeof passed === "boolean";
    // The first ones did not say: the venue kept them.
    const kept = brackets === "none" ? "none" : "native";
    return isSound ? { at: millis(at), brackets: kept, passed } : null;
  } catch {
    return null; // said by the caller
  }
}
