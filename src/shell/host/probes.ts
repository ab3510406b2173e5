/**
 * What this machine and this process say of themselves, as the system tells it.
 *
 * ```text
 * process.cpuUsage ─ memoryUsage.rss ─ v8 heap ─ os.freemem     a microsecond each
 * a timer, and how late it comes                                some microseconds a second
 * statfs, /proc/net/dev                                         off the event loop
 * ```
 *
 * The delay of the event loop is sampled twenty times a second: a stall is seen when it ends, and an
 * idle house is woken for nothing no more often than that. Node's own histogram of it forgets, when it
 * is emptied, whatever begins in the moment after, which is when this very reading is made use of.
 */
import { readFile, statfs } from "node:fs/promises";
import { freemem, totalmem } from "node:os";
import { getHeapStatistics } from "node:v8";
import { type Millis, millis } from "../../core/model/units.ts";
import type { HostReading, Probes } from "../../ports/probes.ts";

/** Milliseconds between two samples. */
const RESOLUTION = 50;
const NETWORK = "/proc/net/dev";

export interface ProbeParts {
  /** Any directory on the file system that is watched. */
  readonly directory: string;
  /** Another file is read in tests. */
  readonly network?: string;
}

interface Moment {
  readonly wall: number;
  readonly running: number;
  /** Microseconds. */
  readonly cpu: number;
}

function thisMoment(): Moment {
  const { user, system } = process.cpuUsage();
  return { wall: Date.now(), running: performance.now(), cpu: user + system };
}

export function hostProbes({ directory, network = NETWORK }: ProbeParts): Probes {
  const delay = loopDelays();
  let before = thisMoment();

  async function read(): Promise<HostReading> {
    const now = thisMoment();
    const ran = Math.max(1, now.running - before.running);
    const moved = Math.round(now.wall - before.wall - ran);
    const cpuShare = Math.round((now.cpu - before.cpu) / ran);
    before = now;
    const loopDelay = { longest: delay.longest() };
    const [disk, lines] = await Promise.all([diskOf(directory), networkIn(network)]);
    return {
      ...{ cpuShare, cpuSeconds: now.cpu / 1e6, loopDelay, disk, network: lines },
      clockJumped: millis(moved),
      ...memory(),
    };
  }
  return { read, close: delay.stop };
}

interface LoopDelays {
  /** Since it was asked last, with one that has not ended yet. */
  longest(): Millis;
  stop(): void;
}

/** What passes from one tick to the next beyond their distance was a delay. */
function loopDelays(): LoopDelays {
  let tickedAt = performance.now();
  let longest = 0;
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - tickedAt - RESOLUTION);
    tickedAt = now;
  };
  const timer = setInterval(tick, RESOLUTION);
  timer.unref();
  return {
    longest() {
      const most = Math.max(longest, performance.now() - tickedAt - RESOLUTION);
      longest = 0;
      return millis(Math.max(0, Math.round(most)));
    },
    stop: () => clearInterval(timer),
  };
}

function memory() {
  const { used_heap_size: heapUsed, heap_size_limit: heapLimit } = getHeapStatistics();
  return {
    resident: process.memoryUsage.rss(),
    ...{ heapUsed, heapLimit },
    memoryFree: freemem(),
    memoryTotal: totalmem(),
  };
}

async function diskOf(directory: string): Promise<HostReading["disk"]> {
  try {
    const { bavail, bsize, blocks } = await statfs(directory);
    return { free: bavail * bsize, total: blocks * bsize };
  } catch {
    return null; // a file system that does not say
  }
}

/** Only Linux has the file; elsewhere nobody tells without being asked at length. */
async function networkIn(path: string): Promise<HostReading["network"]> {
  try {
    return networkOf(await readFile(path, "utf8"));
  } catch {
    return null;
  }
}

/** `  eth0: 1234 5 0 0 0 0 0 0  5678 ...`: bytes in first, bytes out ninth. */
function networkOf(text: string): HostReading["network"] {
  let [received, sent] = [0, 0];
  for (const line of text.split("\n")) {
    const [name, figures] = line.split(":");
    if (figures === undefined || name?.trim() === "lo") continue;
    const numbers = figures.trim().split(/\s+/).map(Number);
    received += numbers[0] ?? 0;
    sent += numbers[8] ?? 0;
  }
  return { received, sent };
}
