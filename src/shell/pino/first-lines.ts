/**
 * The lines of a program whose writer is not loaded yet: on the disk when the call returns.
 *
 * Loading pino takes longer than a start. What a start has to say (books made anew, a clock that was
 * set back) is said in that time, and a program that is killed in it should have said it.
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { type LogLine, textOf } from "./log-line.ts";
import { redaction } from "./redaction.ts";

/** False where it could not be written: the writer will try again, and say what is wrong. */
export type FirstLines = (line: LogLine) => boolean;

export function firstLines(path: string, secrets: () => ReadonlySet<string>): FirstLines {
  const redact = redaction(secrets);
  return (line) => {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      appendFileSync(path, `${redact(textOf(line))}\n`, { mode: 0o600 });
      return true;
    } catch {
      return false;
    }
  };
}
