/**
 * A file that says "no entries", for when nobody can be spoken to.
 *
 * ```text
 * panic ──► data/HALT ──► a running house looks ten times a second ──► halted
 *                    └──► a start finds it ──► halted before it hears anything
 * resume ─► the file goes, then entries may come
 * ```
 *
 * It works with a process that hangs in everything but this, and with none at all. Anybody may write
 * one by hand: the file is what counts, its text is the reason shown. A disk on which nobody can see
 * whether it is there halts as well.
 */
import { millis } from "../core/model/units.ts";
import type { Clock } from "../ports/clock.ts";
import { placesIn } from "./places.ts";
import { wire } from "./wire.ts";

/** As long as it takes to be noticed, at most. */
const LOOK_EVERY = 100;
const REASON_MAX = 200;
const UNSAID = "a HALT file lies in the data directory";

export interface HaltFile {
  write(reason: string): void;
  lift(): void;
  /** Null when there is none. */
  reason(): string | null;
}

export async function haltFileIn(directory: string): Promise<HaltFile> {
  const { makeDirectory, readText, removeFile, replaceFile } = await wire.dataDirectory();
  const path = placesIn(directory).halt;
  return {
    write(reason) {
      makeDirectory(directory);
      replaceFile(path, `${reason}\n`);
    },
    lift: () => removeFile(path),
    reason() {
      try {
        const text = readText(path);
        return text === null ? null : text.trim().slice(0, REASON_MAX) || UNSAID;
      } catch (failure) {
        if (failure instanceof Error && "code" in failure)
          return `nobody can see whether a HALT file lies in ${directory} (${failure.code})`;
        throw failure;
      }
    },
  };
}

export interface HaltWatch {
  /** A person has lifted it: whatever lies there from now on is another one. */
  lifted(): void;
  stop(): void;
}

/** Calls `halt` once for each time the file appears. */
export function watchHalt(
  clock: Clock,
  file: Pick<HaltFile, "reason">,
  halt: (reason: string) => void,
): HaltWatch {
  let isHalted = false;
  let callOff = (): void => {};
  const look = (): void => {
    const reason = file.reason();
    if (reason !== null && !isHalted) halt(reason);
    isHalted = reason !== null;
    callOff = clock.schedule(millis(clock.now() + LOOK_EVERY), look);
  };
  look();
  return {
    lifted() {
      isHalted = false;
    },
    stop: () => callOff(),
  };
}

/** A played day is over before anybody could halt it. */
export const NO_WATCH: HaltWatch = { lifted: () => {}, stop: () => {} };
