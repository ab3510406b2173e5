/**
 * The configuration as a YAML file: read, parsed, checked and translated, or refused with every
 * mistake in it named.
 *
 * ```text
 * bytes ──► text ──► document ──► schema ──► Config
 *   \ missing, unreadable  \ syntax   \ keys and their relations
 * ```
 */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { Config } from "../../core/model/config.ts";
import type { ConfigFault, ConfigSource } from "../../ports/config-source.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { configOf } from "./config-of.ts";
import { readDocument } from "./document.ts";
import { faultOf, findingsOf } from "./problems.ts";
import { CONFIG_FILE } from "./schema.ts";

/** A thousand accounts take a third of it. */
const BYTES_MAX = 256 * 1024;

export const yamlConfigSource = (file: string): ConfigSource => ({
  load: () => {
    const text = readText(file);
    if (!text.ok) return text;
    const config = readConfig(text.value, file);
    return config.ok ? ok({ config: config.value, file }) : config;
  },
});

/** `file` only names the text in messages. */
export function readConfig(text: string, file: string): Result<Config, ConfigFault> {
  const document = readDocument(text);
  if (!document.ok) {
    return err(
      faultOf(
        "invalid",
        file,
        document.error.map((one) => ({ path: [], ...one })),
      ),
    );
  }
  if (document.value.data === null) {
    // A file cut short by a failed copy must not pass for "everything as usual".
    const reason = "the file holds nothing; {} stands for all defaults";
    return err(faultOf("invalid", file, [{ place: { line: 1, column: 1 }, path: [], reason }]));
  }
  const checked = CONFIG_FILE.safeParse(document.value.data);
  return checked.success
    ? ok(configOf(checked.data))
    : err(faultOf("invalid", file, findingsOf(checked.error.issues, document.value)));
}

function readText(file: string): Result<string, ConfigFault> {
  const bytes = readBytes(file);
  if (!bytes.ok) return bytes;
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes.value));
  } catch (thrown) {
    if (thrown instanceof TypeError) return unreadable(file, "the text is not UTF-8");
    throw thrown;
  }
}

function readBytes(file: string): Result<Uint8Array, ConfigFault> {
  try {
    // Asked before opening: to open a named pipe is to wait for its writer.
    if (!statSync(file).isFile()) return unreadable(file, "this is not a file");
    const bytes = readUpTo(file, BYTES_MAX + 1);
    if (bytes.length <= BYTES_MAX) return ok(bytes);
    return unreadable(file, "the file is larger than 256 kB");
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

const isSystemError = (thrown: unknown): thrown is Error & { readonly code: string } =>
  thrown instanceof Error && "code" in thrown && typeof thrown.code === "string";

const unreadable = (file: string, reason: string): Result<never, ConfigFault> =>
  fault("unreadable", file, reason);

const fault = (
  kind: ConfigFault["kind"],
  file: string,
  reason: string,
): Result<never, ConfigFault> => err(faultOf(kind, file, [{ place: null, path: [], reason }]));
