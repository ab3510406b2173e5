/** The project as files on disk, for the tests that judge the house and not the program. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const home = fileURLToPath(new URL("../..", import.meta.url));

/** Made by tools, fetched, or written by a running program. */
const notOurs = /^(\.git|\.env|dist(\.\d+)?|coverage|data)$|(^|\/)node_modules$/;

/** Paths below `folder`, relative to the project, with forward slashes, sorted. */
export function filesIn(folder = "."): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(home, folder), { withFileTypes: true })) {
    const path = folder === "." ? entry.name : `${folder}/${entry.name}`;
    if (notOurs.test(path)) continue;
    if (entry.isDirectory()) found.push(...filesIn(path));
    else if (entry.isFile()) found.push(path);
  }
  return found.sort();
}

export const read = (path: string): string => readFileSync(join(home, path), "utf8");

export const linesOf = (text: string): readonly string[] => text.replace(/\n$/, "").split("\n");

/** `path:line: text` of every line that matches, so that a failure says where to go. */
export function linesMatching(paths: readonly string[], pattern: RegExp): readonly string[] {
  return paths.flatMap((path) =>
    linesOf(read(path)).flatMap((line, i) =>
      pattern.test(line) ? [`${path}:${i + 1}: ${line.trim().slice(0, 120)}`] : [],
    ),
  );
}
