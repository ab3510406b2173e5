/**
 * A file read through to the end, line by line, with `.gz` at the end of its name unpacked; or until
 * nobody wants more of it.
 */
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import type { LineReader } from "./lines.ts";

/** What went wrong with the file itself. */
export interface FileTrouble {
  readonly isMissing: boolean;
  readonly found: string;
}

export async function feedFile(
  path: string,
  lines: LineReader,
  isEnough: () => boolean,
): Promise<FileTrouble | null> {
  const file = createReadStream(path);
  const bytes = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
  file.on("error", (failure) => bytes.destroy(failure));
  try {
    for await (const chunk of bytes) {
      lines.push(chunk);
      if (isEnough()) return null;
    }
    lines.end();
    return null;
  } catch (failure) {
    return troubleIn(failure);
  } finally {
    file.destroy();
  }
}

function troubleIn(failure: unknown): FileTrouble {
  if (!(failure instanceof Error) || !("code" in failure)) throw failure;
  const isMissing = failure.code === "ENOENT";
  return { isMissing, found: isMissing ? "no such file" : failure.message };
}
