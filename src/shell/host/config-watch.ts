/**
 * Says when files of the configuration may have changed.
 *
 * ```text
 * the system's hint ─┐
 *                    ├─► look: file by file, inode, size, time ─► quiet for a moment ─► changed
 * every two seconds ─┘
 * ```
 *
 * Hints come from the directories and not from the files: an editor that writes beside and renames,
 * and Kubernetes, which turns the link `..data` to another directory, both leave the old inode
 * unwatched. A hint is only a reason to look sooner; where hints fail, as on some network drives,
 * looking alone finds every change. A directory that is gone is watched again when it is back.
 */
import { type FSWatcher, readdirSync, type Stats, statSync, watch } from "node:fs";
import { dirname, join } from "node:path";
import { millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ConfigWatch } from "../../ports/config-source.ts";

const LOOK_EVERY = 2_000;
/** Whoever saves several files, or writes one in pieces, is done by then. */
const QUIET = 200;
/** And whoever never pauses is not waited for any longer. */
const PATIENCE = 2_000;
/** Files of a directory that are looked at; packs are a few dozen. */
const FILES_MAX = 1_000;

export interface WatchParts {
  readonly clock: Clock;
  readonly changed: () => void;
}

export function watchConfig({ clock, changed }: WatchParts): ConfigWatch {
  let paths: readonly string[] = [];
  let known = "";
  let first: number | null = null;
  let callOff = { look: (): void => {}, settle: (): void => {} };
  const hints = createHints(() => look());

  function look(): void {
    const seen = stamps(paths);
    if (seen === known) return;
    known = seen;
    first ??= clock.now();
    callOff.settle();
    const due = Math.min(clock.now() + QUIET, first + PATIENCE);
    callOff = { ...callOff, settle: clock.schedule(millis(due), settle) };
  }

  /** What was changed a moment ago may be changed again by now. */
  function settle(): void {
    const seen = stamps(paths);
    const isQuiet = seen === known || clock.now() - (first ?? 0) >= PATIENCE;
    if (!isQuiet) return look();
    known = seen;
    first = null;
    changed();
  }

  function again(): void {
    hints.follow(paths);
    look();
    callOff = { ...callOff, look: clock.schedule(millis(clock.now() + LOOK_EVERY), again) };
  }

  return {
    follow(next) {
      callOff.look();
      if (next.join("\n") !== paths.join("\n")) {
        paths = next;
        known = stamps(paths);
      }
      again();
    },
    close() {
      callOff.look();
      callOff.settle();
      hints.close();
    },
  };
}

interface Hints {
  follow(paths: readonly string[]): void;
  close(): void;
}

interface Hint {
  readonly inode: string;
  readonly watcher: FSWatcher;
}

function createHints(look: () => void): Hints {
  const open = new Map<string, Hint>();
  const drop = (directory: string): void => {
    open.get(directory)?.watcher.close();
    open.delete(directory);
  };
  const begin = (directory: string, inode: string): void => {
    try {
      const watcher = watch(directory, { persistent: false }, look);
      // It is looked at every two seconds all the same, and watched anew then.
      watcher.on("error", () => drop(directory));
      open.set(directory, { inode, watcher });
    } catch (failure) {
      // Too many watches, or a drive without any: looking alone has to do.
      if (!isSystemError(failure)) throw failure;
    }
  };
  return {
    follow(paths) {
      const wanted = new Set(paths.flatMap((path) => [dirname(path), path]).filter(isDirectory));
      for (const directory of [...open.keys()]) if (!wanted.has(directory)) drop(directory);
      for (const directory of wanted) {
        const inode = stamp(directory);
        if (open.get(directory)?.inode === inode) continue;
        drop(directory);
        begin(directory, inode);
      }
    },
    close() {
      for (const directory of [...open.keys()]) drop(directory);
    },
  };
}

const isDirectory = (path: string): boolean => statsOf(path)?.isDirectory() === true;

/** Which directory it is, whatever lies in it. */
function stamp(path: string): string {
  const found = statsOf(path);
  return found === null ? "" : `${found.dev}/${found.ino}`;
}

/** Null where it is gone, or the system does not show it: a network drive comes and goes. */
function statsOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (failure) {
    if (isSystemError(failure)) return null;
    throw failure;
  }
}

const stamps = (paths: readonly string[]): string =>
  paths
    .flatMap((path) => [path, ...filesIn(path)])
    .map(fileStamp)
    .join("\n");

/** None where it is a file, or gone. */
function filesIn(path: string): readonly string[] {
  try {
    return readdirSync(path)
      .filter((name) => /\.ya?ml$/.test(name))
      .toSorted()
      .slice(0, FILES_MAX)
      .map((name) => join(path, name));
  } catch (failure) {
    if (isSystemError(failure)) return [];
    throw failure;
  }
}

function fileStamp(path: string): string {
  try {
    const { dev, ino, size, mtimeNs } = statSync(path, { bigint: true });
    return `${path} ${dev}/${ino} ${size} ${mtimeNs}`;
  } catch (failure) {
    // Not there, or not ours to see; reading it will say which.
    if (isSystemError(failure)) return `${path} ${failure.code}`;
    throw failure;
  }
}

const isSystemError = (thrown: unknown): thrown is Error & { readonly code: string } =>
  thrown instanceof Error && "code" in thrown && typeof thrown.code === "string";
