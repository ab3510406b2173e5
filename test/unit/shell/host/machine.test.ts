import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hostMachine } from "../../../../src/shell/host/machine.ts";
import { tryDatabase } from "../../../../src/shell/sqlite/database.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const machineWith = (clock: string, tries = () => Promise.resolve()) =>
  hostMachine({ tryDatabase: tries, askClock: () => Promise.resolve(clock) });
const machine = machineWith("yes");

describe("the platform", () => {
  test("is the one this runs on", async () => {
    const read = await hostMachine({ tryDatabase: async () => tryDatabase() }).platform();
    expect(read).toMatchObject({ node: process.versions.node, database: null, chicagoNoon: 12 });
    expect(read.memoryFree).toBeGreaterThan(0);
    expect([true, false, null]).toContain(read.isClockKept);
  });

  test.each([
    ["yes", true],
    ["no", false],
    ["", null],
    ["Failed to connect to bus", null],
  ])("whose clock says %o", async (said, isKept) => {
    expect((await machineWith(said).platform()).isClockKept).toBe(isKept);
  });

  test("whose database cannot be loaded says so in a line", async () => {
    const fails = () => Promise.reject(new Error("was compiled for\nanother Node.js"));
    expect((await machineWith("yes", fails).platform()).database).toBe("was compiled for");
  });
});

describe("a directory", () => {
  test("that is there, and one that would be made in it; nothing is left behind", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o700);
    const there = await machine.directory(folder);
    expect(there).toMatchObject({ isThere: true, fault: null, network: null });
    expect(there.access).toEqual({ othersRead: false, othersWrite: false });
    expect(there.free).toBeGreaterThan(0);
    const deep = await machine.directory(join(folder, "not", "yet"));
    expect(deep).toMatchObject({ isThere: false, fault: null, access: null });
    expect(readdirSync(folder)).toEqual([]);
  });

  test("that is a file", async () => {
    const file = join(temporaryFolder(), "data");
    writeFileSync(file, "");
    expect((await machine.directory(file)).fault).toBe("it is not a directory");
    expect((await machine.directory(join(file, "in"))).fault).toContain("not a directory");
  });
});

test("what others may do with a file", () => {
  const folder = temporaryFolder();
  expect(machine.access(join(folder, "none"))).toBeNull();
  mkdirSync(join(folder, "in"));
  const file = join(folder, "in", "config.yaml");
  writeFileSync(file, "");
  const all = [0o600, 0o644, 0o662].map((mode) => {
    chmodSync(file, mode);
    return machine.access(file);
  });
  expect(all.map((one) => [one?.othersRead, one?.othersWrite])).toEqual([
    [false, false],
    [true, false],
    [true, true],
  ]);
});

test("a port that is taken, and one that is not", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  expect(await machine.portFault("127.0.0.1", port)).toBe("EADDRINUSE");
  await new Promise((done) => server.close(done));
  expect(await machine.portFault("127.0.0.1", port)).toBeNull();
  expect(await machine.portFault("192.0.2.1", port)).toBe("EADDRNOTAVAIL");
});
