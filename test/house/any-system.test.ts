/**
 * The program runs on a Mac and on Windows too: what only some systems have is asked for in one
 * folder, which knows what to do where it is missing.
 */
import { expect, test } from "vitest";
import { filesIn, linesMatching } from "../kit/tree.ts";

const src = filesIn("src").filter((path) => path.endsWith(".ts"));
const host = src.filter((path) => path.startsWith("src/shell/host/"));
const elsewhere = src.filter((path) => !host.includes(path));

/** Users and groups, signals, sockets that are files, other programs, places of one system. */
const ONLY_SOME = [
  /\bprocess\.(getuid|geteuid|getgid|getegid|getgroups|setuid|setgid|umask|kill|platform)\b/,
  /\bprocess\.(on|once)\(\s*["']SIG/,
  /\.kill\(/,
  /["']node:(child_process|cluster|dgram)["']/,
  /\b(userInfo|getuid|setPriority)\(/,
  /\bfchownSync|chownSync|lchownSync|mkfifo/,
  /["'`]\/(dev|proc|sys|tmp|etc|var|run)\//,
  /\.sock["'`]/,
];

const isCode = (line: string): boolean => !/^[^:]+:\d+: (\*|\/\*|\/\/)/.test(line);
const found = (paths: readonly string[]): readonly string[] =>
  ONLY_SOME.flatMap((pattern) => linesMatching(paths, pattern)).filter(isCode);

test("nothing outside of shell/host asks for what only some systems have", () => {
  expect(found(elsewhere)).toEqual([]);
});

test("these rules find what there is, in shell/host", () => {
  const named = new Set(found(host).map((line) => line.split(":", 1)[0]));
  expect([...named]).toEqual(
    expect.arrayContaining(["src/shell/host/signals.ts", "src/shell/host/sleep-inhibitor.ts"]),
  );
});
