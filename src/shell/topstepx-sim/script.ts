/**
 * A script for the stand-in venue: times and cues.
 *
 * ```text
 * # a quiet open, then a fast market on a bad line
 * 0      price MES 6326.25
 * 30s    fault answer-lost 0.2
 * 90s    price MES 6333.50
 * +250ms price MES 6316.00        a quarter of a second after the line before
 * 3m     session closed
 * ```
 *
 * Times count from the start of the venue and never run backwards. What stands behind a `#` and a
 * blank, or at the start of a line, is for people.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { readDuration } from "./cue-words.ts";
import { type Cue, readCue } from "./cues.ts";

export interface TimedCue {
  /** From the start. */
  readonly after: Millis;
  readonly cue: Cue;
  /** In the script, counted from 1. */
  readonly line: number;
}

const LINES_MAX = 100_000;

/** The first fault ends it: half a script is no script. */
export function readScript(text: string): Result<readonly TimedCue[], string> {
  const lines = text.split(/\r?\n/);
  if (lines.length > LINES_MAX) return err(`a script has at most ${LINES_MAX} lines`);
  const cues: TimedCue[] = [];
  for (const [index, written] of lines.entries()) {
    const words = written.replace(/(^|\s)#.*$/, "").trim();
    if (words === "") continue;
    const read = readLine(words, cues.at(-1)?.after ?? millis(0));
    if (!read.ok) return err(`line ${index + 1}: ${read.error}`);
    cues.push({ ...read.value, line: index + 1 });
  }
  return ok(cues);
}

function readLine(words: string, before: Millis): Result<Omit<TimedCue, "line">, string> {
  const [, plus, word = "", rest = ""] = /^(\+?)(\S+)\s*(.*)$/.exec(words) ?? [];
  const time = readDuration(word);
  if (time === null) return err(`${plus}${word} is no time, such as 0, 1.5s, 2m or +250ms`);
  const after = millis(plus === "+" ? before + time : time);
  if (after < before) return err("times do not run backwards");
  if (rest === "") return err("there is a time and nothing to do");
  const cue = readCue(rest);
  if (!cue.ok) return cue;
  return cue.value.kind === "advance"
    ? err("a script follows the clock and cannot advance it")
    : ok({ after, cue: cue.value });
}

export interface ScriptRun {
  readonly clock: Clock;
  readonly cues: readonly TimedCue[];
  readonly perform: (cue: TimedCue) => void;
}

/** Returns what stops it. */
export function runScript({ clock, cues, perform }: ScriptRun): () => void {
  const startedAt = clock.now();
  let next = 0;
  let callOff = (): void => {};
  const wait = (): void => {
    const cue = cues[next];
    if (cue === undefined) return;
    callOff = clock.schedule(millis(startedAt + cue.after), () => {
      next += 1;
      perform(cue);
      wait();
    });
  };
  wait();
  return () => callOff();
}
