/**
 * What the machine and the process can say of themselves.
 *
 * 1. A reading holds the event loop for well under a millisecond, whatever the machine does.
 * 2. What counts since the reading before, the first since the probes were opened, is told once:
 *    whoever reads has it.
 * 3. What the system does not tell is null, never a guess.
 */
import type { Millis } from "../core/model/units.ts";

export interface HostReading {
  /** Processor time of this process since the reading before, of one core, thousandths. */
  readonly cpuShare: number;
  /** Seconds of processor time since the process began. */
  readonly cpuSeconds: number;
  /** Bytes. */
  readonly resident: number;
  readonly heapUsed: number;
  readonly heapLimit: number;
  readonly memoryFree: number;
  readonly memoryTotal: number;
  /** Of the file system the data directory lies on. */
  readonly disk: { readonly free: number; readonly total: number } | null;
  /** How late timers came since the reading before. */
  readonly loopDelay: { readonly longest: Millis };
  /** By how much the clock moved otherwise than the machine ran, since the reading before. */
  readonly clockJumped: Millis;
  /** Bytes since the machine was started, over all its lines but the loopback. */
  readonly network: { readonly received: number; readonly sent: number } | null;
}

export interface Probes {
  read(): Promise<HostReading>;
  close(): void;
}
