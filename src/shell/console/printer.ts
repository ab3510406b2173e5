/**
 * What the program says, and to whom.
 *
 * ```text
 * standard output    the answer: lines, or JSON Lines with --json        ─► may end in a pipe
 * standard error     remarks, progress on a terminal                     ─► never in the answer
 * ```
 *
 * Whatever command it comes from, a line of text moves no cursor and turns no number around: what is
 * typed, and what a file holds, comes back in complaints about it.
 *
 * A reader may leave at any time (`| head -1`). That is no fault: what would be said from then on is
 * dropped, and whoever prints long lists looks at `isDeaf` and stops. A trading process goes on.
 */
import { cutTo } from "../../core/views/plain-text.ts";
import { renderLines } from "../../core/views/timeline.ts";
import type { ProgressBar, Screen } from "../../ports/console.ts";
import type { Output } from "./output.ts";
import { type Bar, statusBarOn } from "./status-bar.ts";

export interface PrinterOptions {
  readonly out: Output;
  readonly err: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface Printer extends Omit<Screen, "choose" | "ask" | "isInteractive"> {
  readonly bar: Bar | null;
}

/** Nothing is cut in a pipe: a program reads it. */
const PIPE_COLUMNS = 1_000;

export function printer({ out, err, environment }: PrinterOptions): Printer {
  const bar = statusBarOn(out, environment);
  const around: Around = bar === null ? atOnce : bar.around;
  const answer = sink(out, around);
  const remarks = sink(err, err.isTTY === true ? around : atOnce);
  const look = lookOf(out, environment);
  const colour = look === "coloured";
  const columns = (): number => (out.isTTY === true ? out.columns || 80 : PIPE_COLUMNS);
  return {
    ...{ bar, columns, look },
    print: (text) => answer.line(tame(text)),
    printJson: (value) => answer.line(escaped(JSON.stringify(value))),
    tell(line, prefix) {
      const room = columns() - prefix.length;
      const [first = "", ...more] = renderLines(line, { columns: room, colour });
      answer.line(`${prefix}${first}`);
      for (const one of more) answer.line(`${" ".repeat(prefix.length)}${one}`);
    },
    remark: (text) => remarks.line(tame(text)),
    isDeaf: answer.isDeaf,
    progress: (label) => (err.isTTY === true ? progressOn(err, label) : SILENT),
    flushed: async () => {
      await answer.flushed();
      await remarks.flushed();
    },
  };
}

function lookOf(out: Output, environment: PrinterOptions["environment"]): Screen["look"] {
  if (out.isTTY === true && environment["TERM"] === "dumb") return "dumb";
  return out.isTTY === true && (environment["NO_COLOR"] ?? "") === "" ? "coloured" : "plain";
}

/** Controls but the end of a line and the tab, and the marks that turn the direction of reading. */
const COMMANDING = /(?![\n\t])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const tame = (text: string): string => text.replace(COMMANDING, " ");

/** Inside JSON they stand only in strings, and mean the same written as numbers. */
const escaped = (json: string): string =>
  json.replace(COMMANDING, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

interface Sink {
  line(text: string): void;
  isDeaf(): boolean;
  flushed(): Promise<void>;
}

type Around = (write: () => void) => void;
const atOnce: Around = (write) => write();

function sink(stream: Output, around: Around): Sink {
  let isDeaf = false;
  // Whatever went wrong with the reader: there is nobody left to tell it to.
  stream.on("error", () => {
    isDeaf = true;
  });
  return {
    line(text) {
      if (!isDeaf) around(() => void stream.write(`${text}\n`));
    },
    isDeaf: () => isDeaf || stream.destroyed,
    flushed: () =>
      new Promise((resolve) => {
        if (isDeaf || stream.destroyed) resolve();
        else stream.write("", () => resolve());
      }),
  };
}

const SILENT: ProgressBar = { report: () => {}, end: () => {} };

/** Redrawn at most ten times a second. */
const REDRAW_EVERY = 100;

function progressOn(stream: Output, label: string): ProgressBar {
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    report(done, total) {
      const now = performance.now();
      if (now - drawnAt < REDRAW_EVERY && done < total) return;
      drawnAt = now;
      const share = total === 0 ? 100 : Math.floor((done * 100) / total);
      const text = `${label} ${share} % (${done} of ${total})`;
      stream.write(`\r${cutTo(text, (stream.columns || 80) - 1)}\u001b[K`);
    },
    end: () => void stream.write("\r\u001b[K"),
  };
}
