/**
 * The lifeboat as a file: one fact a line, each call flushed to disk before it returns.
 *
 * It is written when the journal's disk refuses, so it makes no promises about its own; what could
 * not be kept is answered with false, and the program goes on reducing risk from memory. A line cut
 * off by the end of its process is not a fact and is passed over.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import type { Fact } from "../../core/model/fact.ts";
import type { Lifeboat } from "../../ports/lifeboat.ts";

export function fileLifeboat(path: string): Lifeboat {
  return {
    save(facts) {
      try {
        // The line end comes first: a fact cut off before this one stays a line of its own.
        return append(path, facts.map((fact) => `\n${JSON.stringify(fact)}`).join(""));
      } catch (failure) {
        if (failure instanceof Error && "code" in failure) return false;
        throw failure;
      }
    },
    load: () => (existsSync(path) ? factsIn(readFileSync(path, "utf8")) : []),
    clear: () => rmSync(path, { force: true }),
  };
}

/** False when the disk took only a part of it. */
function append(path: string, text: string): boolean {
  const handle = openSync(path, "a", 0o600);
  try {
    const written = writeSync(handle, text);
    fsyncSync(handle);
    return written === Buffer.byteLength(text);
  } finally {
    closeSync(handle);
  }
}

/** Facts in their order, without what is torn. */
const factsIn = (text: string): readonly Fact[] =>
  text.split("\n").flatMap((line): readonly Fact[] => {
    try {
      return line === "" ? [] : [JSON.parse(line)];
    } catch {
      return []; // torn by the end of the process that wrote it
    }
  });
