import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import type { TimelineLine } from "../../../../src/core/views/timeline.ts";
import type { Output } from "../../../../src/shell/console/output.ts";
import { printer } from "../../../../src/shell/console/printer.ts";

const LINE: TimelineLine = {
  at: millis(Date.UTC(2026, 10, 19, 15, 0, 5)),
  kind: "close",
  tone: "good",
  trade: 1,
  account: null,
  text: "#1 closed by targets: gross $140.00",
};

function streams(shape: Partial<Output> = {}, environment: Record<string, string> = {}) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const printed = printer({
    out: Object.assign(out, shape) as Output,
    err: Object.assign(err, shape) as Output,
    environment,
  });
  const read = (stream: PassThrough): string => String(stream.read() ?? "");
  return { printed, stream: out, out: () => read(out), err: () => read(err) };
}

describe("the printer", () => {
  test("answers on standard output and remarks on standard error", () => {
    const { printed, out, err } = streams();
    printed.print("an answer");
    printed.printJson({ price: 6326.25 });
    printed.remark("a remark");
    expect(out()).toBe('an answer\n{"price":6326.25}\n');
    expect(err()).toBe("a remark\n");
  });

  test("tells the day plainly in a pipe, whole and without colour", () => {
    const { printed, out } = streams();
    printed.tell(LINE, "DEMO ");
    expect(out()).toBe("DEMO 09:00:05 CT  #1 closed by targets: gross $140.00\n");
    expect(printed.columns()).toBeGreaterThan(500);
  });

  test("tells it in colour on a terminal, no line wider than that", () => {
    const { printed, out } = streams({ isTTY: true, columns: 30 });
    printed.tell(LINE, "");
    expect(out().split("\n")).toEqual([
      "\u001b[32m09:00:05 CT  #1 closed by\u001b[0m",
      "\u001b[32m               targets: gross\u001b[0m",
      "\u001b[32m               $140.00\u001b[0m",
      "",
    ]);
  });

  test("without colour where NO_COLOR asks for it, and in 80 columns where none are told", () => {
    const { printed, out } = streams({ isTTY: true, columns: 0 }, { NO_COLOR: "1" });
    printed.tell(LINE, "");
    expect(out()).not.toContain("\u001b");
    expect(printed.columns()).toBe(80);
  });

  test("goes deaf when the reader leaves, and says nothing more", async () => {
    const { printed, stream, out } = streams();
    printed.print("first");
    expect(out()).toBe("first\n");
    expect(printed.isDeaf()).toBe(false);
    stream.destroy(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(printed.isDeaf()).toBe(true);
    printed.print("second");
    await printed.flushed();
  });

  test("is flushed once its lines are taken", async () => {
    const { printed, out } = streams();
    printed.print("first");
    const flushed = printed.flushed();
    expect(out()).toBe("first\n");
    await flushed;
  });
});

describe("progress", () => {
  test("is drawn on a terminal, at most ten times a second, and wiped off", () => {
    const { printed, err } = streams({ isTTY: true, columns: 60 });
    const bar = printed.progress("rebuilding");
    bar.report(1, 4);
    bar.report(2, 4);
    bar.report(4, 4);
    bar.end();
    expect(err()).toBe(
      "\rrebuilding 25 % (1 of 4)\u001b[K\rrebuilding 100 % (4 of 4)\u001b[K\r\u001b[K",
    );
    printed.progress("nothing to do").report(0, 0);
    expect(err()).toContain("100 %");
  });

  test("is silent in a pipe", () => {
    const { printed, out, err } = streams();
    const bar = printed.progress("rebuilding");
    bar.report(1, 4);
    bar.end();
    expect(out() + err()).toBe("");
  });
});
