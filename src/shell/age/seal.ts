/**
 * Backups sealed by age to public keys: who holds a private one reads them, this machine does not.
 *
 * The format is that of the `age` tool, so that a backup can be opened without this program:
 * `age -d -i key.txt journal.db.gz.age | gunzip > journal.db`.
 */
import { ReadableStream } from "node:stream/web";
import { Decrypter, Encrypter } from "age-encryption";
import type { Transform } from "../../ports/archive.ts";
import { err, ok, type Result } from "../../std/result.ts";

/** The reason for the other one is that a key is mistyped. */
export function sealFor(recipients: readonly string[]): Result<Transform, string> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      return err(`${recipient} is not a public key of age: is a letter of it wrong?`);
    }
  }
  return ok((bytes) => flowing(() => encrypter.encrypt(ReadableStream.from(bytes))));
}

/** `text` is what age-keygen wrote: comments, and a private key on each other line. */
export function unsealWith(text: string): Result<Transform, string> {
  const keys = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (keys.length === 0) return err("there is no key in it");
  const decrypter = new Decrypter();
  for (const [index, key] of keys.entries()) {
    try {
      decrypter.addIdentity(key);
    } catch {
      return err(`line ${index + 1} of its keys is not a private key of age`); // never repeated
    }
  }
  return ok((bytes) => flowing(() => decrypter.decrypt(ReadableStream.from(bytes))));
}

async function* flowing(
  begin: () => Promise<AsyncIterable<Uint8Array>>,
): AsyncIterable<Uint8Array> {
  yield* await begin();
}
