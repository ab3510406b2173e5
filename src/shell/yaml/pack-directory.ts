/**
 * A directory of packs: files NAME.yaml, each a thing of that name.
 *
 * All of them are sound or none is taken, and then every mistake of every file is told.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { ConfigFault } from "../../ports/config-source.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { faultOf } from "./problems.ts";
import { isSystemError } from "./text-file.ts";

const PACKS_MAX = 50;
const PROBLEMS_MAX = 20;
const NAME = /^[a-z][a-z0-9-]{0,63}$/;

export const isPackName = (name: string): boolean => NAME.test(name);

/** What a file of that path is called: `packs/jmoney.yaml` is jmoney. */
export const packNameOf = (file: string): string =>
  (file.split(/[\\/]/).at(-1) ?? "").replace(/\.ya?ml$/, "");

/** `what` they are, for a person: "format packs". */
export function readPacksIn<Pack>(
  directory: string,
  what: string,
  read: (file: string) => Result<Pack, ConfigFault>,
): Result<readonly Pack[], ConfigFault> {
  const files = packFilesIn(directory, what);
  if (!files.ok) return files;
  const packs = files.value.map((file) => read(join(directory, file)));
  const faults = packs.flatMap((one) => (one.ok ? [] : [one.error]));
  if (faults.length > 0) return err(allOf(directory, faults));
  return ok(packs.flatMap((one) => (one.ok ? [one.value] : [])));
}

function packFilesIn(directory: string, what: string): Result<readonly string[], ConfigFault> {
  const refuse = (kind: ConfigFault["kind"], reason: string) =>
    err(faultOf(kind, directory, [{ place: null, path: [], reason }]));
  try {
    const files = readdirSync(directory).toSorted();
    const odd = files.find((file) => /\.yml$/i.test(file));
    if (odd !== undefined) return refuse("invalid", `${odd}: a pack ends in .yaml; rename it`);
    const packs = files.filter((file) => /\.yaml$/i.test(file) && !file.startsWith("."));
    if (packs.length <= PACKS_MAX) return ok(packs);
    return refuse("invalid", `more than ${PACKS_MAX} ${what} in one directory`);
  } catch (thrown) {
    if (!isSystemError(thrown)) throw thrown;
    if (thrown.code === "ENOENT") return refuse("missing", "there is no such directory");
    return refuse("unreadable", `the directory cannot be read (${thrown.code})`);
  }
}

/** The mistakes of several files as one fault; each of them names its own file. */
function allOf(file: string, faults: readonly ConfigFault[]): ConfigFault {
  const problems = faults.flatMap((one) => one.problems);
  const omitted = faults.reduce((sum, one) => sum + one.omitted, 0);
  const beyond = Math.max(0, problems.length - PROBLEMS_MAX);
  return {
    kind: "invalid",
    file,
    problems: problems.slice(0, PROBLEMS_MAX),
    omitted: omitted + beyond,
  };
}
