/** A program in a process of its own: when it is ready, and how much memory it holds. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

export interface Running {
  /** Milliseconds from its start until the line came that says so. */
  readonly readyAfter: number;
  /** Resident memory in MiB. */
  memory(): number;
  /** What it has taken of the processors so far; not a number where no `/proc` tells. */
  processorSeconds(): number;
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

const PATIENCE = 60_000;

/** Runs `node` with these words until `count` lines of standard output match `ready`. */
export function startProgram(
  words: readonly string[],
  { ready, count }: { readonly ready: RegExp; readonly count: number },
): Promise<Running> {
  const from = performance.now();
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let complaints = "";
  child.stderr.on("data", (bytes: Buffer) => {
    complaints = `${complaints}${bytes}`.slice(-2_000);
  });
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`not ready after ${PATIENCE / 1_000} s: ${complaints}`));
    }, PATIENCE);
    child.once("exit", (code) => {
      clearTimeout(giveUp);
      reject(new Error(`ended with ${code} before it was ready: ${complaints}`));
    });
    child.stdout.on("data", (bytes: Buffer) => {
      if (out.length > 1_000_000) return; // ready long ago
      out += bytes;
      if (out.split("\n").filter((line) => ready.test(line)).length < count) return;
      clearTimeout(giveUp);
      resolve(running(child, performance.now() - from));
    });
  });
}

const running = (child: ChildProcess, readyAfter: number): Running => ({
  readyAfter,
  memory: () => Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)])) / 1_024,
  processorSeconds: () => processorSeconds(child.pid),
  stop: () => ended(child, "SIGTERM"),
  kill: () => ended(child, "SIGKILL"),
});

/** In user mode and in the system, in hundredths: `proc_pid_stat(5)`. */
function processorSeconds(pid: number | undefined): number {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return Number.NaN;
  const fields = readFileSync(path, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
