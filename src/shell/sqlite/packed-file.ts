/**
 * A file pressed together for a backup, sealed if wanted, and the way back.
 *
 * ```text
 * plain ─► SHA-256 ─► gzip ─► packed ─► (seal) ─► SHA-256 ─► stored
 * ```
 *
 * Everything flows: no file is ever held in memory as a whole.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import type { Transform } from "../../ports/archive.ts";
import { flushFile } from "./flushed.ts";

export interface Digest {
  readonly bytes: number;
  readonly sha256: string;
}

/** The lightest level: a third more bytes than the usual one, in a third of the time. */
const LEVEL = 1;
/** Only the owner. */
const MODE = 0o600;

/** Never over a file that is there. Gives what went in; `stored` is flushed. */
export async function pack(plain: string, stored: string): Promise<Digest> {
  const meter = newMeter();
  await pipeline(
    createReadStream(plain),
    meter.through,
    createGzip({ level: LEVEL }),
    into(stored),
  );
  flushFile(stored);
  return meter.digest();
}

/** Gives what came out; a stream that was cut off or changed throws. */
export async function unpack(
  stored: string,
  plain: string,
  unseal: Transform | null,
): Promise<Digest> {
  const meter = newMeter();
  const packed = createReadStream(stored);
  const source = unseal === null ? packed : unseal(packed);
  await pipeline(source, createGunzip(), meter.through, into(plain));
  flushFile(plain);
  return meter.digest();
}

/** A file into another one, sealed for somebody else. */
export async function sealFile(plain: string, stored: string, seal: Transform): Promise<void> {
  await pipeline(seal(createReadStream(plain)), into(stored));
  flushFile(stored);
}

export async function copyFile(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), into(to));
  flushFile(to);
}

export async function digestOf(path: string): Promise<Digest> {
  const meter = newMeter();
  for await (const _ of meter.through(createReadStream(path))) {
    // Only to be measured.
  }
  return meter.digest();
}

const into = (path: string) => createWriteStream(path, { flags: "wx", mode: MODE });

function newMeter() {
  const hash = createHash("sha256");
  let bytes = 0;
  return {
    async *through(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
      for await (const chunk of source) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
    digest: (): Digest => ({ bytes, sha256: hash.digest("hex") }),
  };
}
