import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { stdinSource } from "../../../../src/shell/files/stdin.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";

const aTurn = (): Promise<void> => new Promise((soon) => setImmediate(soon));

function opened(input: PassThrough) {
  const heard: string[] = [];
  const source = stdinSource(virtualClock(millis(0)), input);
  source.open({
    message: ({ text, channel }) => void heard.push(`${channel}: ${text}`),
    fault: ({ reason }) => void heard.push(`fault: ${reason}`),
    end: () => void heard.push("end"),
  });
  return { heard, source };
}

describe("standard input", () => {
  test("waits for a blank line, however long a person thinks", async () => {
    const input = new PassThrough();
    const { heard } = opened(input);
    input.write("🚨 ES long 6326: A\n");
    await aTurn();
    expect(heard).toEqual([]);
    input.write("Stop: 6316\n\n");
    await aTurn();
    expect(heard).toEqual(["stdin: 🚨 ES long 6326: A\nStop: 6316"]);
    input.end("all out");
    await aTurn();
    expect(heard.slice(1)).toEqual(["stdin: all out", "end"]);
  });

  test("may come as texts already decoded", async () => {
    const input = new PassThrough({ encoding: "utf8" });
    const { heard } = opened(input);
    input.end("größer\n");
    await aTurn();
    expect(heard).toEqual(["stdin: größer", "end"]);
  });

  test("that breaks is a fault, and the end", async () => {
    const input = new PassThrough();
    const { heard } = opened(input);
    input.write("half a li");
    await aTurn();
    input.destroy(new Error("the pipe is gone"));
    await aTurn();
    expect(heard).toEqual(["fault: the pipe is gone", "stdin: half a li", "end"]);
  });

  test("is the process's own unless another is given, and opens it only when asked", () => {
    const source = stdinSource(virtualClock(millis(0)));
    source.close();
    expect(source.name).toBe("standard input");
  });
});
