/**
 * What every message history promises, proved on each that exists: in SQLite, and in memory.
 */
import { describe, expect, test } from "vitest";
import type { Message } from "../../src/core/model/message.ts";
import { millis } from "../../src/core/model/units.ts";
import type { History, KeptMessage, NewMessage } from "../../src/ports/history.ts";
import { NOON } from "../kit/sample-facts.ts";

export interface OpenedHistory {
  readonly history: History;
  /** Closes it and opens what it kept once more. */
  reopen(): History;
}

export const heard = (
  id: string,
  parts: Partial<Message> & { readonly imported?: boolean; readonly raw?: string } = {},
): NewMessage => {
  const { imported = false, raw = null, ...own } = parts;
  const message: Message = {
    source: "discord",
    channel: "42",
    id,
    author: "Trader",
    authorId: "7",
    text: `message ${id}`,
    embeds: [],
    referenced: null,
    event: "create",
    previous: null,
    sentAt: millis(NOON),
    ...own,
  };
  return { message, receivedAt: millis(NOON + 50), imported, raw };
};

const keep = (history: History, ...messages: NewMessage[]): readonly (KeptMessage | null)[] => {
  const kept = history.keep(messages);
  if (!kept.ok) expect.fail(kept.error.detail);
  return kept.value;
};

const sequencesOf = (kept: readonly (KeptMessage | null)[]): readonly number[] =>
  kept.flatMap((one) => (one === null ? [] : [one.sequence]));

const textsIn = (messages: Iterable<KeptMessage>): readonly string[] =>
  [...messages].map(({ message }) => message.text);

const idsIn = (messages: Iterable<KeptMessage>): readonly string[] =>
  [...messages].map(({ message }) => message.id);

