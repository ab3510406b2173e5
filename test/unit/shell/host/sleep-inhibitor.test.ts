/** The machine stays awake while it is asked to, and no longer; and nothing ever breaks over it. */
import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import {
  type InhibitCommand,
  inhibitCommand,
  sleepInhibitor,
} from "../../../../src/shell/host/sleep-inhibitor.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { NOW } from "../../../kit/builders.ts";

interface Child extends EventEmitter {
  readonly stdin: PassThrough;
  isKilled: boolean;
}

function desk(platform: NodeJS.Platform = "linux") {
  const clock = virtualClock(NOW);
  const begun: InhibitCommand[] = [];
  const children: Child[] = [];
  const refused: string[] = [];
  const start = (command: InhibitCommand): ChildProcess => {
    begun.push(command);
    const child = Object.assign(new EventEmitter(), {
      stdin: new PassThrough(),
      isKilled: false,
      unref: () => {},
      kill() {
        child.isKilled = true;
        return true;
      },
    });
    children.push(child);
    return child as unknown as ChildProcess;
  };
  const parts = { clock, platform, start, refused: (reason: string) => void refused.push(reason) };
  return { clock, begun, children, refused, keeper: sleepInhibitor(parts) };
}

describe("while contracts are held", () => {
  test("one child holds, however often it is asked, and is let go", () => {
    const { keeper, begun, children, refused } = desk();
    keeper.hold("contracts are open");
    keeper.hold("contracts are open");
    expect(begun).toEqual([
      {
        program: "systemd-inhibit",
        words: [
          ...["--what=sleep:idle", "--who=TradeStream", "--why=contracts are open"],
          ...["--mode=block", "cat"],
        ],
      },
    ]);
    keeper.release();
    expect([children[0]?.isKilled, children[0]?.stdin.writableEnded]).toEqual([true, true]);
    children[0]?.emit("exit", 0);
    keeper.release();
    expect([begun.length, refused]).toEqual([1, []]);
  });

  test("one that ends is begun again, three times an hour", () => {
    const { keeper, begun, children, refused, clock } = desk();
    keeper.hold("x");
    for (let n = 0; n < 3; n++) {
      children.at(-1)?.stdin.emit("error", new Error("EPIPE"));
      children.at(-1)?.emit("exit", 1);
    }
    expect(begun).toHaveLength(3);
    expect(refused).toEqual(["systemd-inhibit ends again and again"]);
    keeper.hold("x");
    expect(begun).toHaveLength(3);
    clock.runUntil(millis(NOW + 3_600_001));
    keeper.hold("x");
    expect(begun).toHaveLength(4);
    expect(refused).toHaveLength(1);
  });

  test("a system without the tool is told of once", () => {
    const { keeper, children, refused } = desk();
    for (let n = 0; n < 2; n++) {
      keeper.hold("x");
      children.at(-1)?.emit("error", new Error("spawn ENOENT"));
      children.at(-1)?.emit("exit", null);
    }
    expect(refused).toEqual(["systemd-inhibit: spawn ENOENT"]);
  });

  test("a system nobody knows a way for is told of, and nothing is begun", () => {
    const { keeper, begun, refused } = desk("aix");
    keeper.hold("x");
    expect([begun, refused]).toEqual([[], ["no way to do so is known on aix"]]);
  });
});

test("each system is asked in its own way, by what ends with us", () => {
  expect(inhibitCommand("darwin", "x", 7)).toEqual({
    program: "caffeinate",
    words: ["-i", "-s", "-w", "7"],
  });
  const { program, words } = inhibitCommand("win32", "x") ?? { program: "", words: [] };
  expect(program).toBe("powershell.exe");
  expect(words.at(-1)).toContain("SetThreadExecutionState([uint32]2147483649)");
  expect(words.at(-1)).toContain("[Console]::In.ReadToEnd()");
});

test("with a real child: it lives until it is let go", async () => {
  const ended: Promise<unknown>[] = [];
  const keeper = sleepInhibitor({
    clock: { now: () => NOW },
    refused: (reason) => expect.fail(reason),
    platform: "linux",
    start: () => {
      const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], {
        stdio: ["pipe", "ignore", "ignore"],
      });
      ended.push(new Promise((resolve) => child.once("exit", resolve)));
      return child;
    },
  });
  keeper.hold("x");
  keeper.release();
  await Promise.all(ended);
  expect(ended).toHaveLength(1);
});

test("a tool that is not there costs nothing", async () => {
  const reason = await new Promise<string>((resolve) => {
    const path = process.env["PATH"];
    process.env["PATH"] = "";
    sleepInhibitor({ clock: { now: () => NOW }, refused: resolve, platform: "linux" }).hold("x");
    process.env["PATH"] = path;
  });
  expect(reason).toMatch(/^systemd-inhibit: .*ENOENT/);
});
