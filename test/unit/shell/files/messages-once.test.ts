import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { type MessageRead, messagesOnce } from "../../../../src/shell/files/messages-once.ts";
import { NOW } from "../../../kit/builders.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

async function readAll(text: string, name: string | null = null): Promise<readonly MessageRead[]> {
  const path = name === null ? null : join(temporaryFolder(), name);
  if (path !== null) writeFileSync(path, text);
  return collect(path, text);
}

async function collect(path: string | null, text = ""): Promise<readonly MessageRead[]> {
  const reads: MessageRead[] = [];
  const input = Readable.from([Buffer.from(text)]);
  for await (const read of messagesOnce({ path, input, now: () => NOW })) reads.push(read);
  return reads;
}

const short = (reads: readonly MessageRead[]) =>
  reads.map((read) =>
    read.kind === "fault" ? `${read.line}: ${read.reason}` : `${read.format} ${read.message.text}`,
  );

describe("messages read once", () => {
  test("records, each bad line with its number and the rest all the same", async () => {
    const lines = ['{"id":"1","text":"a"}', "oops", "", '{"id":"2","text":"b"}', '{"id":3}'];
    expect(short(await readAll(lines.join("\n")))).toEqual([
      "records a",
      "2: expected one JSON object",
      "records b",
      '5: expected a "text"',
    ]);
  });

  test("records whose first line is the bad one", async () => {
    expect(short(await readAll('oops\n{"id":"1","text":"a"}\n'))).toEqual([
      "1: expected one JSON object",
      "records a",
    ]);
  });

  test("records by the name of the file, whatever is in it", async () => {
    expect(short(await readAll("oops\n", "messages.jsonl"))).toEqual([
      "1: expected one JSON object",
    ]);
  });

  test("texts between blank lines, from a file and from standard input alike", async () => {
    const text = "ES long 6326: A\nStop: 6316\n\nstop to BE";
    for (const name of [null, "alerts.txt"]) {
      const reads = await readAll(text, name);
      expect(short(reads)).toEqual(["texts ES long 6326: A\nStop: 6316", "texts stop to BE"]);
      const [first] = reads;
      expect(first).toMatchObject({
        message: {
          source: name === null ? "stdin" : "chat-file",
          channel: name ?? "stdin",
          sentAt: NOW,
        },
      });
    }
  });

  test("texts longer than the look ahead", async () => {
    const lines = Array.from({ length: 30 }, (_, n) => `line ${n}`);
    expect(short(await readAll(lines.join("\n")))).toEqual([`texts ${lines.join("\n")}`]);
  });

  test("a line without end is reported and passed over", async () => {
    const reads = await readAll(`${"x".repeat(70_000)}\n\nhello\n`);
    expect(short(reads)).toEqual(["1: a line has at most 65536 characters", "texts hello"]);
  });

  test("nothing at all is no message and no fault", async () => {
    expect(await readAll("")).toEqual([]);
  });

  test("a file that is not there, and a folder, are faults of the whole", async () => {
    const folder = temporaryFolder();
    expect(await collect(join(folder, "missing.txt"))).toEqual([
      { kind: "fault", line: null, reason: "there is no such file" },
    ]);
    expect(await collect(folder)).toEqual([
      { kind: "fault", line: null, reason: "it is a folder, not a file" },
    ]);
  });

  test("a bug while reading is none of the file's faults", async () => {
    const input = Readable.from(
      (function* () {
        yield Buffer.from("hello\n");
        throw new Error("a bug");
      })(),
    );
    const reading = async () => {
      for await (const _ of messagesOnce({ path: null, input, now: () => NOW }));
    };
    await expect(reading()).rejects.toThrow("a bug");
  });
});
