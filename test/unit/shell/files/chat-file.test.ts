import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Message } from "../../../../src/core/model/message.ts";
import { millis } from "../../../../src/core/model/units.ts";
import type { SourceFault } from "../../../../src/ports/alert-source.ts";
import { chatFile } from "../../../../src/shell/files/chat-file.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const START = 1_700_000_000_000;
/** A look takes place at least this often. */
const LOOK = 250;

const record = (id: string): string => `${JSON.stringify({ id, text: `text ${id}` })}\n`;

/** A chat file that is followed; time passes only by `wait`. */
function followed(content: string | null, name = "chat.jsonl", channel?: string) {
  const path = join(temporaryFolder(), name);
  if (content !== null) writeFileSync(path, content);
  const clock = virtualClock(millis(START));
  const messages: Message[] = [];
  const faults: SourceFault[] = [];
  const source = chatFile({ path, clock, once: false, ...(channel !== undefined && { channel }) });
  source.open({
    message: (message) => void messages.push(message),
    fault: (fault) => void faults.push(fault),
    end: () => expect.unreachable("a followed file has no end"),
  });
  const wait = (passed: number) => void clock.runUntil(millis(clock.now() + passed));
  const ids = () => messages.map(({ id }) => id);
  wait(0);
  return { path, source, messages, faults, wait, ids, clock };
}

describe("a chat file that is followed", () => {
  test("is read to its end, then as it grows", () => {
    const { path, source, wait, ids } = followed(record("1") + record("2"));
    expect(ids()).toEqual(["1", "2"]);
    appendFileSync(path, record("3"));
    wait(LOOK);
    expect(ids()).toEqual(["1", "2", "3"]);
    source.close();
    appendFileSync(path, record("4"));
    wait(10 * LOOK);
    expect(ids()).toEqual(["1", "2", "3"]);
  });

  test("larger than one slice comes in order and whole", () => {
    const all = Array.from({ length: 5000 }, (_, i) => `${i}`);
    const { source, ids } = followed(all.map(record).join(""));
    expect(ids()).toEqual(all);
    source.close();
  });

  test("keeps half a record until its line ends, however long that takes", () => {
    const { path, source, wait, ids, faults } = followed(record("1").slice(0, 12));
    wait(20 * LOOK);
    expect(ids()).toEqual([]);
    appendFileSync(path, record("1").slice(12));
    wait(LOOK);
    expect([ids(), faults]).toEqual([["1"], []]);
    source.close();
  });

  test("names messages by its own name, or by the channel it was given", () => {
    const one = followed(record("1"));
    expect(one.messages[0]).toMatchObject({
      source: "chat-file",
      channel: "chat.jsonl",
      sentAt: START,
    });
    one.source.close();
    const other = followed(record("1"), "chat.jsonl", "room 7");
    expect(other.messages[0]?.channel).toBe("room 7");
    other.source.close();
  });

  test("takes the last text for complete after a second in which nothing was added", () => {
    const { path, source, wait, messages } = followed("🚨 ES long 6326: A\n", "chat.txt");
    wait(900);
    appendFileSync(path, "Stop: 6316\n");
    wait(LOOK);
    wait(700);
    expect(messages).toEqual([]);
    wait(2 * LOOK);
    expect(messages).toMatchObject([{ text: "🚨 ES long 6326: A\nStop: 6316", sentAt: START }]);
    appendFileSync(path, "all out\n\n");
    wait(LOOK);
    expect(messages.at(-1)?.text).toBe("all out");
    source.close();
  });

  test("does not cut a text whose last line has not ended", () => {
    const { path, source, wait, messages } = followed("🚨 ES long 6326: A\nStop: 63", "chat.txt");
    wait(5000);
    expect(messages).toEqual([]);
    appendFileSync(path, "16\n");
    wait(1500);
    expect(messages.map(({ text }) => text)).toEqual(["🚨 ES long 6326: A\nStop: 6316"]);
    source.close();
  });

  test("emptied and written anew is read from its beginning", () => {
    const { path, source, wait, ids } = followed(record("1") + record("2"));
    truncateSync(path);
    appendFileSync(path, record("3"));
    wait(LOOK);
    expect(ids()).toEqual(["1", "2", "3"]);
    source.close();
  });

  test("rewritten longer in place is read from its beginning, not from the middle of a word", () => {
    const { path, source, wait, ids, faults } = followed(record("1") + record("2"));
    writeFileSync(path, record("0") + record("1") + record("2") + record("3"));
    wait(LOOK);
    expect([ids(), faults]).toEqual([["1", "2", "0", "1", "2", "3"], []]);
    source.close();
  });

  test("moved away is read to its end, then its successor from the beginning", () => {
    const { path, source, wait, ids } = followed(record("1"));
    appendFileSync(path, record("2"));
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, record("3").trimEnd());
    wait(LOOK);
    expect(ids()).toEqual(["1", "2"]);
    writeFileSync(path, record("4"));
    wait(LOOK);
    wait(LOOK);
    expect(ids()).toEqual(["1", "2", "3", "4"]);
    source.close();
  });

  test("that does not exist yet is reported once, and read when it comes", () => {
    const { path, source, wait, ids, faults } = followed(null);
    wait(5 * LOOK);
    expect(faults).toEqual([{ where: path, reason: "there is no such file" }]);
    writeFileSync(path, record("1"));
    wait(2 * LOOK);
    expect(ids()).toEqual(["1"]);
    source.close();
  });

  test("that is a folder, or becomes one, is reported", () => {
    const path = join(temporaryFolder(), "folder");
    mkdirSync(path);
    const faults: SourceFault[] = [];
    const clock = virtualClock(millis(START));
    const source = chatFile({ path, clock, once: false });
    const listener = { message: () => expect.unreachable(), end: () => expect.unreachable() };
    source.open({ ...listener, fault: (fault) => void faults.push(fault) });
    clock.runUntil(millis(START + 2000));
    expect(faults.length).toBeLessThan(2);
    source.close();
  });

  test("keeps the ids of texts when lines are added before and behind them", () => {
    const alert = "🚨 ES long 6326: A\nStop: 6316\n\n";
    const { path, source, wait, messages } = followed(`${alert}all out\n\n`, "chat.txt");
    writeFileSync(path, `good morning\n\n${alert}all out\n\n${alert}`);
    wait(2 * LOOK);
    const [first, second, , again, out, repeat] = messages.map(({ id }) => id);
    expect([again, out]).toEqual([first, second]);
    expect([first, second]).not.toContain(repeat);
    source.close();
  });

  test("is looked at as soon as the system says that it changed", async () => {
    const { path, source, ids, clock } = followed(record("1"));
    appendFileSync(path, record("2"));
    // Virtual time stands still: only the system's own sign can make it look.
    for (let turn = 0; turn < 2000 && ids().length < 2; turn++) {
      await new Promise((soon) => setImmediate(soon));
      clock.runUntil(clock.now());
    }
    expect(ids()).toEqual(["1", "2"]);
    source.close();
  });
});

