/**
 * Lines for whoever looks after the program, written by pino.
 *
 * ```text
 * loud enough ─► pino: one JSON object ─┬─► the file (`log-file.ts`), redacted at its door
 *                                       └─► standard error: as it is, or readable on a terminal
 * ```
 *
 * Whoever writes a line pays for the object and its text; redaction, the disk and the press come
 * later. Long texts are cut: a line is for people.
 */
import { type Logger, pino } from "pino";
import type { LogRotation } from "../../core/model/config.ts";
import { isoOf } from "../../core/model/iso-time.ts";
import type { Clock } from "../../ports/clock.ts";
import { logFile } from "./log-file.ts";
import { cut, type LogLine } from "./log-line.ts";
import { prettyLine } from "./pretty.ts";
import { redaction } from "./redaction.ts";

export interface LogWriter {
  write(line: LogLine): void;
  flushed(): Promise<void>;
}

export interface LogWriterParts {
  readonly clock: Pick<Clock, "now">;
  readonly secrets: () => ReadonlySet<string>;
  /** To standard error; also what is wrong with the file. */
  readonly say: (line: string) => void;
  /** Null: to standard error alone. */
  readonly file: { readonly path: string; readonly rotation: LogRotation } | null;
  /** Readable, with or without colour; null: JSON. */
  readonly pretty: { readonly colour: boolean } | null;
}

export function logWriter(parts: LogWriterParts): LogWriter {
  const redact = redaction(parts.secrets);
  const file = parts.file === null ? null : fileFor(parts, parts.file, redact);
  const door = file ?? {
    write: (line: string) => parts.say(shown(redact(line), parts.pretty)),
    flushed: () => Promise.resolve(),
  };
  const logger = pino(
    { base: null, level: "debug", timestamp: false, formatters: { level: (level) => ({ level }) } },
    { write: (line) => door.write(line.trimEnd()) },
  );
  return {
    write: (line) => write(logger, line),
    flushed: door.flushed,
  };
}

function fileFor(
  { clock, say }: LogWriterParts,
  file: NonNullable<LogWriterParts["file"]>,
  redact: ReturnType<typeof redaction>,
) {
  const lost = (count: number): string =>
    JSON.stringify({ level: "warn", at: isoOf(clock.now()), event: "log-recovered", lost: count });
  return logFile({ ...file, clock, redact, lost, complain: say });
}

/** Whatever is wrong with a line, it is not worth a trade. */
function write(logger: Logger, { at, level, component, event, detail }: LogLine): void {
  try {
    logger[level]({ at: isoOf(at), component, event, ...cut(detail) });
  } catch (failure) {
    logger.error({ at: isoOf(at), component, event: "log-line-lost", detail: String(failure) });
  }
}

const shown = (line: string, pretty: LogWriterParts["pretty"]): string =>
  pretty === null ? line : prettyLine(line, pretty.colour);
