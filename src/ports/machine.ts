/**
 * What a start rests on, as the machine has it: asked once, before anything runs.
 *
 * 1. Nothing is changed: no directory is made, no file is left, no port stays taken.
 * 2. What the system does not tell is null, never a guess.
 * 3. Nothing is judged here; what it means is for `core/upkeep/checkup.ts`.
 */
import type { Access, DirectoryReading } from "../core/model/machine-reading.ts";

export interface PlatformReading {
  /** `20.20.2`. */
  readonly node: string;
  /** Why the database cannot be used; null where it can. */
  readonly database: string | null;
  /** What Chicago's clock is taken to show, in hours, when it is noon there. */
  readonly chicagoNoon: number;
  /** Whether a time server is followed. */
  readonly isClockKept: boolean | null;
  /** Bytes. */
  readonly memoryFree: number;
}

export interface Machine {
  platform(): Promise<PlatformReading>;
  directory(path: string): Promise<DirectoryReading>;
  /** Null where it is not there, or the system has other rules. */
  access(path: string): Access | null;
  /** Why nobody could listen there; null where one could. */
  portFault(host: string, port: number): Promise<string | null>;
}