describe("a chat file read once", () => {
  const readOnce = (path: string) => {
    const clock = virtualClock(millis(START));
    const heard: string[] = [];
    const source = chatFile({ path, clock, once: true });
    source.open({
      message: ({ text }) => void heard.push(text),
      fault: ({ reason }) => void heard.push(`fault: ${reason}`),
      end: () => void heard.push("end"),
    });
    return { clock, source, heard };
  };

  test("that is missing is a fault, and the end", () => {
    const { clock, heard } = readOnce(join(temporaryFolder(), "missing.txt"));
    clock.runAll(100);
    expect(heard).toEqual(["fault: there is no such file", "end"]);
    expect(clock.now()).toBe(START);
  });

  test("that is a folder is a fault, and the end", () => {
    const { clock, heard } = readOnce(temporaryFolder());
    clock.runAll(100);
    expect(heard).toEqual(["fault: it is a folder, not a file", "end"]);
  });

  test("takes what follows the last blank line for a message, ended or not", () => {
    const path = join(temporaryFolder(), "chat.txt");
    writeFileSync(path, "\uFEFFone\r\ntwo\r\n\r\nthree");
    const { clock, heard } = readOnce(path);
    clock.runAll(100);
    expect(heard).toEqual(["one\ntwo", "three", "end"]);
  });

  test("says nothing more once it was closed in the middle", () => {
    const path = join(temporaryFolder(), "chat.txt");
    writeFileSync(path, "one\n\n");
    const { clock, source, heard } = readOnce(path);
    clock.runAll(1);
    source.close();
    rmSync(path);
    clock.runAll(100);
    expect(heard).toEqual([]);
  });
});
