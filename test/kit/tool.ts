/** Tools of the operating system that judge our files, where there are any. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Its path; null where there is none. */
export const findTool = (name: string): string | null =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((place) => existsSync(place)) ?? null;

export interface Judged {
  readonly code: number | null;
  readonly said: string;
}

export function judge(tool: string, words: readonly string[], environment = {}): Judged {
  const { status, stdout, stderr } = spawnSync(tool, words, {
    encoding: "utf8",
    timeout: 50_000,
    env: { ...process.env, ...environment },
  });
  return { code: status, said: `${stdout}${stderr}` };
}

/** What could not be asked is no secret: it stands in the output of the whole suite. */
export const sayLoudly = (line: string): void =>
  void process.stderr.write(`\n*** NOT CHECKED HERE: ${line}\n\n`);
