/**
 * A real terminal for the built program: a pty of the operating system, keys that are pressed, a window
 * that is resized, and a screen that is read as a person would.
 *
 * The pty is made by `script` of util-linux. What the program paints by row is painted here too.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { endsWithUs } from "./ends-with-us.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { home } from "./tree.ts";

export interface PseudoTerminal {
  /** The rows of the screen, without colours. */
  rows(): readonly string[];
  /** Every byte so far. */
  raw(): string;
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  readonly ended: Promise<number | null>;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
  readonly environment?: Readonly<Record<string, string>>;
}

export function inTerminal(size: TerminalSize, ...words: readonly string[]): PseudoTerminal {
  const folder = temporaryFolder();
  const name = join(folder, "tty");
  const quoted = [process.execPath, join(home, "dist/main.js"), ...words].map((one) => `'${one}'`);
  const setUp = `tty > '${name}'; stty rows ${size.rows} cols ${size.columns}`;
  const child = spawn("script", ["-qefc", `${setUp}; exec ${quoted.join(" ")}`, "/dev/null"], {
    env: { ...process.env, TERM: "xterm-256color", TZ: "UTC", ...size.environment },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  endsWithUs(child);
  let raw = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text: string) => (raw += text));
  return {
    raw: () => raw,
    rows: () => painted(raw),
    type: (keys) => void child.stdin.write(keys),
    resize(columns, rows) {
      if (!existsSync(name)) throw new Error("the terminal is not open yet");
      const tty = readFileSync(name, "utf8").trim();
      execFileSync("stty", ["-F", tty, "rows", String(rows), "cols", String(columns)]);
    },
    ended: new Promise((resolve) => child.on("close", resolve)),
  };
}

/** Rows painted by number, whole screens erased, and the rest below a row; colours are dropped. */
function painted(raw: string): readonly string[] {
  const rows: string[] = [];
  let row = 0;
  const start = raw.lastIndexOf("\u001b[2J");
  for (const part of raw.slice(Math.max(0, start)).split("\u001b[").slice(1)) {
    const place = /^(\d+);1H/.exec(part);
    const letters = part.replace(/^[0-9;?]*[A-Za-z]/, "");
    if (place !== null) row = Number(place[1]) - 1;
    if (place !== null) rows[row] = letters;
    else if (/^J/.test(part)) rows.length = row;
    else rows[row] = `${rows[row] ?? ""}${letters}`;
  }
  return rows.map((one) => (one ?? "").trimEnd());
}
