/**
 * Secrets that sing when they are found where they do not belong, and the search for them.
 *
 * The forms are worked out here once more, without a line of the program: a redaction that forgets a
 * form would otherwise forget it in its own test.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Whole } from "./built-program.ts";

/** By which place a text is known, and the text. */
export type Said = readonly (readonly [string, string])[];

export const saidBy = (words: string, { out, err }: Whole): readonly [string, string] => [
  words,
  `${out}\n${err}`,
];

/** As it is, in a URL, in hex, and in base64 by itself or behind one or two other signs. */
export function facesOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const inside = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.from("\0\0".slice(0, offset)), bytes]).toString("base64");
    // The first signs also hold what stands before, the last ones what stands behind.
    return text.slice([0, 2, 3][offset], -4);
  });
  const url = inside.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  const plain = [secret, encodeURIComponent(secret), bytes.toString("hex")];
  const inner = /^whsec_(.+)$/.exec(secret)?.[1];
  return [...new Set([...plain, ...inside, ...url, ...(inner === undefined ? [] : [inner])])];
}

/** Every file below a folder, what was pressed as it was before. */
export const filesBelow = (folder: string, kept: readonly string[]): Said =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !kept.includes(path))
    .map((path) => {
      const bytes = readFileSync(path);
      const text = path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
      return [relative(folder, path), text.toString("latin1")];
    });

/** Where a canary was found: `data/log.jsonl: the venue's key`. */
export const hitsIn = (said: Said, canaries: Readonly<Record<string, string>>): readonly string[] =>
  said.flatMap(([place, text]) =>
    Object.entries(canaries)
      .filter(([, secret]) => facesOf(secret).some((face) => text.includes(face)))
      .map(([name]) => `${place}: ${name}`),
  );
