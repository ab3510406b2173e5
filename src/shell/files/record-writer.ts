/** Messages as a file of records, one JSON object a line: what a chat-file source reads back. */
import { closeSync, openSync, writeSync } from "node:fs";
import { isoOf } from "../../core/model/iso-time.ts";
import type { Message } from "../../core/model/message.ts";
import { err, ok, type Result } from "../../std/result.ts";

/** Characters written at once. */
const CHUNK = 100_000;

/** How many were written. A file that is there already stays as it is. */
export function writeRecords(path: string, messages: Iterable<Message>): Result<number, string> {
  let file: number | null = null;
  try {
    file = openSync(path, "wx", 0o600);
    let count = 0;
    let chunk = "";
    for (const message of messages) {
      count += 1;
      chunk += `${recordOf(message)}\n`;
      if (chunk.length < CHUNK) continue;
      writeSync(file, chunk);
      chunk = "";
    }
    writeSync(file, chunk);
    return ok(count);
  } catch (failure) {
    return err(reasonOf(failure));
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** The source is for whoever reads it back to say. */
function recordOf({ source: _, sentAt, ...message }: Message): string {
  const told = Object.entries(message).filter(([, value]) => value !== null);
  return JSON.stringify({ ...Object.fromEntries(told), sentAt: isoOf(sentAt) });
}

function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error) || !("syscall" in failure)) throw failure;
  if ("code" in failure && failure.code === "EEXIST") return "there is such a file already";
  return failure.message;
}
