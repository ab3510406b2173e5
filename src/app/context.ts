/** What every command is handed: the world it runs in, and nothing of its own. */
import type { Readable } from "node:stream";
import type { Clock } from "../ports/clock.ts";
import type { ExitCode, Screen, StopSignals } from "../ports/console.ts";

export interface Context {
  /** The directory relative paths count from. */
  readonly here: string;
  readonly version: string;
  readonly screen: Screen;
  readonly input: Readable;
  readonly clock: Clock;
  readonly signals: StopSignals;
  /** Variables that may hold keys of the configuration; left out: none. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Leaves at once, with nothing tidied up: for the second Ctrl-C. */
  readonly quit: (code: ExitCode) => void;
}

/** Why a command cannot do what it was asked: what to print, and how to leave. */
export interface Stopped {
  readonly code: ExitCode;
  readonly lines: readonly string[];
}

export const stopped = (code: ExitCode, ...lines: readonly string[]): Stopped => ({ code, lines });

/** Says why and gives the exit code. */
export function leave({ screen }: Pick<Context, "screen">, { code, lines }: Stopped): ExitCode {
  for (const line of lines) screen.remark(line);
  return code;
}
