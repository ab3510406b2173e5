/**
 * What every source of messages promises, proved on each that exists.
 */
import { describe, expect, test } from "vitest";
import type { AlertSource } from "../../src/ports/alert-source.ts";
import { heardOf } from "../kit/heard-of.ts";

export interface OpenedSource {
  readonly source: AlertSource;
  /** Writes more of what the source reads, and lets it be read. */
  write(text: string): Promise<void>;
  /** Nothing more will be written. */
  finish(): Promise<void>;
}

const ALERT = "🚨 ES long 6326: A\nStop: 6316\n@everyone";
const record = (fields: Record<string, unknown>): string => `${JSON.stringify(fields)}\n`;

export function alertSourceContract(name: string, open: () => OpenedSource): void {
  const opened = () => {
    const one = open();
    return { ...one, ...heardOf(one.source) };
  };

  describe(`messages from ${name}`, () => {
    test("written as texts are separated by blank lines, and named by the source", async () => {
      const { write, finish, messages, heard } = opened();
      await write(`${ALERT}\n\n  \n\nstop to BE\n`);
      await finish();
      expect(messages.map(({ text }) => text)).toEqual([ALERT, "stop to BE"]);
      expect(messages[0]).toMatchObject({
        author: null,
        embeds: [],
        referenced: null,
        event: "create",
        previous: null,
      });
      expect(messages[0]?.channel.length).toBeGreaterThan(0);
      expect(new Set(messages.map(({ id }) => id)).size).toBe(2);
      expect(heard).toEqual(["message", "message", "end"]);
    });

    test("written as records keep what the record says", async () => {
      const { write, finish, messages } = opened();
      const sentAt = "2026-03-02T15:31:10Z";
      await write(record({ id: "7", text: ALERT, author: "JMoney", channel: "room", sentAt }));
      await write(record({ id: "7", text: "changed", event: "edit", previous: ALERT }));
      await finish();
      expect(messages[0]).toMatchObject({
        id: "7",
        text: ALERT,
        author: "JMoney",
        channel: "room",
        event: "create",
        sentAt: Date.parse(sentAt),
      });
      expect(messages[1]).toMatchObject({ id: "7", event: "edit", previous: ALERT });
    });

    test("come whole however the bytes were cut, umlauts and emoji too", async () => {
      const { write, finish, messages } = opened();
      const text = record({ id: "1", text: "🚨 größer\nStop: 6316" });
      for (const part of [text.slice(0, 30), text.slice(30, 31), text.slice(31)]) await write(part);
      await finish();
      expect(messages.map((message) => message.text)).toEqual(["🚨 größer\nStop: 6316"]);
    });

    test("that cannot be read are faults with their line, and the next one comes", async () => {
      const { write, finish, messages, faults } = opened();
      await write(record({ id: "1", text: "one" }));
      await write('{"id": broken\n{"id":"2"}\n');
      await write(record({ id: "3", text: "three" }));
      await finish();
      expect(messages.map(({ id }) => id)).toEqual(["1", "3"]);
      expect(faults.map(({ where }) => where.replace(/^.*:/s, ""))).toEqual(["2", "3"]);
      expect(faults.every(({ reason }) => reason.length > 0)).toBe(true);
    });

    test("have the same ids when the same is read again, and different ones when it repeats", async () => {
      const idsOf = async (text: string) => {
        const { write, finish, messages } = opened();
        await write(text);
        await finish();
        return messages.map(({ id }) => id);
      };
      const text = `${ALERT}\n\nall out\n\n${ALERT}\n\n`;
      const [first, again, longer] = [
        await idsOf(text),
        await idsOf(text),
        await idsOf(`${text}all out\n`),
      ];
      expect(again).toEqual(first);
      expect(longer.slice(0, 3)).toEqual(first);
      expect(new Set(longer).size).toBe(4);
    });

    test("longer than a line may be are passed over", async () => {
      const { write, finish, messages, faults } = opened();
      await write(record({ id: "1", text: "one" }));
      await write(record({ id: "2", text: "x".repeat(70_000) }));
      await write(record({ id: "3", text: "three" }));
      await finish();
      expect(messages.map(({ id }) => id)).toEqual(["1", "3"]);
      expect(faults.length).toBe(1);
    });

    test("end once; nothing at all was no message", async () => {
      const { finish, heard } = opened();
      await finish();
      expect(heard).toEqual(["end"]);
    });

    test("stop coming when the source is closed", async () => {
      const { source, write, heard } = opened();
      source.close();
      await write(record({ id: "1", text: "one" }));
      source.close();
      expect(heard).toEqual([]);
      expect(source.name.length).toBeGreaterThan(0);
    });
  });
}

export interface PostedSource {
  readonly source: AlertSource;
  /** Resolves once the source is ready to hear. */
  ready(): Promise<void>;
  /** Hands it one message under this id, and waits for what it makes of it. */
  post(id: string, text: string): Promise<void>;
  /** Something that is no message. */
  postNonsense(): Promise<void>;
}

/** What a source promises that is handed one message at a time and never comes to an end. */
export function postedSourceContract(name: string, open: () => PostedSource): void {
  const opened = async () => {
    const one = open();
    const heard = heardOf(one.source);
    await one.ready();
    return { ...one, ...heard };
  };

  describe(`messages from ${name}`, () => {
    test("come whole and in order, umlauts and emoji too, with a channel and a time", async () => {
      const { post, messages, heard } = await opened();
      await post("1", ALERT);
      await post("2", "🚨 größer\nStop: 6316");
      expect(messages.map(({ text }) => text)).toEqual([ALERT, "🚨 größer\nStop: 6316"]);
      expect(messages[0]).toMatchObject({ embeds: [], event: "create", previous: null });
      expect(messages[0]?.channel.length).toBeGreaterThan(0);
      expect(Number.isSafeInteger(messages[0]?.sentAt)).toBe(true);
      expect(heard).toEqual(["message", "message"]);
    });

    test("come once each, however often they are handed in", async () => {
      const { post, messages } = await opened();
      for (const id of ["1", "1", "2", "1", "2"]) await post(id, `${ALERT} ${id}`);
      expect(new Set(messages.map(({ id }) => id)).size).toBe(2);
      expect(messages.length).toBe(2);
    });

    test("that cannot be read are faults with their place, and the next one comes", async () => {
      const { post, postNonsense, messages, faults } = await opened();
      await post("1", "one");
      await postNonsense();
      await post("3", "three");
      expect(messages.map(({ text }) => text)).toEqual(["one", "three"]);
      expect(faults.length).toBe(1);
      expect(faults.every(({ where, reason }) => where !== "" && reason !== "")).toBe(true);
    });

    test("stop coming when the source is closed", async () => {
      const { source, post, heard } = await opened();
      source.close();
      await post("1", "one").catch(() => "nobody listens");
      source.close();
      expect(heard).toEqual([]);
      expect(source.name.length).toBeGreaterThan(0);
    });
  });
}
