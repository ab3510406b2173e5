import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ControlListener, ControlRequest } from "../../../../src/ports/control.ts";
import { controlSocket, doorOf } from "../../../../src/shell/host/control-socket.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const LIMITS = { connectionsMax: 2, patience: 150 };
const TAKEN = { kind: "command", answer: { kind: "taken" } } as const;

async function listening(directory: string, listener: ControlListener = async () => TAKEN) {
  const door = await controlSocket(LIMITS).listen(directory, listener);
  if (!door.ok) throw new Error(door.error.detail);
  onTestFinished(() => door.value.close());
  return door.value;
}

const ask = (directory: string, request: ControlRequest) =>
  controlSocket(LIMITS).ask(directory, request);

/** Whatever comes back on a bare connection that says these words. */
function say(directory: string, words: string, end = true): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(join(directory, "control.sock"));
    let said = "";
    socket.setEncoding("utf8");
    socket.on("data", (text) => (said += text));
    socket.on("close", () => resolve(said));
    socket.on("error", reject);
    if (end) socket.end(words);
    else socket.write(words);
  });
}

describe("the control socket", () => {
  test("carries a question and its answer, and is for its owner alone", async () => {
    const folder = temporaryFolder();
    const heard: ControlRequest[] = [];
    await listening(folder, async (request) => {
      heard.push(request);
      return TAKEN;
    });
    expect(statSync(join(folder, "control.sock")).mode & 0o777).toBe(0o600);
    const request = { kind: "stop", trade: 3, points: 6316.25 } as const;
    expect(await ask(folder, request)).toEqual({ ok: true, value: TAKEN });
    expect(heard).toEqual([request]);
  });

  test("finds nobody where nothing listens, and where a dead process left its file", async () => {
    const folder = temporaryFolder();
    const missing = await ask(folder, { kind: "resume" });
    expect(missing).toMatchObject({ ok: false, error: { kind: "nobody" } });
    await leaveStaleSocket(folder);
    const stale = await ask(folder, { kind: "resume" });
    expect(stale).toMatchObject({ ok: false, error: { kind: "nobody" } });
    await listening(folder);
    expect(await ask(folder, { kind: "resume" })).toEqual({ ok: true, value: TAKEN });
  });

  test("never takes the door from a process that answers", async () => {
    const folder = temporaryFolder();
    await listening(folder);
    const second = await controlSocket(LIMITS).listen(folder, async () => TAKEN);
    expect(second).toMatchObject({ ok: false, error: { kind: "failed" } });
    expect(existsSync(join(folder, "control.sock"))).toBe(true);
    expect(await ask(folder, { kind: "resume" })).toEqual({ ok: true, value: TAKEN });
  });

  test("says why it cannot listen", async () => {
    const folder = join(temporaryFolder(), "missing");
    expect(await controlSocket().listen(folder, async () => TAKEN)).toMatchObject({
      ok: false,
      error: { kind: "failed", detail: expect.stringContaining("cannot listen") },
    });
  });

  test.each([
    ["not json\n", "expected one JSON object"],
    ["[1]\n", "not a request this version knows"],
    ['{"kind":"sing"}\n', "not a request this version knows"],
    ['{"kind":"close","trade":0}\n', "not a request this version knows"],
    [`{"kind":"paste","text":"${"x".repeat(17_000)}"}\n`, "at most 16384 characters"],
    ["x".repeat(17_000), "at most 16384 characters"],
    ['{"kind":"status"', "the question has no end"],
  ])("refuses %.30j", async (words, reason) => {
    const folder = temporaryFolder();
    await listening(folder);
    const answer = JSON.parse(await say(folder, words));
    expect(answer).toMatchObject({ kind: "fault", reason: expect.stringContaining(reason) });
  });

  test("waits a while for a question and for its answer, then hangs up", async () => {
    const folder = temporaryFolder();
    await listening(folder, () => new Promise(() => {}));
    expect(JSON.parse(await say(folder, "", false))).toEqual({
      kind: "fault",
      reason: "it took too long",
    });
    expect(await ask(folder, { kind: "resume" })).toEqual({
      ok: true,
      value: { kind: "fault", reason: "it took too long" },
    });
  });

  test("answers with what went wrong behind it", async () => {
    const folder = temporaryFolder();
    await listening(folder, () => Promise.reject(new Error("a bug")));
    expect(await ask(folder, { kind: "resume" })).toMatchObject({
      value: { kind: "fault", reason: "Error: a bug" },
    });
  });

  test("serves so many askers at a time and no more", async () => {
    const folder = temporaryFolder();
    await listening(folder, () => new Promise(() => {}));
    const answers = await Promise.all([1, 2, 3].map(() => ask(folder, { kind: "resume" })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
    const [turnedAway] = answers.filter(({ ok }) => !ok);
    expect(turnedAway).toMatchObject({ error: { kind: "failed" } });
  });

  test("survives an asker that hangs up in the middle", async () => {
    const folder = temporaryFolder();
    await listening(folder);
    await new Promise<void>((resolve) => {
      const socket = connect(join(folder, "control.sock"), () => {
        socket.write('{"kind":');
        socket.destroy();
        resolve();
      });
    });
    expect(await ask(folder, { kind: "resume" })).toEqual({ ok: true, value: TAKEN });
  });
});

describe("an asker", () => {
  test.each([
    ["", "hung up"],
    ["{", "cut off"],
    ["7\n", "not one this version knows"],
  ])("that gets %j says what is wrong", async (words, reason) => {
    const folder = temporaryFolder();
    await answering(folder, words);
    expect(await ask(folder, { kind: "resume" })).toMatchObject({
      ok: false,
      error: { kind: "failed", detail: expect.stringContaining(reason) },
    });
  });

  test("does not swallow an answer without end", async () => {
    const folder = temporaryFolder();
    await answering(folder, "x".repeat(9 * 2 ** 20));
    expect(await ask(folder, { kind: "resume" })).toMatchObject({
      ok: false,
      error: { detail: "the answer is longer than any should be" },
    });
  });

  test("gives up on a process that takes the call and says nothing", async () => {
    const folder = temporaryFolder();
    await answering(folder, null);
    const control = controlSocket({ connectionsMax: 2, patience: -950 });
    expect(await control.ask(folder, { kind: "resume" })).toMatchObject({
      ok: false,
      error: { detail: "the running process does not answer" },
    });
  });
});

describe("where the door is", () => {
  test("a pipe of its own for each directory on Windows", () => {
    const here = doorOf("data", "win32");
    expect(here).toMatch(/^\\\\\.\\pipe\\tradestream-[0-9a-f]{32}$/);
    expect(doorOf("DATA", "win32")).toBe(here);
    expect(doorOf("other", "win32")).not.toBe(here);
  });

  test("a shorter way from here when the whole path is too long, else none", async () => {
    const long = join(process.cwd(), "x".repeat(40));
    expect(doorOf(join(long, "y".repeat(90)), "linux")).toBe(null);
    const folder = join(temporaryFolder(), "z".repeat(120));
    mkdirSync(folder);
    expect(await controlSocket().listen(folder, async () => TAKEN)).toMatchObject({
      error: { detail: expect.stringContaining("too long") },
    });
    expect(await ask(folder, { kind: "resume" })).toMatchObject({
      error: { detail: expect.stringContaining("too long") },
    });
  });
});

/** The file of a process that died without tidying up. */
async function leaveStaleSocket(folder: string): Promise<void> {
  const path = join(folder, "control.sock");
  const server = await answering(folder, "");
  await new Promise((resolve) => server.close(resolve));
  // Node removes the file of a server it closes; a killed process does not.
  writeFileSync(path, "");
}

/** A foreign server behind the door; null says nothing at all. */
function answering(folder: string, words: string | null): Promise<Server> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    if (words !== null) socket.end(words);
  });
  onTestFinished(() => void server.close());
  return new Promise((resolve) => {
    server.listen(join(folder, "control.sock"), () => resolve(server));
  });
}
