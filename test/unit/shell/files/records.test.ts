import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { looksLikeRecord, readRecord } from "../../../../src/shell/files/records.ts";

const read = (fields: unknown) => readRecord(JSON.stringify(fields));
const complaint = (fields: unknown): string => {
  const record = read(fields);
  return record.ok ? "none" : record.error;
};

describe("a record", () => {
  test("needs no more than a text", () => {
    expect(read({ text: "hello" })).toEqual({
      ok: true,
      value: {
        id: null,
        author: null,
        channel: null,
        text: "hello",
        embeds: [],
        referenced: null,
        event: "create",
        previous: null,
        sentAt: null,
      },
    });
  });

  test("keeps every field a message has, and leaves out what no message has", () => {
    const embed = {
      author: { name: "bot", icon: "x" },
      title: "ES long",
      description: "d",
      fields: [{ name: "Stop", value: "6316", inline: true }],
      footer: { text: "f" },
      color: 3,
    };
    const record = read({
      id: 12,
      author: "JMoney",
      channel: "room",
      text: "t",
      embeds: [embed, {}, { title: null }],
      referenced: "r",
      event: "delete",
      previous: "p",
      ts: 1_772_465_470,
      other: 1,
    });
    expect(record).toEqual({
      ok: true,
      value: {
        id: "12",
        author: "JMoney",
        channel: "room",
        text: "t",
        referenced: "r",
        event: "delete",
        previous: "p",
        sentAt: 1_772_465_470_000,
        embeds: [
          {
            author: { name: "bot" },
            title: "ES long",
            description: "d",
            fields: [{ name: "Stop", value: "6316" }],
            footer: { text: "f" },
          },
          {},
          {},
        ],
      },
    });
  });

  test("may be embeds alone, and may say null for what it leaves out", () => {
    const nothing = { id: null, author: null, sentAt: null, event: null, referenced: null };
    expect(
      read({ ...nothing, embeds: [{ description: "d", author: {}, footer: null }] }),
    ).toMatchObject({
      ok: true,
      value: { text: "", embeds: [{ description: "d" }], event: "create" },
    });
  });

  test("that is wrong says what was expected", () => {
    expect(readRecord("{")).toEqual({ ok: false, error: "expected one JSON object" });
    for (const wrong of [[], 3, "text", null])
      expect(complaint(wrong)).toBe("expected one JSON object");
    expect(complaint({ id: "1" })).toBe('expected a "text"');
    expect(complaint({ text: 5, embeds: [] })).toBe('"text" is not a text');
    expect(complaint({ text: "t", event: "remove" })).toBe('"event" is not create, edit or delete');
    for (const name of ["id", "author", "channel"]) {
      expect(complaint({ text: "t", [name]: "" })).toContain(`"${name}" is not a text of 1 to 200`);
      expect(complaint({ text: "t", [name]: "x".repeat(201) })).toContain(`"${name}" is not`);
    }
    for (const name of ["referenced", "previous"]) {
      expect(complaint({ text: "t", [name]: {} })).toBe(`"${name}" is not a text`);
    }
  });

  test("with a number for an id that JSON cannot keep exact is refused", () => {
    expect(readRecord('{"text":"t","id":1234567890123456789}').ok).toBe(false);
    expect(readRecord('{"text":"t","id":1.5}').ok).toBe(false);
  });

  test("with a time of day that names no zone is refused", () => {
    expect(complaint({ text: "t", sentAt: "2026-03-02T15:31:10" })).toContain(
      '"sentAt" is not a time',
    );
    expect(complaint({ text: "t", ts: true })).toContain('"sentAt" is not a time');
    expect(read({ text: "t", ts: "2026-03-02T15:31:10Z" })).toMatchObject({ ok: true });
  });

  test("with embeds that are none is refused", () => {
    const wrong = [
      5,
      [5],
      [null],
      [{ title: 5 }],
      [{ description: 5 }],
      [{ author: "bot" }],
      [{ footer: { text: 5 } }],
      [{ fields: {} }],
      [{ fields: [5] }],
      [{ fields: [{ name: "n" }] }],
      [{ fields: Array(26).fill({ name: "n", value: "v" }) }],
      Array(11).fill({}),
    ];
    for (const embeds of wrong)
      expect(complaint({ text: "t", embeds })).toContain('"embeds" is not');
  });

  test("never fails on any line, whatever is in it", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void readRecord(line)));
  });
});

describe("a line", () => {
  test("looks like a record when it is an object with a message's fields, or a broken one", () => {
    for (const line of ['{"text":"t"}', '  {"embeds":[]}', '{"id": bro']) {
      expect(looksLikeRecord(line), line).toBe(true);
    }
    const placeholder = '{"ticker":"MES1!","price":{{close}}}';
    for (const line of [placeholder, "🚨 ES long", '{"ticker":"ES1!","action":"buy"}', "[1]", ""]) {
      expect(looksLikeRecord(line), line).toBe(false);
    }
  });
});
