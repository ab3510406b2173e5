/**
 * The file of a log: begun anew by size and by day, the older ones pressed, the oldest gone.
 *
 * ```text
 * line ─► queue ─► batch, at the end of the turn ─► log.jsonl ─ full, or a new day ─► log-….jsonl.gz
 *           └─ not on the disk yet when the process ends: appended then, at once
 * ```
 *
 * Nothing here throws, and nothing waits: what the disk refuses stays in the queue, and what does not
 * fit in there is counted.
 */
import { appendFileSync } from "node:fs";
import { type LogStreamParts, logStream } from "./log-stream.ts";
import type { Redaction } from "./redaction.ts";

export interface LogFile {
  write(line: string): void;
  /** All that was written is on the disk, or cannot be. */
  flushed(): Promise<void>;
}

export interface LogFileParts extends LogStreamParts {
  readonly redact: Redaction;
  /** Says how many lines were lost, once there is room again. */
  readonly lost: (count: number) => string;
}

const QUEUE_MAX = 10_000;

/** What stays to be written when a process ends. */
const unsaved = new Set<() => void>();
let isGuarded = false;

export function logFile(parts: LogFileParts): LogFile {
  const { path, redact } = parts;
  const stream = logStream(parts);
  let queue: string[] = [];
  let under: readonly string[] = [];
  let dropped = 0;
  let flushing: Promise<void> | null = null;

  async function flush(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0 && stream.isReady()) {
      under = queue.splice(0);
      const isDone = await stream.write(textOf(under, redact));
      if (!isDone) keep([...under, ...queue]);
      under = [];
      if (isDone && dropped > 0) queue.push(parts.lost(dropped));
      if (isDone) dropped = 0;
    }
  }

  function keep(lines: readonly string[]): void {
    dropped += Math.max(0, lines.length - QUEUE_MAX);
    queue = lines.slice(-QUEUE_MAX);
  }

  const flushed = (): Promise<void> => {
    flushing ??= flush().finally(() => {
      flushing = null;
      if (queue.length === 0) unsaved.delete(save);
    });
    return flushing;
  };

  /** The process ends: there is no later. */
  function save(): void {
    const rest = textOf([...under, ...queue], redact);
    queue = [];
    if (rest !== "" && stream.isReady()) appendFileSync(path, rest, { mode: 0o600 });
  }

  return {
    write(line) {
      if (queue.length >= QUEUE_MAX) {
        dropped += 1;
        return;
      }
      queue.push(line);
      unsaved.add(save);
      guardExit();
      void flushed();
    },
    flushed,
  };
}

const textOf = (lines: readonly string[], redact: Redaction): string =>
  lines.map((line) => `${redact(line)}\n`).join("");

function guardExit(): void {
  if (isGuarded) return;
  isGuarded = true;
  process.on("exit", () => {
    for (const save of unsaved) {
      try {
        save();
      } catch {
        // There is nobody left to tell, and the others are still to be saved.
      }
    }
  });
}
