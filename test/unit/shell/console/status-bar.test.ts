/**
 * The line at the bottom of a terminal, on a small terminal of our own that knows how to wipe: what a
 * person sees is what counts, not which codes were sent.
 */
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { Output } from "../../../../src/shell/console/output.ts";
import { printer } from "../../../../src/shell/console/printer.ts";
import { statusBarOn } from "../../../../src/shell/console/status-bar.ts";

const XTERM = { TERM: "xterm-256color", NO_COLOR: "1" };

const ESC = "\u001b";
const TOKENS = new RegExp(`${ESC}\\[\\d*[A-Za-z]|\r|\n|[^${ESC}\r\n]+`, "g");

/** Understands carriage returns, line breaks, going up, and wiping to the end of the screen. */
function screenOf(stream: PassThrough, columns: () => number) {
  const lines: string[] = [""];
  let row = 0;
  let fresh = false;
  stream.on("data", (chunk) => {
    for (const [token] of String(chunk).matchAll(TOKENS)) {
      if (token === "\r") fresh = true;
      else if (token === "\n") {
        row += 1;
        lines[row] ??= "";
        fresh = false;
      } else if (token.endsWith("J")) {
        lines.splice(row, lines.length, "");
        fresh = false;
      } else if (token.startsWith("\u001b[") && token.endsWith("A")) {
        row -= Number(token.slice(2, -1));
      } else if (!token.startsWith("\u001b")) {
        lines[row] = fresh ? token : `${lines[row]}${token}`;
        fresh = false;
        if ((lines[row] ?? "").length > columns()) throw new Error("a line broke into two");
      }
    }
  });
  return {
    lines: () => lines.slice(),
    /** As a terminal does that breaks a line which has become too long. */
    narrow(to: number): void {
      const last = lines[row] ?? "";
      const parts = last.match(new RegExp(`.{1,${to}}`, "g")) ?? [""];
      lines.splice(row, 1, ...parts);
      row += parts.length - 1;
    },
  };
}

function terminalOf(environment: Readonly<Record<string, string>> = XTERM, columns = 40) {
  const out = Object.assign(new PassThrough(), { isTTY: true, columns });
  const shown = screenOf(out, () => Math.max(out.columns, columns));
  // Both streams lead to the same screen.
  const printed = printer({ out, err: out, environment });
  const resize = (to: number, breaks: boolean): void => {
    out.columns = to;
    if (breaks) shown.narrow(to);
    out.emit("resize");
  };
  return { out, printed, shown, resize };
}

const text = (words: string) => (columns: number) => words.slice(0, columns);

test("stays below whatever is said, on either stream", () => {
  const { printed, shown } = terminalOf();
  printed.print("first");
  printed.bar?.show(text("PAPER active | flat"));
  printed.print("second");
  printed.remark("a remark");
  expect(shown.lines()).toEqual(["first", "second", "a remark", "PAPER active | flat"]);
  printed.bar?.show(text("PAPER active | long 3 MES"));
  expect(shown.lines().at(-1)).toBe("PAPER active | long 3 MES");
  printed.bar?.end();
  printed.print("stopped");
  expect(shown.lines()).toEqual(["first", "second", "a remark", "stopped", ""]);
});

test("is drawn only where it says something else", () => {
  const { out, printed } = terminalOf();
  printed.bar?.show(text("PAPER"));
  let written = 0;
  out.on("data", () => {
    written += 1;
  });
  printed.bar?.show(text("PAPER"));
  expect(written).toBe(0);
});

test.each([
  ["breaks lines", { ...XTERM, TMUX: "1" }, true],
  ["cuts lines", XTERM, false],
] as const)(
  "follows the width of a screen that %s, and leaves nothing behind",
  (_, environment, breaks) => {
    const { printed, shown, resize } = terminalOf(environment);
    printed.print("first");
    printed.bar?.show(text("0123456789012345678901234567890123456789"));
    expect(shown.lines().at(-1)).toHaveLength(39);
    resize(15, breaks);
    expect(shown.lines()).toEqual(["first", "01234567890123"]);
    resize(30, false);
    expect(shown.lines()).toEqual(["first", "01234567890123456789012345678"]);
  },
);

test("makes room for a question", () => {
  const { printed, shown } = terminalOf();
  printed.bar?.show(text("PAPER"));
  const resume = printed.bar?.suspend();
  printed.print("Leave or close?");
  printed.bar?.show(text("PAPER halted"));
  expect(shown.lines()).toEqual(["Leave or close?", ""]);
  resume?.();
  expect(shown.lines()).toEqual(["Leave or close?", "PAPER halted"]);
});

test("is dimmed unless colours are not wanted", () => {
  const { out, printed } = terminalOf({ TERM: "xterm" });
  const chunks: string[] = [];
  out.on("data", (chunk) => chunks.push(String(chunk)));
  printed.bar?.show(text("PAPER"));
  expect(chunks.join("")).toBe("\u001b[2mPAPER\u001b[0m");
});

test("is not there in a pipe, on a terminal that only prints, or on none that is named", () => {
  const out = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY }) as Output;
  expect(statusBarOn(out(false), XTERM)).toBeNull();
  expect(statusBarOn(out(true), { TERM: "dumb" })).toBeNull();
  expect(statusBarOn(out(true), {})).toBeNull();
  expect(statusBarOn(out(true), { WT_SESSION: "1" })).not.toBeNull();
});
