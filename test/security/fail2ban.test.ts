/** The filter that shuts out who knocks with wrong keys: it finds the lines that are really written. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { logWriter } from "../../src/shell/pino/log.ts";
import { NOW } from "../kit/builders.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { findTool, judge, sayLoudly } from "../kit/tool.ts";
import { home, read } from "../kit/tree.ts";

const FILTER = "deploy/fail2ban/filter.conf";
const [, block = ""] = /^failregex = ([\s\S]*?)^ignoreregex/m.exec(read(FILTER)) ?? [];
const patterns = block
  .trim()
  .split("\n")
  .map((line) => new RegExp(line.trim().replaceAll("<HOST>", "(?<host>[0-9a-fA-F.:]+)")));

const bannedBy = (line: string): string | null => {
  for (const pattern of patterns) {
    const found = pattern.exec(line);
    if (found !== null) return found.groups?.["host"] ?? null;
  }
  return null;
};

/** As the program writes it. */
function logged(where: string, reason: string): string {
  const lines: string[] = [];
  const clock = { now: () => NOW };
  const say = (line: string) => void lines.push(line);
  const log = logWriter({ clock, secrets: () => new Set(), say, file: null, pretty: null });
  const detail = { where, reason };
  log.write({ at: NOW, level: "warn", component: "sources", event: "source-fault", detail });
  return lines.join("");
}

const BAD: readonly (readonly [string, string])[] = [
  [logged("webhook", "a request with a token that no hook has, from 203.0.113.7"), "203.0.113.7"],
  [
    logged(
      "webhook",
      "a request with a token that no hook has, from ::ffff:203.0.113.7 (and 12 more since it was last told)",
    ),
    "203.0.113.7",
  ],
  [
    logged(
      "webhook",
      "a request to /alerts was refused: no known secret made this signature, from 2001:db8::7",
    ),
    "2001:db8::7",
  ],
  [logged("webhook tradingview", "203.0.113.7 is not on its list of addresses"), "203.0.113.7"],
  ['203.0.113.7 - - [23/Nov/2026:15:04:05 +0000] "POST 404"', "203.0.113.7"],
  ['203.0.113.7 - - [23/Nov/2026:15:04:05 +0000] "POST 401"', "203.0.113.7"],
];

const GOOD = [
  logged("webhook", "listening"),
  logged("webhook relay", "more than 60 requests a minute"),
  logged("discord", "gone, from 203.0.113.7"),
  '203.0.113.7 - - [23/Nov/2026:15:04:05 +0000] "POST 202"',
  '203.0.113.7 - - [23/Nov/2026:15:04:05 +0000] "GET 404"',
];

describe("the filter", () => {
  test.each(BAD)("finds the address in %s", (line, address) => {
    expect(bannedBy(line)).toBe(address);
  });

  test.each(GOOD)("lets %s pass", (line) => {
    expect(bannedBy(line)).toBeNull();
  });

  test("is one that fail2ban takes, where it is installed", () => {
    const tool = findTool("fail2ban-regex");
    if (tool === null) return sayLoudly("the filter by fail2ban-regex; it is not installed");
    const log = join(temporaryFolder(), "log");
    writeFileSync(log, `${[...BAD.map(([line]) => line), ...GOOD].join("\n")}\n`);
    const { said } = judge(tool, [log, `${home}${FILTER}`]);
    expect(said).toContain(`${BAD.length} matched, ${GOOD.length} missed`);
  });
});
