/** The built program as a process of its own, with what it says and how it ends. */
import { type ChildProcess, type SpawnOptionsWithoutStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { endsWithUs } from "./ends-with-us.ts";
import { home } from "./tree.ts";

const MAIN = join(home, "dist", "main.js");

export interface Running {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  shows(text: string): Promise<void>;
  readonly ended: Promise<number | null>;
  /** What it said from its start to its end. */
  whole(): Promise<Whole>;
}

export interface Whole {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export const start = (here: string, ...words: readonly string[]): Running =>
  startIn({ cwd: here }, ...words);

export function startIn(options: SpawnOptionsWithoutStdio, ...words: readonly string[]): Running {
  const child = spawn(process.execPath, [MAIN, ...words], options);
  onTestFinished(() => void child.kill("SIGKILL"));
  endsWithUs(child);
  const said = { out: "", err: "" };
  child.stdout.on("data", (text) => (said.out += String(text)));
  child.stderr.on("data", (text) => (said.err += String(text)));
  child.stdin.end();
  let hasEnded = false;
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", (code) => {
      hasEnded = true;
      resolve(code);
    });
  });
  return {
    child,
    out: () => said.out,
    err: () => said.err,
    async shows(text) {
      while (!said.out.includes(text)) {
        if (hasEnded) throw new Error(`it ended without "${text}": ${said.err}`);
        await Promise.race([once(child.stdout, "data"), ended]);
      }
    },
    ended,
    whole: async () => ({ code: await ended, ...said }),
  };
}

export const run = (here: string, ...words: readonly string[]): Promise<Whole> =>
  start(here, ...words).whole();
