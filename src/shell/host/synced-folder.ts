/**
 * Folders that a program of somebody else keeps equal with a cloud: OneDrive, iCloud, Dropbox, Google
 * Drive. Books must not lie there.
 *
 * Such a program copies a database while it is written, locks it at the wrong moment, and can bring
 * yesterday's journal back, with trades of today still open at the venue.
 *
 * ```text
 * path ─► links followed ─┬─ a folder of such a name on the way    "OneDrive - Contoso", "Dropbox"
 *                         ├─ below what the environment names      %OneDrive%
 *                         └─ a mark such a program leaves          .dropbox.cache
 * ```
 */
import { existsSync, realpathSync } from "node:fs";
import { type Person, pathsOf, thisPerson, userDataDirectory } from "./user-directory.ts";

export interface SyncedFolder {
  readonly service: "OneDrive" | "iCloud" | "Dropbox" | "Google Drive" | "a cloud";
  /** The folder that is kept equal. */
  readonly root: string;
}

interface Named {
  readonly service: SyncedFolder["service"];
  readonly name: RegExp;
}

/** As these programs name their folders, on any system; macOS puts all of them in CloudStorage. */
const NAMES: readonly Named[] = [
  { service: "OneDrive", name: /^OneDrive(?: - .{1,200}|-.{1,200})?$/i },
  { service: "iCloud", name: /^(?:iCloud ?Drive|Mobile Documents|com~apple~CloudDocs)$/i },
  { service: "Dropbox", name: /^Dropbox(?: \(.{1,200}\)|-.{1,200})?$/i },
  { service: "Google Drive", name: /^(?:Google ?Drive(?:-.{1,200})?|My Drive|DriveFS)$/i },
  { service: "a cloud", name: /^CloudStorage$/i },
];

const VARIABLES = ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"] as const;
const MARKS: readonly { readonly service: SyncedFolder["service"]; readonly file: string }[] = [
  { service: "Dropbox", file: ".dropbox.cache" },
  { service: "Google Drive", file: ".tmp.drivedownload" },
];

/** Null for a folder that is kept equal with nothing, as far as can be seen. */
export function syncedFolder(path: string, person: Person = thisPerson()): SyncedFolder | null {
  const whole = followed(path, person);
  return byName(whole, person) ?? byVariable(whole, person) ?? byMark(whole, person);
}

/** Null, or what is wrong with the directory and how to put it right. */
export function syncedFolderFault(path: string, person: Person = thisPerson()): string | null {
  const found = syncedFolder(path, person);
  if (found === null) return null;
  const other = userDataDirectory(person);
  return `${path} lies in ${found.root}, which ${found.service} keeps equal with its copy: it can lock the books or bring old ones back; name another place (--data, or dataDirectory in the configuration), such as ${other}`;
}

/** Itself and every folder above it, from the root down. */
function foldersTo(path: string, { platform }: Person): readonly string[] {
  const { dirname } = pathsOf({ platform });
  const above = dirname(path);
  return above === path ? [path] : [...foldersTo(above, { platform } as Person), path];
}

function byName(path: string, person: Person): SyncedFolder | null {
  const { basename } = pathsOf(person);
  for (const folder of foldersTo(path, person)) {
    const found = NAMES.find(({ name }) => name.test(basename(folder)));
    if (found === undefined) continue;
    // What lies in it says whose it is.
    return (
      (found.service === "a cloud" ? within(path, folder, person) : null) ?? {
        service: found.service,
        root: folder,
      }
    );
  }
  return null;
}

function within(path: string, folder: string, person: Person): SyncedFolder | null {
  const { basename } = pathsOf(person);
  const next = foldersTo(path, person).find((one) => one.length > folder.length);
  const found = next && NAMES.find(({ name }) => name.test(basename(next)));
  return found ? { service: found.service, root: next } : null;
}

function byVariable(path: string, person: Person): SyncedFolder | null {
  const { relative, isAbsolute } = pathsOf(person);
  for (const name of VARIABLES) {
    const root = person.environment[name];
    if (root === undefined || !isAbsolute(root)) continue;
    const rest = relative(root, path);
    if (!rest.startsWith("..") && !isAbsolute(rest)) return { service: "OneDrive", root };
  }
  return null;
}

function byMark(path: string, person: Person): SyncedFolder | null {
  const { join } = pathsOf(person);
  for (const root of foldersTo(path, person)) {
    const found = MARKS.find(({ file }) => existsSync(join(root, file)));
    if (found !== undefined) return { service: found.service, root };
  }
  return null;
}

/** What is not there yet will lie where the folder above it really is. */
function followed(path: string, person: Person): string {
  const { dirname, basename, join, resolve } = pathsOf(person);
  const whole = resolve(path);
  if (existsSync(whole)) return realpathSync(whole);
  const above = dirname(whole);
  return above === whole ? whole : join(followed(above, person), basename(whole));
}
