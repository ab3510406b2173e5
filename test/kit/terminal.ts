/**
 * The outside of the program for tests that run it in this process: streams that can be read, keys
 * that can be pressed, signals that can be sent, and a directory to stand in.
 */
import { PassThrough } from "node:stream";
import type { Context } from "../../src/app/context.ts";
import { runWords } from "../../src/app/program.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { ExitCode } from "../../src/ports/console.ts";
import { screenOn } from "../../src/shell/console/screen.ts";
import { systemClock } from "../../src/shell/host/clock.ts";

export interface Terminal {
  readonly context: Context;
  run(...words: readonly string[]): Promise<ExitCode>;
  /** Everything on standard output so far, and on standard error. */
  out(): string;
  err(): string;
  /** The lines of standard output as values. */
  values(): readonly unknown[];
  type(text: string): void;
  endInput(): void;
  signal(name: string): void;
  /** Codes the program left with at once. */
  readonly quits: readonly ExitCode[];
  /** Resolves when the text shows on either stream. */
  shows(text: string): Promise<void>;
}

export interface TerminalOptions {
  readonly here: string;
  /** A person sits in front of it. */
  readonly isTTY?: boolean;
  readonly clock?: Clock;
  readonly environment?: Readonly<Record<string, string>>;
}

const LOOK_EVERY = 5;

export function terminal(options: TerminalOptions): Terminal {
  const { here, isTTY = false, clock = systemClock(), environment = {} } = options;
  const [input, out, err] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const said = { out: "", err: "" };
  out.on("data", (text) => (said.out += String(text)));
  err.on("data", (text) => (said.err += String(text)));
  const keyboard = Object.assign(input, { isTTY, setRawMode: () => keyboard });
  const shape = { isTTY, columns: 100, rows: 40 };
  const listeners = new Set<(name: string) => void>();
  const quits: ExitCode[] = [];
  const context: Context = {
    here,
    version: "1.2.3",
    clock,
    input,
    screen: screenOn({
      input: keyboard,
      out: Object.assign(out, shape),
      err: Object.assign(err, shape),
      environment,
    }),
    signals: {
      listen(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    quit: (code) => void quits.push(code),
    environment,
  };
  return {
    context,
    quits,
    run: (...words) => runWords(words, context),
    out: () => said.out,
    err: () => said.err,
    values: () =>
      said.out
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)),
    type: (text) => void input.write(text),
    endInput: () => void input.end(),
    signal(name) {
      for (const listener of [...listeners]) listener(name);
    },
    async shows(text) {
      while (!`${said.out}${said.err}`.includes(text)) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
      }
    },
  };
}
