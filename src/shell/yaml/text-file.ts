/** The text of one file, of bounded size, or why there is none. */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { ConfigFault } from "../../ports/config-source.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { faultOf } from "./problems.ts";

export function readText(file: string, kilobytesMax: number): Result<string, ConfigFault> {
  const bytes = readBytes(file, kilobytesMax);
  if (!bytes.ok) return bytes;
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes.value));
  } catch (thrown) {
    if (thrown instanceof TypeError) return unreadable(file, "the text is not UTF-8");
    throw thrown;
  }
}

function readBytes(file: string, kilobytesMax: number): Result<Uint8Array, ConfigFault> {
  try {
    // Asked before opening: to open a named pipe is to wait for its writer.
    if (!statSync(file).isFile()) return unreadable(file, "this is not a file");
    const bytes = readUpTo(file, kilobytesMax * 1024 + 1);
    if (bytes.length <= kilobytesMax * 1024) return ok(bytes);
    return unreadable(file, `the file is larger than ${kilobytesMax} kB`);
  } catch (thrown) {
    if (!isSystemError(thrown)) throw thrown;
    if (thrown.code === "ENOENT") return fault("missing", file, "there is no such file");
    return unreadable(file, `the file cannot be read (${thrown.code})`);
  }
}

function readUpTo(file: string, most: number): Uint8Array {
  const bytes = new Uint8Array(most);
  const handle = openSync(file, "r");
  let length = 0;
  try {
    for (let read = -1; read !== 0 && length < most; length += read) {
      read = readSync(handle, bytes, length, most - length, null);
    }
  } finally {
    closeSync(handle);
  }
  return bytes.subarray(0, length);
}

export const isSystemError = (thrown: unknown): thrown is Error & { readonly code: string } =>
  thrown instanceof Error && "code" in thrown && typeof thrown.code === "string";

const unreadable = (file: string, reason: string): Result<never, ConfigFault> =>
  fault("unreadable", file, reason);

const fault = (
  kind: ConfigFault["kind"],
  file: string,
  reason: string,
): Result<never, ConfigFault> => err(faultOf(kind, file, [{ place: null, path: [], reason }]));
