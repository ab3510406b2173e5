/** The real command line with handlers that do nothing: what it takes, and what it refuses. */
import type { Handlers } from "../../src/ports/console.ts";
import { programOf, runProgram } from "../../src/shell/console/program.ts";

const handlers = new Proxy({} as Handlers, { get: () => () => Promise.resolve(0 as const) });

/** The commands as a tree, to look at. */
export const commandTree = () =>
  programOf({ version: "0", handlers, screen: { print() {}, remark() {} } }, () =>
    Promise.resolve(),
  );

/** Null: taken, with all its words; else what it said. */
export async function whyRefused(words: readonly string[]): Promise<string | null> {
  const said: string[] = [];
  const keep = (line: string): void => void said.push(line);
  const screen = { print: keep, remark: keep };
  const code = await runProgram(words, { version: "0", handlers, screen });
  return code === 0 ? null : (said[0] ?? "refused");
}
