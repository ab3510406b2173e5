/** Files and folders whose content is on the disk and not only on its way there. */
import { closeSync, fsyncSync, openSync } from "node:fs";

export function flushFile(path: string): void {
  const handle = openSync(path, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Which names lie in it; Windows keeps them without being asked, and refuses the question. */
export function flushFolder(path: string): void {
  let handle: number;
  try {
    handle = openSync(path, "r");
  } catch (failure) {
    if (isRefusal(failure)) return;
    throw failure;
  }
  try {
    fsyncSync(handle);
  } catch (failure) {
    if (!isRefusal(failure)) throw failure;
  } finally {
    closeSync(handle);
  }
}

const REFUSALS: ReadonlySet<unknown> = new Set(["EISDIR", "EPERM", "EACCES", "EINVAL", "EBADF"]);

const isRefusal = (failure: unknown): boolean =>
  failure instanceof Error && "code" in failure && REFUSALS.has(failure.code);
