/**
 * The stream below the file of a log, which may break, be moved away, or be cut short at any time.
 *
 * A disk that refuses is said once and tried again after a while. Somebody else may rename the file
 * (logrotate): one that is not the one we opened is opened anew within a second.
 */
import { mkdirSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { createStream, type RotatingFileStream } from "rotating-file-stream";
import type { LogRotation } from "../../core/model/config.ts";
import type { Clock } from "../../ports/clock.ts";

export interface LogStreamParts {
  readonly path: string;
  readonly clock: Pick<Clock, "now">;
  readonly rotation: LogRotation;
  readonly complain: (words: string) => void;
}

export interface LogStream {
  /** False while the disk refuses and it is too early to try again. */
  isReady(): boolean;
  /** Whether it is with the disk. */
  write(text: string): Promise<boolean>;
}

const RETRY_AFTER = 30_000;
const LOOK_EVERY = 1_000;

export function logStream(parts: LogStreamParts): LogStream {
  const { path, clock, complain } = parts;
  let stream: RotatingFileStream | null = null;
  let inode = 0;
  let lookedAt = 0;
  let failedAt: number | null = null;

  function failed(failure: Error): void {
    const isNews = failedAt === null;
    failedAt = clock.now();
    stream = null;
    if (isNews) complain(`the log cannot be written (${codeOf(failure)}); it is tried again`);
  }

  function lookWhetherMoved(): void {
    if (Math.abs(clock.now() - lookedAt) < LOOK_EVERY) return;
    lookedAt = clock.now();
    if (stream === null || inode === 0 || inodeOf(path) === inode) return;
    stream.removeListener("error", failed);
    stream.on("error", () => {});
    stream.end();
    stream = null;
    inode = 0;
  }

  function begun(): RotatingFileStream | null {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const next = createStream(nameFor(basename(path)), optionsFor(parts));
      next.on("error", failed);
      next.on("open", () => {
        inode = inodeOf(path);
      });
      return next;
    } catch (failure) {
      failed(failure instanceof Error ? failure : new Error(String(failure)));
      return null;
    }
  }

  return {
    isReady: () => failedAt === null || Math.abs(clock.now() - failedAt) >= RETRY_AFTER,
    write(text) {
      lookWhetherMoved();
      stream ??= begun();
      const to = stream;
      if (to === null) return Promise.resolve(false);
      return new Promise((resolve) => {
        to.write(text, (failure) => {
          const isDone = failure === null || failure === undefined;
          if (isDone) failedAt = null;
          resolve(isDone);
        });
      });
    },
  };
}

/** `log-20261123-2030-01.jsonl.gz`, by the time it was begun anew. */
const nameFor =
  (name: string) =>
  (time: number | Date | null, index?: number): string => {
    if (time === null || typeof time === "number") return name;
    const [stem, ending = ""] = name.split(/(?=\.\w+$)/);
    const at = time
      .toISOString()
      .replaceAll(/[-:]|\..*/g, "")
      .replace("T", "-")
      .slice(0, 13);
    return `${stem}-${at}-${String(index).padStart(2, "0")}${ending}.gz`;
  };

const optionsFor = ({ path, rotation }: LogStreamParts) =>
  ({
    path: dirname(path),
    mode: 0o600,
    compress: "gzip",
    size: `${rotation.megabytes}M`,
    maxFiles: rotation.files,
    history: `.${basename(path)}.older`,
    ...(rotation.every !== "size" && {
      ...{ interval: rotation.every === "day" ? "1d" : "1h", intervalUTC: true },
      ...{ intervalBoundary: true, initialRotation: true },
    }),
  }) as const;

const inodeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.ino ?? 0;

const codeOf = (failure: Error): string =>
  "code" in failure ? String(failure.code) : failure.message;
