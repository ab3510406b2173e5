/**
 * A chat file: read to its end, then followed as it grows.
 *
 * ```text
 *   open ─► read to the end ─┬─ once ─► end
 *                            └─ wait: a sign from the system, or a look every quarter second
 *                                 grew                  ─► read on
 *                                 another file, shorter,
 *                                 or rewritten          ─► read it from its beginning
 * ```
 *
 * Nothing is remembered from run to run and a file is never assumed to be the one we knew: reading
 * it again gives the same ids, and messages taken before change nothing.
 *
 * A record waits for the end of its line. The last text waits for a blank line or, since people
 * forget it, for a second in which nothing was added. Time and looks come from the clock, so a test
 * needs no waiting; the system's sign only makes a look come sooner.
 */
import { type FSWatcher, watch } from "node:fs";
import { basename } from "node:path";
import { type Millis, millis } from "../../core/model/units.ts";
import type { AlertSource, SourceListener } from "../../ports/alert-source.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Growth, growingFile } from "./growing-file.ts";
import { type LineReader, lineReader } from "./lines.ts";
import { type MessageFormat, type MessageReader, messageReader } from "./message-reader.ts";

export interface ChatFileOptions {
  readonly path: string;
  readonly clock: Clock;
  /** Stops at the end instead of following. */
  readonly once: boolean;
  /** The channel of messages that name none; the file's name unless given. */
  readonly channel?: string;
}

const LOOK_EVERY = 250;
/** A text nobody added to for so long is complete. */
const SILENCE = 1_000;

/** Endings that tell what is inside; otherwise the first line does. */
const FORMATS: Readonly<Record<string, MessageFormat>> = {
  jsonl: "records",
  ndjson: "records",
  txt: "texts",
};

export function chatFile(options: ChatFileOptions): AlertSource {
  let close = (): void => {};
  return {
    name: options.path,
    open(listener) {
      close = options.once ? readOnce(options, listener) : follow(options, listener);
    },
    close: () => close(),
  };
}

interface Readers {
  readonly lines: LineReader;
  readonly messages: MessageReader;
}

function readersFor(options: ChatFileOptions, listener: SourceListener): Readers {
  const name = basename(options.path);
  const origin = {
    source: "chat-file",
    where: options.path,
    channel: options.channel ?? name,
    format: FORMATS[name.slice(name.lastIndexOf(".") + 1)] ?? null,
    now: options.clock.now,
  } as const;
  const messages = messageReader(origin, listener);
  return { lines: lineReader(messages), messages };
}

function readOnce(options: ChatFileOptions, listener: SourceListener): () => void {
  const { clock, path } = options;
  const file = growingFile(path);
  const { lines, messages } = readersFor(options, listener);
  const step = (): void => {
    const growth = file.look();
    if (growth.kind === "bytes") lines.push(growth.bytes);
    if (growth.kind === "bytes" || growth.kind === "started-anew") {
      callOff = clock.schedule(clock.now(), step);
      return;
    }
    if (growth.kind === "fault") listener.fault({ where: path, reason: growth.reason });
    file.close();
    lines.end();
    messages.pause();
    listener.end();
  };
  let callOff = clock.schedule(clock.now(), step);
  return () => {
    callOff();
    file.close();
  };
}

function follow(options: ChatFileOptions, listener: SourceListener): () => void {
  const { clock, path } = options;
  const file = growingFile(path);
  let readers = readersFor(options, listener);
  let newestAt = clock.now();
  let complaint: string | null = null;
  let bell: FSWatcher | null = null;

  const lookAt = (at: Millis): void => {
    callOff();
    callOff = clock.schedule(at, look);
  };
  const look = (): void => {
    const growth = file.look();
    take(growth);
    // More may be there already; other work of the process goes in between.
    const isBusy = growth.kind === "bytes" || growth.kind === "started-anew";
    lookAt(millis(clock.now() + (isBusy ? 0 : LOOK_EVERY)));
  };
  const take = (growth: Growth): void => {
    complain(growth.kind === "fault" ? growth.reason : null);
    if (growth.kind === "bytes") {
      newestAt = clock.now();
      readers.lines.push(growth.bytes);
    } else if (growth.kind === "started-anew") {
      if (growth.wasReplaced) endOf(readers);
      readers = readersFor(options, listener);
      bell?.close();
      bell = bellFor(path, () => lookAt(clock.now()));
    } else if (isSilent()) {
      readers.messages.pause();
    }
  };
  const isSilent = (): boolean =>
    clock.now() - newestAt >= SILENCE && !readers.lines.isInsideLine();
  /** Once, however many looks find the same. */
  const complain = (reason: string | null): void => {
    if (reason !== null && reason !== complaint) listener.fault({ where: path, reason });
    complaint = reason;
  };

  let callOff = clock.schedule(clock.now(), look);
  return () => {
    callOff();
    bell?.close();
    file.close();
  };
}

/** A file that was moved away keeps what it ended with. */
function endOf({ lines, messages }: Readers): void {
  lines.end();
  messages.pause();
}

/** Rings when the system says that the file changed; null where it cannot say. */
function bellFor(path: string, ring: () => void): FSWatcher | null {
  try {
    const bell = watch(path, { persistent: false }, ring);
    bell.on("error", () => bell.close()); // looking every quarter second is enough
    return bell;
  } catch {
    return null; // moved in this very moment, or no watches left: the same holds
  }
}
