/**
 * Time in which both sides could run: what a machine with too much to do takes away does not count.
 *
 * ```text
 * clock on the wall ── waiting for a processor, here ── waiting for a processor, in the house ──► now
 * ```
 *
 * A bound of a second and a half is a promise about the program, not about its neighbours. Linux says
 * how long a thread had something to do and no processor to do it on; elsewhere nothing is taken off.
 */
import { readFileSync } from "node:fs";

export interface MachineTime {
  now(): number;
  /** The process that is measured from here on. */
  follow(pid: number | undefined): void;
}

export function machineTime(): MachineTime {
  const here = heldUp("/proc/thread-self/schedstat");
  let past = 0;
  let house = (): number => 0;
  return {
    now: () => Date.now() - here() - past - house(),
    follow(pid) {
      past += house();
      house = heldUp(`/proc/${pid}/schedstat`);
    },
  };
}

const NANOS_PER_MILLI = 1_000_000;

/** Milliseconds since now; what was read last where the process is gone. */
function heldUp(path: string): () => number {
  let latest = 0;
  const read = (): number => {
    latest = waitedIn(path) ?? latest;
    return latest;
  };
  const before = read();
  return () => read() - before;
}

function waitedIn(path: string): number | null {
  try {
    const [, nanos = "0"] = readFileSync(path, "utf8").split(" ");
    return Number(nanos) / NANOS_PER_MILLI;
  } catch {
    return null; // not on this system, or it has ended: then nothing more is taken off
  }
}
