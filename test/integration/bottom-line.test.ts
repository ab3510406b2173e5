/** The built program on a real terminal of the operating system: its bottom line, and where there is none. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { endsWithUs } from "../kit/ends-with-us.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { home } from "../kit/tree.ts";

const MAIN = join(home, "dist", "main.js");
const CTRL_C = "\u0003";
const WIPE = "\r\u001b[J";

/** `script` gives it a terminal of its own, 70 columns wide. */
function onTerminal(words: string, env: Readonly<Record<string, string>>) {
  const here = temporaryFolder();
  writeFileSync(
    join(here, "config.yaml"),
    "market: {kind: simulated}\npaper: {sessions: always-open}\n",
  );
  const line = `stty cols 70 rows 20; exec "${process.execPath}" "${MAIN}" ${words}`;
  const { NO_COLOR: _, TMUX: __, ...usual } = process.env;
  const child = spawn("script", ["-qfec", line, "/dev/null"], {
    cwd: here,
    env: { ...usual, ...env },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  endsWithUs(child);
  let said = "";
  child.stdout.on("data", (text) => {
    said += String(text);
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { said: () => said, type: (keys: string) => child.stdin.write(keys), ended };
}

test("keeps one line at the bottom, never wider than the screen, and takes it away at the end", async () => {
  const { said, type, ended } = onTerminal("start", { TERM: "xterm", NO_COLOR: "1" });
  await expect
    .poll(() => said().split("PAPER active").length, { timeout: 30_000 })
    .toBeGreaterThan(3);
  type(CTRL_C);
  expect(await ended).toBe(0);
  const pieces = said().replaceAll(WIPE, "\r\n").split("\r\n");
  const bars = pieces.filter((piece) => piece.startsWith("PAPER active"));
  expect(bars.length).toBeGreaterThan(2);
  for (const bar of bars) expect(bar).toMatch(/^PAPER active \| flat \| day \$0\.00 \| [ -~]+$/);
  expect(Math.max(...bars.map((bar) => bar.replace("^C", "").length))).toBeLessThan(70);
  // Whatever is said stands on a line of its own: the bar was wiped before it.
  const marked = said().replaceAll(WIPE, "<wiped>");
  expect(marked).toMatch(/<wiped>\d\d:\d\d:\d\d CT {2}stopped: SIGINT\r\n/);
  expect(said().endsWith(WIPE)).toBe(true);
  expect(said()).not.toContain("\u001b[2m");
});

test.each([
  ["start --json", { TERM: "xterm" }],
  ["start", { TERM: "dumb" }],
])("is not there for %s on %o", async (words, env) => {
  const { said, type, ended } = onTerminal(words, env);
  await expect.poll(said, { timeout: 30_000 }).toContain("agrees with the venue");
  type(CTRL_C);
  expect(await ended).toBe(0);
  expect(said()).toContain("stopped: SIGINT");
  expect(said()).not.toContain("PAPER active");
  expect(said()).not.toContain(WIPE);
});
