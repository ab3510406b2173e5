/** The words to systemd, and the real command where there is one. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { type Notify, systemdSupervisor } from "../../../../src/shell/host/systemd.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const ENV = { NOTIFY_SOCKET: "/run/x", WATCHDOG_USEC: "30000000", WATCHDOG_PID: "7" };

function told(env: Readonly<Record<string, string>> = ENV, pid = 7) {
  const said: string[] = [];
  const pending: Parameters<Notify>[1][] = [];
  const faults: string[] = [];
  const supervisor = systemdSupervisor({
    ...{ env, pid },
    notify(words, done) {
      said.push(words.join(" | "));
      pending.push(done);
    },
    failed: (reason) => void faults.push(reason),
  });
  return { supervisor, said, faults, done: (failed = false) => pending.shift()?.(failed) };
}

describe("systemd", () => {
  it("is not there where nobody asked for words", () => {
    expect(told({}).supervisor).toBeNull();
    expect(told({ NOTIFY_SOCKET: "" }).supervisor).toBeNull();
  });

  it.each([
    [ENV, 30_000],
    [{ NOTIFY_SOCKET: "/run/x" }, null],
    [{ ...ENV, WATCHDOG_PID: "8" }, null],
    [{ ...ENV, WATCHDOG_USEC: "soon" }, null],
    [{ ...ENV, WATCHDOG_USEC: "0" }, null],
    [{ NOTIFY_SOCKET: "/run/x", WATCHDOG_USEC: "2000000" }, 2_000],
  ])("with %o has the patience %s", (env, patience) => {
    expect(told(env).supervisor?.patience).toBe(patience);
  });

  it("hears one thing after the other, on a line each, and no sign of life behind another", () => {
    const { supervisor, said, done } = told();
    supervisor?.ready("paper,\nflat");
    supervisor?.alive();
    supervisor?.status("1 trade open");
    supervisor?.stopping();
    expect(said).toEqual(["READY=1 | STATUS=paper, flat"]);
    done();
    done();
    done();
    supervisor?.alive();
    expect(said.slice(1)).toEqual(["STATUS=1 trade open", "STOPPING=1", "WATCHDOG=1"]);
  });

  it("keeps only so many words waiting", () => {
    const { supervisor, said, done } = told();
    for (let n = 0; n < 20; n++) supervisor?.status(String(n));
    for (let n = 0; n < 20; n++) done();
    expect(said).toHaveLength(5);
  });

  it("complains once when it cannot be told", () => {
    const { supervisor, faults, done } = told();
    supervisor?.alive();
    done(true);
    supervisor?.alive();
    done(true);
    expect(faults).toEqual(["systemd-notify cannot be run: systemd is told nothing"]);
  });
});

/** What is in PATH under that name is run, with its words as they are and nothing of our environment. */
const COMMAND = `#!/bin/sh
{ printf '%s\\n' "$NOTIFY_SOCKET" "\${SECRET:-none}" "$@"; } > "$NOTIFY_SOCKET.said"
: > "$NOTIFY_SOCKET.done"
`;

it.skipIf(process.platform === "win32")("is told by its own command", async () => {
  const here = temporaryFolder();
  writeFileSync(join(here, "systemd-notify"), COMMAND, { mode: 0o700 });
  const socket = join(here, "notify");
  const env = { NOTIFY_SOCKET: socket, PATH: `${here}:/usr/bin:/bin`, SECRET: "hunter2" };
  const faults: string[] = [];
  systemdSupervisor({ env, failed: (reason) => void faults.push(reason) })?.ready("flat; $(id)");
  await vi.waitUntil(() => existsSync(`${socket}.done`), { timeout: 20_000 });
  const said = readFileSync(`${socket}.said`, "utf8");
  expect(said.split("\n")).toEqual([socket, "none", "READY=1", "STATUS=flat; $(id)", ""]);
  expect(faults).toEqual([]);
});

it("is told nothing where the command is missing, and we say so", async () => {
  const faults: string[] = [];
  const env = { NOTIFY_SOCKET: "/nowhere", PATH: temporaryFolder() };
  systemdSupervisor({ env, failed: (reason) => void faults.push(reason) })?.alive();
  await vi.waitUntil(() => faults.length > 0, { timeout: 20_000 });
  expect(faults).toEqual(["systemd-notify cannot be run: systemd is told nothing"]);
});
