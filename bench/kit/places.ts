/**
 * Where the books of a round lie: on a real disk, or in memory that behaves as one.
 *
 * The disk's tail is its host's; on memory the same program shows what is ours.
 */
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Place {
  readonly name: "disk" | "memory";
  readonly fileSystem: string;
  /** A new, empty folder. */
  folder(): string;
  hasRoomFor(bytes: number): boolean;
  /** Away with everything made so far. */
  clear(): void;
}

/** Linux magic numbers; elsewhere, and for any other, the number itself is named. */
const FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0xef53, "ext4"],
  [0x01021994, "tmpfs"],
  [0x9123683e, "btrfs"],
  [0x58465342, "xfs"],
  [0x794c7630, "overlay"],
  [0x2fc12fc1, "zfs"],
]);

/** Beside the bundle this program runs from, so on the disk of the checkout. */
const BESIDE = fileURLToPath(new URL("../bench", import.meta.url));
const SHARED_MEMORY = "/dev/shm";

export const diskPlace = (): Place => placeIn("disk", BESIDE);

export function memoryPlace(): Place | null {
  try {
    if (fileSystemOf(SHARED_MEMORY) !== "tmpfs") return null;
  } catch {
    return null; // not on this system
  }
  return placeIn("memory", join(SHARED_MEMORY, "tradestream-bench"));
}

function placeIn(name: Place["name"], above: string): Place {
  mkdirSync(above, { recursive: true });
  const home = mkdtempSync(join(above, "run-"));
  return {
    name,
    fileSystem: fileSystemOf(home),
    hasRoomFor(bytes) {
      const { bavail, bsize } = statfsSync(home);
      return bavail * bsize > bytes;
    },
    folder: () => mkdtempSync(join(home, "books-")),
    clear: () => rmSync(home, { recursive: true, force: true }),
  };
}

function fileSystemOf(path: string): string {
  const { type } = statfsSync(path);
  return FILE_SYSTEMS.get(type) ?? `0x${type.toString(16)}`;
}
