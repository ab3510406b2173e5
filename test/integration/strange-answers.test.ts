/** What a command says when whoever listens behind the socket answers nonsense, or a fault. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ControlAnswer, ControlRequest } from "../../src/ports/control.ts";
import { controlSocket } from "../../src/shell/host/control-socket.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";

async function answering(answer: (request: ControlRequest) => ControlAnswer): Promise<string> {
  const here = temporaryFolder();
  const data = join(here, "data");
  mkdirSync(data);
  const door = await controlSocket().listen(data, async (request) => answer(request));
  if (!door.ok) throw new Error(door.error.detail);
  onTestFinished(() => door.value.close());
  return here;
}

const FAULT: ControlAnswer = { kind: "fault", reason: "too busy" };
const TAKEN: ControlAnswer = { kind: "command", answer: { kind: "taken" } };
const HEARD: ControlAnswer = {
  kind: "heard",
  heard: { outcome: "traded", lines: [], riskUsd: 100 },
};

describe("a fault behind the socket", () => {
  test.each([["status"], ["resume"], ["paste hello"]])("is said by %s, with 1", async (words) => {
    const { run, err } = terminal({ here: await answering(() => FAULT) });
    expect(await run(...words.split(" "))).toBe(1);
    expect(err()).toBe("too busy\n");
  });

  test("between preview and paste is said too", async () => {
    const here = await answering(({ kind }) => (kind === "preview" ? HEARD : FAULT));
    const { run, err } = terminal({ here });
    expect(await run("paste", "hello", "--yes")).toBe(1);
    expect(err()).toBe("too busy\n");
  });
});

describe("an answer to another question", () => {
  test.each([
    ["status", "not a status"],
    ["paste hello", "not an answer to this"],
  ])("is not taken by %s", async (words, said) => {
    const { run, err } = terminal({ here: await answering(() => TAKEN) });
    expect(await run(...words.split(" "))).toBe(1);
    expect(err()).toBe(`${said}\n`);
  });

  test("is not taken by a command either", async () => {
    const { run, err } = terminal({ here: await answering(() => HEARD) });
    expect(await run("resume")).toBe(1);
    expect(err()).toBe("not an answer\n");
  });
});

test("a process that ended between preview and paste leaves nothing sent, with 4", async () => {
  const here = temporaryFolder();
  const data = join(here, "data");
  mkdirSync(data);
  const door = await controlSocket().listen(data, async () => {
    if (door.ok) setImmediate(() => door.value.close());
    return HEARD;
  });
  const person = terminal({ here, isTTY: true });
  const code = person.run("paste", "hello");
  await person.shows("Send it?");
  person.type("\u001b[B");
  person.type("\r");
  expect(await code).toBe(4);
});

test("facts that cannot be written are the first thing a status says", async () => {
  const here = await answering(() => ({
    kind: "status",
    status: {
      at: "2026-11-19T15:00:00.000Z",
      clock: "09:00:00 CT",
      sequence: 7,
      accounts: [],
      trades: [],
      waiting: [],
      remarks: [],
      mode: "paper",
      market: "none",
      prices: [],
      impaired: true,
      messages: { messages: 9, unsettled: 2, faults: 1 },
    },
  }));
  const { run, out } = terminal({ here });
  expect(await run("status")).toBe(0);
  expect(out()).toContain("running, paper, FACTS CANNOT BE WRITTEN: only exits go out");
  expect(out()).toContain("messages: 2 undecided, 1 unreadable; see history stats, history faults");
});
