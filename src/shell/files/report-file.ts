/**
 * A report as a file for its owner's eyes. It is written beside its place and moved there when it is
 * whole: whoever looks finds the last report or this one, never half of one.
 */
import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { err, ok, type Result } from "../../std/result.ts";

export function writeReport(path: string, text: string): Result<void, string> {
  const next = `${path}.${process.pid}.part`;
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) {
      return err("there is something that is no file");
    }
    writeFileSync(next, text, { mode: 0o600, flag: "wx" });
    renameSync(next, path);
    return ok(undefined);
  } catch (failure) {
    rmSync(next, { force: true });
    if (failure instanceof Error && "syscall" in failure) return err(failure.message);
    throw failure;
  }
}
