/** A text as a new file that only its owner reads; one that is there already stays as it is. */
import { writeFileSync } from "node:fs";

/** Null, or why it could not be written. */
export function newFile(path: string, text: string): string | null {
  try {
    writeFileSync(path, text, { flag: "wx", mode: 0o600 });
    return null;
  } catch (failure) {
    if (!(failure instanceof Error) || !("code" in failure)) throw failure;
    return failure.code === "EEXIST" ? "there is such a file already" : failure.message;
  }
}
