/**
 * Looks at the machine before a start: Node.js, the database, the clock, the data directory, ports.
 *
 * ```text
 * directory there?   ─ yes ─► may it be written ─ statfs: free, and what kind of file system
 *                    └ no ──► the same of the nearest folder above it
 * ```
 */
import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, resolve } from "node:path";
import { availableMemory } from "node:process";
import type { Access, DirectoryReading } from "../../core/model/machine-reading.ts";
import type { Machine } from "../../ports/machine.ts";
import { IN_MEMORY, NETWORKS } from "../../std/file-systems.ts";

export interface MachineParts {
  /** Opens a database in memory, writes and reads; throws where that cannot be. */
  readonly tryDatabase: () => Promise<void>;
  /** Tells whether a time server is followed: `yes`, `no`, or whatever was said instead. */
  readonly askClock?: () => Promise<string>;
}

/** Noon in Chicago, on a day of summer time. */
const NOON = Date.UTC(2026, 6, 1, 17);
const ANSWER_WITHIN = 3_000;

export function hostMachine({ tryDatabase, askClock = timedatectl }: MachineParts): Machine {
  return {
    async platform() {
      return {
        node: process.versions.node,
        database: await tryDatabase().then(() => null, saidBy),
        chicagoNoon: hourInChicago(NOON),
        isClockKept: keptFrom(await askClock()),
        memoryFree: availableMemory(),
      };
    },
    directory,
    access: accessOf,
    portFault,
  };
}

function faultOf(task: () => void): string | null {
  try {
    task();
    return null;
  } catch (failure) {
    return saidBy(failure);
  }
}

const saidBy = (failure: unknown): string =>
  (failure instanceof Error ? failure.message : String(failure)).split("\n")[0] ?? "";

/** A Node.js without its tables takes every zone for UTC, or refuses the name. */
function hourInChicago(at: number): number {
  try {
    const format = { timeZone: "America/Chicago", hour: "2-digit", hourCycle: "h23" } as const;
    return Number(new Intl.DateTimeFormat("en-GB", format).format(at));
  } catch {
    return Number.NaN;
  }
}

const keptFrom = (said: string): boolean | null =>
  said === "yes" ? true : said === "no" ? false : null;

function timedatectl(): Promise<string> {
  const words = ["show", "--property=NTPSynchronized", "--value"];
  return new Promise((done) => {
    execFile("timedatectl", words, { timeout: ANSWER_WITHIN }, (failure, said) =>
      done(failure === null ? said.trim() : ""),
    );
  });
}

async function directory(path: string): Promise<DirectoryReading> {
  const isThere = existsSync(path);
  const nearest = isThere ? path : folderAbove(resolve(path));
  const fault = faultOf(() => mayWrite(nearest));
  return {
    ...{ isThere, fault, access: isThere ? accessOf(path) : null },
    ...(await fileSystemOf(nearest)),
  };
}

function mayWrite(path: string): void {
  if (!statSync(path).isDirectory()) throw new Error("it is not a directory");
  accessSync(path, constants.W_OK | constants.X_OK);
}

function folderAbove(path: string): string {
  const above = dirname(path);
  return existsSync(above) || above === path ? above : folderAbove(above);
}

async function fileSystemOf(
  path: string,
): Promise<Omit<DirectoryReading, "isThere" | "fault" | "access">> {
  try {
    const { bavail, bsize, type } = await statfs(path);
    const network = NETWORKS.get(type) ?? null;
    return { free: bavail * bsize, network, isInMemory: IN_MEMORY.has(type) };
  } catch {
    return { free: null, network: null, isInMemory: false };
  }
}

function accessOf(path: string): Access | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || process.platform === "win32") return null;
  return { othersRead: (found.mode & 0o044) !== 0, othersWrite: (found.mode & 0o022) !== 0 };
}

function portFault(host: string, port: number): Promise<string | null> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", (failure) => done(codeOf(failure)));
    server.listen({ host, port, exclusive: true }, () => server.close(() => done(null)));
  });
}

const codeOf = (failure: Error): string =>
  "code" in failure && typeof failure.code === "string" ? failure.code : failure.message;