export function historyContract(name: string, open: () => OpenedHistory): void {
  describe(`the history ${name}`, () => {
    test("begins empty", () => {
      const { history } = open();
      expect([...history.read()]).toEqual([]);
      expect(history.counts()).toEqual({ messages: 0, unsettled: 0, faults: 0 });
      expect(history.unsettled()).toEqual([]);
      expect(history.lastSettled("discord", "42")).toBeNull();
      expect(history.findById("1")).toBeNull();
      expect(history.find({ source: "discord", channel: "42", id: "1" })).toBeNull();
      expect(history.faults(10)).toEqual([]);
      expect(keep(history)).toEqual([]);
      expect(history.settle([])).toEqual({ ok: true, value: undefined });
      history.close();
    });

    test("gives back exactly what was put in, also after it was closed", () => {
      const opened = open();
      const odd = heard("1", {
        text: 'é 漢 🚨 "quoted"\nnul \u0000',
        embeds: [{ title: "ES long", fields: [{ name: "Stop", value: "6316" }] }],
        replyTo: "0",
        nature: "forward",
        raw: '{"body":1}',
      });
      const [kept] = keep(opened.history, odd);
      expect(kept).toEqual({ ...odd, sequence: 1 });
      const again = opened.reopen();
      expect([...again.read()]).toEqual([{ ...odd, sequence: 1 }]);
      again.close();
    });

    test("knows a message that is delivered again, whoever it says has written it", () => {
      const { history } = open();
      keep(history, heard("1"));
      expect(keep(history, heard("1", { author: "Trader renamed" }))).toEqual([null]);
      expect(keep(history, heard("2"), heard("2"))).toEqual([expect.anything(), null]);
      expect(history.counts().messages).toBe(2);
      history.close();
    });

    test("takes an edit, a deletion and another channel for what they are: new", () => {
      const { history } = open();
      const kept = keep(
        history,
        heard("1"),
        heard("1", { event: "edit", text: "stop 6320" }),
        heard("1", { event: "edit", text: "stop 6321" }),
        heard("1", { event: "edit", text: "stop 6321", embeds: [{ title: "new" }] }),
        heard("1", { event: "delete", text: "" }),
        heard("1", { channel: "43" }),
        heard("1", { source: "webhook" }),
      );
      expect(sequencesOf(kept)).toEqual([1, 2, 3, 4, 5, 6, 7]);
      history.close();
    });

    test("finds the newest version of a message, and a message by its id alone", () => {
      const { history } = open();
      keep(history, heard("1"), heard("2"), heard("1", { event: "edit", text: "edited" }));
      const ref = { source: "discord", channel: "42", id: "1" } as const;
      expect(history.find(ref)?.message.text).toBe("edited");
      expect(history.findById("1")?.sequence).toBe(3);
      expect(history.findById("2")?.sequence).toBe(2);
      keep(history, heard("1", { channel: "43", text: "elsewhere" }));
      expect(history.find(ref)?.message.text).toBe("edited");
      expect(history.findById("1")?.message.text).toBe("elsewhere");
      history.close();
    });

    test("is read oldest first by the time of sending, filtered, and the newest so many", () => {
      const { history } = open();
      const at = (offset: number) => ({ sentAt: millis(NOON + offset) });
      keep(
        history,
        heard("3", at(3)),
        heard("1", at(1)),
        heard("2", { ...at(2), channel: "43" }),
        heard("4", { ...at(3), source: "webhook" }),
      );
      expect(idsIn(history.read())).toEqual(["1", "2", "3", "4"]);
      expect(idsIn(history.read({ channel: "42" }))).toEqual(["1", "3", "4"]);
      expect(idsIn(history.read({ source: "discord" }))).toEqual(["1", "2", "3"]);
      expect(idsIn(history.read({ since: millis(NOON + 2) }))).toEqual(["2", "3", "4"]);
      expect(idsIn(history.read({ newest: 2 }))).toEqual(["3", "4"]);
      expect(idsIn(history.read({ newest: 9 }))).toEqual(["1", "2", "3", "4"]);
      expect(idsIn(history.read({ newest: 0 }))).toEqual([]);
      expect(idsIn(history.read({ channel: "42", newest: 2 }))).toEqual(["3", "4"]);
      expect(idsIn(history.read({ source: "discord", channel: "43" }))).toEqual(["2"]);
      history.close();
    });

    test("is read across any number of pages, and may be written meanwhile", () => {
      const { history } = open();
      const many = Array.from({ length: 1_200 }, (_, n) => heard(String(n)));
      keep(history, ...many);
      const texts: string[] = [];
      for (const { message, sequence } of history.read()) {
        texts.push(message.text);
        if (sequence === 3) history.settle([1, 2, 3]);
      }
      expect(texts).toEqual(many.map(({ message }) => message.text));
      history.close();
    });

    test("tells what was never decided about, in the order it came, also after a restart", () => {
      const opened = open();
      keep(opened.history, heard("2"), heard("1"), heard("3"), heard("9", { imported: true }));
      opened.history.settle([1]);
      expect(idsIn(opened.history.unsettled())).toEqual(["1", "3"]);
      const again = opened.reopen();
      expect(idsIn(again.unsettled())).toEqual(["1", "3"]);
      expect(idsIn(again.unsettled(1))).toEqual(["1"]);
      expect(again.counts()).toEqual({ messages: 4, unsettled: 2, faults: 0 });
      again.settle([2, 3]);
      expect(again.unsettled()).toEqual([]);
      again.close();
    });

    test("remembers up to which id of a channel everything is decided", () => {
      const { history } = open();
      // Nine digits before ten: as numbers, not as words.
      keep(history, heard("999999999"), heard("1000000000"), heard("1000000002"));
      expect(history.lastSettled("discord", "42")).toBeNull();
      history.settle([1]);
      expect(history.lastSettled("discord", "42")).toBe("999999999");
      history.settle([3]);
      expect(history.lastSettled("discord", "42")).toBe("999999999");
      history.settle([2]);
      expect(history.lastSettled("discord", "42")).toBe("1000000002");
      keep(history, heard("1000000001")); // came late, between the others
      expect(history.lastSettled("discord", "42")).toBe("1000000000");
      expect(history.lastSettled("discord", "43")).toBeNull();
      history.close();
    });

    test("neither an edit nor an imported message moves that id", () => {
      const { history } = open();
      keep(history, heard("5"), heard("1", { event: "edit" }), heard("9", { event: "edit" }));
      keep(history, heard("8", { imported: true }));
      history.settle([1]);
      expect(history.lastSettled("discord", "42")).toBe("5");
      history.close();
    });

    test("where ids do not count up, the order in which messages came does", () => {
      const { history } = open();
      const file = { source: "chat-file", channel: "alerts.txt" } as const;
      keep(history, heard("ff", file), heard("0a", file), heard("77", file));
      expect(history.lastSettled("chat-file", "alerts.txt")).toBeNull();
      history.settle([1, 3]);
      expect(history.lastSettled("chat-file", "alerts.txt")).toBe("ff");
      history.settle([2]);
      expect(history.lastSettled("chat-file", "alerts.txt")).toBe("77");
      history.close();
    });

    test("what was imported twice is known; heard for real it is new, and to be decided", () => {
      const { history } = open();
      expect(keep(history, heard("1", { imported: true }))).toEqual([expect.anything()]);
      expect(keep(history, heard("1", { imported: true }))).toEqual([null]);
      expect(history.unsettled()).toEqual([]);
      const [real] = keep(history, heard("1"));
      expect(real?.imported).toBe(false);
      expect(real?.sequence).toBeGreaterThan(1);
      expect(idsIn(history.unsettled())).toEqual(["1"]);
      expect(history.counts().messages).toBe(1);
      expect(keep(history, heard("1", { imported: true }))).toEqual([null]);
      history.close();
    });

    test("keeps what was no message, the beginning of it, and the newest thousand", () => {
      const opened = open();
      const fault = { source: "webhook", channel: "tv", at: millis(NOON) } as const;
      for (let n = 0; n < 1_003; n++) {
        opened.history.keepFault({ ...fault, raw: `{${n}`, reason: "no JSON" });
      }
      const long = "漢".repeat(10_000);
      opened.history.keepFault({ ...fault, raw: long, reason: "too large" });
      const again = opened.reopen();
      expect(again.counts().faults).toBe(1_000);
      const [before, newest] = again.faults(2);
      expect(before).toEqual({ ...fault, raw: "{1002", reason: "no JSON" });
      expect(newest?.raw).toBe("漢".repeat(5_461));
      again.close();
    });

    test("forgets what came in before a time, whenever it was sent", () => {
      const { history } = open();
      const old = { ...heard("1"), receivedAt: millis(NOON - 1_000) };
      const imported = heard("2", { sentAt: millis(0), imported: true });
      keep(history, old, imported, heard("3"));
      expect(history.prune(millis(NOON))).toEqual({ ok: true, value: 1 });
      expect(idsIn(history.read())).toEqual(["2", "3"]);
      expect(history.prune(millis(NOON))).toEqual({ ok: true, value: 0 });
      // A number is never given twice.
      history.prune(millis(NOON + 1_000));
      expect(sequencesOf(keep(history, heard("4")))).toEqual([4]);
      expect(textsIn(history.read())).toEqual(["message 4"]);
      history.close();
    });
  });
}
