/**
 * What the last rehearsal taught, kept in the data directory: live trading needs a young one.
 */

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

/** Why the last one does not do; null when it does. */
export async function rehearsalFault(directory: string, at: Millis): Promise<string | null> {
  const { readText } = await wire.dataDirectory();
  const text = readText(placesIn(directory).rehearsal);
  if (text === null) return `nothing has been rehearsed yet; ${HOW}`;
  const last = readRehearsal(text);
  if (last === null) return `the last rehearsal cannot be read; ${HOW}`;
  if (!last.passed) return `the last rehearsal failed; ${HOW}`;
  const age = millis(at - last.at);
  return age > AGE_MAX ? `the last rehearsal is ${daysOf(age)} old; ${HOW}` : null;
}

const daysOf = (age: Millis): string =>
  age < 86_400_000 ? showDuration(age) : `${Math.floor(age / 86_400_000)} days`;

function readRehearsal(text: string): Pick<Rehearsal, "at" | "passed"> | null {
  try {
    const { at, passed }: { readonly at: unknown; readonly passed: unknown } = JSON.parse(text);
    const isSound = typeof at === "number" && typeof passed === "boolean";
    return isSound ? { at: millis(at), passed } : null;
  } catch {
    return null; // said by the caller
  }
}
