/**
 * Messages from standard input: typed, pasted or piped, as records or as texts.
 *
 * A text ends with a blank line or with the input, never with a pause: a person stops to think.
 */
import type { Readable } from "node:stream";
import type { AlertSource, SourceListener } from "../../ports/alert-source.ts";
import type { Clock } from "../../ports/clock.ts";
import { lineReader } from "./lines.ts";
import { messageReader } from "./message-reader.ts";

const WHERE = "standard input";

export function stdinSource(clock: Clock, input: Readable = process.stdin): AlertSource {
  let close = (): void => {};
  return {
    name: WHERE,
    open(listener) {
      close = read(input, clock, listener);
    },
    close: () => close(),
  };
}

/** Returns what stops it. */
function read(input: Readable, clock: Clock, listener: SourceListener): () => void {
  const origin = { source: "stdin", where: WHERE, channel: "stdin", format: null } as const;
  const messages = messageReader({ ...origin, now: clock.now }, listener);
  const lines = lineReader(messages);

  const take = (bytes: Buffer | string): void =>
    lines.push(typeof bytes === "string" ? Buffer.from(bytes) : bytes);
  const end = (): void => {
    stop();
    lines.end();
    messages.pause();
    listener.end();
  };
  const fail = (failure: Error): void => {
    listener.fault({ where: WHERE, reason: failure.message });
    end();
  };
  const stop = (): void => {
    input.off("data", take);
    input.off("end", end);
    input.off("error", fail);
    input.pause(); // or an open terminal would keep the process alive
  };
  input.on("data", take);
  input.on("end", end);
  input.on("error", fail);
  return stop;
}
