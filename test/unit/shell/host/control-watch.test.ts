import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { SnapshotView } from "../../../../src/core/views/snapshot.ts";
import type { Watching } from "../../../../src/ports/control.ts";
import { controlSocket } from "../../../../src/shell/host/control-socket.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const TAKEN = { kind: "command", answer: { kind: "taken" } } as const;

/** A house of which only the number of the last fact can be seen. */
function aHouse(size = 0) {
  const lookers = new Set<() => void>();
  let sequence = 1;
  let made = 0;
  const watching: Watching = {
    join(changed) {
      if (lookers.size >= 2) return null;
      lookers.add(changed);
      return () => void lookers.delete(changed);
    },
    newest() {
      made += 1;
      const snapshot = { sequence, filler: "x".repeat(size) };
      return Promise.resolve(JSON.stringify({ kind: "snapshot", snapshot }));
    },
  };
  return {
    watching,
    lookers,
    made: () => made,
    write() {
      sequence += 1;
      for (const one of lookers) one();
    },
  };
}

async function open(directory: string, watching: Watching) {
  const door = await controlSocket().listen(directory, async () => TAKEN, watching);
  if (!door.ok) throw new Error(door.error.detail);
  onTestFinished(() => door.value.close());
}

async function look(directory: string) {
  const seen: number[] = [];
  const said: string[] = [];
  let beats = 0;
  const watching = await controlSocket().watch(directory, {
    seen: ({ sequence }: SnapshotView) => void seen.push(sequence),
    beat() {
      beats += 1;
    },
    lost: (reason) => void said.push(reason),
  });
  if (watching.ok) onTestFinished(watching.value);
  return { watching, seen, said, beats: () => beats };
}

describe("looking on over the control socket", () => {
  test("tells how it is, then each change, and beats while there is none", async () => {
    const folder = temporaryFolder();
    const house = aHouse();
    await open(folder, house.watching);
    const looker = await look(folder);
    await expect.poll(() => looker.seen).toEqual([1]);
    house.write();
    await expect.poll(() => looker.seen).toEqual([1, 2]);
    await expect.poll(looker.beats).toBeGreaterThan(0);
    expect(looker.said).toEqual([]);
  });

  test("lets go of one who hangs up, and of one who is killed", async () => {
    const folder = temporaryFolder();
    const house = aHouse();
    await open(folder, house.watching);
    const looker = await look(folder);
    await expect.poll(() => house.lookers.size).toBe(1);
    if (looker.watching.ok) looker.watching.value();
    await expect.poll(() => house.lookers.size).toBe(0);
    expect(looker.said).toEqual([]);
    house.write();
  });

  test("holds one snapshot at most for a reader that does not read, and still answers", async () => {
    const folder = temporaryFolder();
    const house = aHouse(4_000_000);
    await open(folder, house.watching);
    const slow = await new Promise<Socket>((resolve) => {
      const socket = connect(join(folder, "control.sock"), () => {
        socket.write('{"kind":"watch"}\n');
        socket.pause();
        resolve(socket);
      });
    });
    onTestFinished(() => void slow.destroy());
    await expect.poll(() => house.lookers.size).toBe(1);
    for (let fact = 0; fact < 100; fact++) {
      house.write();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(house.made()).toBeLessThan(6);
    expect(await controlSocket().ask(folder, { kind: "status" })).toMatchObject({ ok: true });
  });

  test("takes so many and no more", async () => {
    const folder = temporaryFolder();
    const house = aHouse();
    await open(folder, house.watching);
    await look(folder);
    await look(folder);
    await expect.poll(() => house.lookers.size).toBe(2);
    const third = await look(folder);
    await expect.poll(() => third.said).toEqual(["too many look on already"]);
  });

  test("says that nobody is there, that there is nothing to see, and that it is gone", async () => {
    const folder = temporaryFolder();
    expect((await look(folder)).watching).toMatchObject({ ok: false, error: { kind: "nobody" } });
    await open(folder, { join: () => null, newest: () => Promise.resolve(null) });
    const blind = await look(folder);
    await expect.poll(() => blind.said).toEqual(["there is nothing to see yet"]);
    const long = join(temporaryFolder(), "x".repeat(120));
    expect((await look(long)).watching).toMatchObject({ ok: false, error: { kind: "failed" } });
  });

  test("understands no other version, no nonsense and no silence", async () => {
    for (const [words, reason] of [
      ['{"kind":"picture"}\n', "the running process speaks another version"],
      ["what?\n", "the running process speaks another version"],
      ["null\n", "the running process speaks another version"],
    ] as const) {
      const folder = temporaryFolder();
      const server = createServer((socket) => void socket.write(words));
      server.listen(join(folder, "control.sock"));
      onTestFinished(() => void server.close());
      const looker = await look(folder);
      await expect.poll(() => looker.said).toEqual([reason]);
    }
  });

  test("gives up a process that says nothing any more", async () => {
    const folder = temporaryFolder();
    const server = createServer(() => {});
    server.listen(join(folder, "control.sock"));
    onTestFinished(() => void server.close());
    const looker = await look(folder);
    await vi.waitFor(() => expect(looker.said).toEqual(["the process says nothing any more"]), {
      timeout: 20_000,
    });
  });
});
