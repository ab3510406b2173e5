/**
 * Backups in a bucket, over HTTP with signed requests.
 *
 * ```text
 * files ─► PUT, with their SHA-256 ─► GET, compared ─► manifest.json ─► PUT, GET, compared: it is there
 * ```
 *
 * Addressed by path (`endpoint/bucket/key`), which every server of this protocol understands.
 */
import { hash } from "node:crypto";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bucket, BucketAccess } from "../../ports/bucket.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { openRequests, type Requests } from "./requests.ts";

/** By which a backup is known to be whole: `ports/archive.ts`. */
const MANIFEST = "manifest.json";
/** Read into memory for its signature. */
const FILE_MAX = 1_000_000_000;
/** Of a thousand keys each. */
const PAGES_MAX = 100;
const TIMED = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z$/;
/** What a backup of ours is made of; anything else in there is somebody's. */
const FILE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export function openBucket(access: BucketAccess): Bucket {
  const requests = openRequests(access);
  const keyOf = (name: string, file: string): string => `${access.prefix}${name}/${file}`;
  return {
    async names() {
      const keys = await keysUnder(requests, access.prefix);
      return keys.ok ? ok(namesIn(keys.value, access.prefix)) : keys;
    },
    async put(folder, { name, files }) {
      const stored = files.map((file) => file.stored);
      for (const file of [...stored, MANIFEST]) {
        const sent = await send(requests, join(folder, file), keyOf(name, file));
        if (!sent.ok) return sent;
      }
      return ok(undefined);
    },
    async fetch(name, into) {
      const keys = await keysUnder(requests, keyOf(name, ""));
      if (!keys.ok) return keys;
      const files = keys.value.map((key) => key.slice(keyOf(name, "").length));
      const folder = join(into, name);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if (!files.includes(MANIFEST)) return err(`there is no backup ${name} in the bucket`);
      for (const file of files.filter((one) => FILE.test(one))) {
        const bytes = await requests.get(keyOf(name, file));
        if (!bytes.ok) return bytes;
        await writeFile(join(folder, file), bytes.value, { mode: 0o600 });
      }
      return ok(undefined);
    },
    async remove(name) {
      const keys = await keysUnder(requests, keyOf(name, ""));
      if (!keys.ok) return keys;
      const isManifest = (key: string): boolean => key === keyOf(name, MANIFEST);
      const inOrder = keys.value.toSorted((a, b) => Number(isManifest(b)) - Number(isManifest(a)));
      for (const key of inOrder) {
        const gone = await requests.remove(key);
        if (!gone.ok) return gone;
      }
      return ok(undefined);
    },
  };
}

async function send(requests: Requests, path: string, key: string): Promise<Result<void, string>> {
  const { size } = await stat(path);
  if (size > FILE_MAX) return err(`${key} has ${size} bytes; more than ${FILE_MAX} are not sent`);
  const bytes = await readFile(path);
  const sha256 = hash("sha256", bytes);
  const sent = await requests.put(key, bytes, sha256);
  if (!sent.ok) return sent;
  const back = await requests.get(key);
  if (!back.ok) return back;
  return hash("sha256", back.value) === sha256
    ? ok(undefined)
    : err(`${key} came back from the bucket as something else`);
}

async function keysUnder(
  requests: Requests,
  prefix: string,
): Promise<Result<readonly string[], string>> {
  const keys: string[] = [];
  let token: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const listed = await requests.list(prefix, token);
    if (!listed.ok) return listed;
    keys.push(...listed.value.keys);
    token = listed.value.next;
    if (token === null) return ok(keys);
  }
  return err(`more than ${PAGES_MAX} pages of keys lie under ${prefix}; give backups a prefix`);
}

const namesIn = (keys: readonly string[], prefix: string): readonly string[] =>
  keys
    .flatMap((key) => {
      const [name = "", file, ...more] = key.slice(prefix.length).split("/");
      return TIMED.test(name) && file === MANIFEST && more.length === 0 ? [name] : [];
    })
    .sort()
    .reverse();
