/**
 * Lines for whoever looks after the program: one JSON object a line, in `log.jsonl` in the data
 * directory, or on standard error.
 *
 * ```text
 * write(level, event, detail) ─► loud enough? ─► secrets out ─► line ─► file, full? ─► log.1.jsonl
 * ```
 *
 * The file has a ceiling: when it is reached it becomes `log.1.jsonl`, in place of the one before,
 * and a new one begins. A log that cannot be written is said once on standard error and then given
 * up: it is the last thing that may stop a trade.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { LogLevel as Threshold } from "../../core/model/config.ts";
import { isoOf } from "../../core/model/iso-time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log, LogLevel } from "../../ports/log.ts";

export interface LogOptions {
  readonly threshold: () => Threshold;
  readonly clock: Pick<Clock, "now">;
  readonly write: (line: string) => void;
}

const LOUDNESS: Readonly<Record<LogLevel | Threshold, number>> = {
  debug: 0,
  info: 1,
  warn: 2,
  warning: 2,
  error: 3,
};

export const createLog = ({ threshold, clock, write }: LogOptions): Log => ({
  write(level, event, detail = {}) {
    if (LOUDNESS[level] < LOUDNESS[threshold()]) return;
    write(withoutSecrets(JSON.stringify({ at: isoOf(clock.now()), level, event, ...detail })));
  },
});

/** What keys look like: a long run of letters and digits, or what stands behind such a word. */
const SECRETS: readonly RegExp[] = [
  // Looked for only where such a run begins, or a long one would be gone through from every sign.
  /(?<![\w-])[\w-]{20,}\.[\w-]{6,}\.[\w-]{20,}/g,
  /(?<=\b(?:token|secret|password|api[_-]?key)["']?\s*[:=]\s*["']?)[^\s"',}]{6,}/gi,
  /(?<=\bbearer )[\w.~+/-]{6,}/gi,
  /(?<=\/api\/webhooks\/\d+\/)[\w-]{20,}/g,
];

/** The last door before a log leaves the program: nothing that looks like a key goes through. */
export const withoutSecrets = (line: string): string =>
  SECRETS.reduce((text, secret) => text.replace(secret, "[removed]"), line);

const SIZE_MAX = 5 * 2 ** 20;

/** Appends lines to a file that never grows beyond its ceiling. */
export function rotatingFile(
  path: string,
  complain: (line: string) => void,
  sizeMax: number = SIZE_MAX,
): (line: string) => void {
  let size: number | null = null;
  let isGivenUp = false;
  const append = (line: string): void => {
    size ??= sizeNow(path);
    if (size + line.length > sizeMax && size > 0) {
      renameSync(path, path.replace(/(\.\w+)?$/, ".1$1"));
      size = 0;
    }
    appendFileSync(path, `${line}\n`, { mode: 0o600 });
    size += Buffer.byteLength(line) + 1;
  };
  return (line) => {
    if (isGivenUp) return;
    try {
      append(line);
    } catch (failure) {
      isGivenUp = true;
      complain(`the log cannot be written any more: ${String(failure)}`);
    }
  };
}

function sizeNow(path: string): number {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
