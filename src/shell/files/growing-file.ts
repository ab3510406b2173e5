/**
 * A file that others write to while we read it.
 *
 * ```text
 *   look() ─► bytes          the next part, at most SLICE of it
 *          ─► nothing-new
 *          ─► started-anew   opened, or moved away and replaced, emptied, rewritten:
 *                            what follows is from the beginning
 *          ─► fault          it is not there, or cannot be read
 * ```
 *
 * It stays open: a log that is moved away is read to its end before its successor is begun. Whether
 * a file only grew is seen from its length and from the last bytes read, which must still be there;
 * editors that save in place would else be read from the middle of a word.
 *
 * Reads are synchronous and short, a slice each, so that nobody has to wait and nothing can change
 * under an `await`.
 */
import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";

export type Growth =
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  | { readonly kind: "nothing-new" }
  | {
      readonly kind: "started-anew";
      /** The one read before is complete: it was moved away, not changed. */
      readonly wasReplaced: boolean;
    }
  | { readonly kind: "fault"; readonly reason: string };

export interface GrowingFile {
  look(): Growth;
  close(): void;
}

/** Read in well under a millisecond. */
const SLICE = 65_536;
/** Bytes compared to tell growth from change. */
const TAIL = 64;

interface Open {
  readonly handle: number;
  readonly device: number;
  readonly inode: number;
  position: number;
  /** The last bytes before `position`. */
  tail: Buffer;
}

export function growingFile(path: string): GrowingFile {
  let open: Open | null = null;

  const begin = (wasReplaced: boolean): Growth => {
    const handle = openSync(path, "r");
    if (open !== null) closeSync(open.handle);
    const { dev, ino } = fstatSync(handle);
    open = { handle, device: dev, inode: ino, position: 0, tail: Buffer.alloc(0) };
    return { kind: "started-anew", wasReplaced };
  };

  const lookInto = (file: Open): Growth => {
    const { size } = fstatSync(file.handle);
    if (!isAsWeLeftIt(file, size)) return begin(false);
    if (size > file.position) return readOn(file);
    const present = statSync(path, { throwIfNoEntry: false });
    // Moved away with nothing in its place yet: its writer may still be adding.
    if (present === undefined || isSame(file, present)) return { kind: "nothing-new" };
    return begin(true);
  };

  return {
    look() {
      try {
        return open === null ? begin(false) : lookInto(open);
      } catch (failure) {
        return { kind: "fault", reason: reasonOf(failure) };
      }
    },
    close() {
      if (open !== null) closeSync(open.handle);
      open = null;
    },
  };
}

const isSame = (file: Open, stats: Stats): boolean =>
  file.device === stats.dev && file.inode === stats.ino;

function isAsWeLeftIt(file: Open, size: number): boolean {
  if (size < file.position) return false;
  if (size === file.position) return true;
  const tail = bytesAt(file.handle, file.position - file.tail.length, file.tail.length);
  return tail.equals(file.tail);
}

function readOn(file: Open): Growth {
  const bytes = bytesAt(file.handle, file.position, SLICE);
  if (bytes.length === 0) return { kind: "nothing-new" }; // shortened since we asked
  file.position += bytes.length;
  file.tail = Buffer.concat([file.tail, bytes]).subarray(-TAIL);
  return { kind: "bytes", bytes };
}

function bytesAt(handle: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const count = readSync(handle, bytes, 0, length, position);
  return bytes.subarray(0, count);
}

function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error) || !("code" in failure)) throw failure;
  if (failure.code === "ENOENT") return "there is no such file";
  return failure.code === "EISDIR" ? "it is a folder, not a file" : failure.message;
}
