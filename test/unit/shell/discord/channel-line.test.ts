import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Message } from "../../../../src/core/model/message.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { channelLine } from "../../../../src/shell/discord/channel-line.ts";
import type { Item } from "../../../../src/shell/discord/channel-memory.ts";
import type { Posted } from "../../../../src/shell/discord/message.ts";
import { timeOfId } from "../../../../src/shell/discord/snowflake.ts";
import { idOf } from "../../../kit/discord-gateway.ts";

const AT = Date.UTC(2026, 2, 2, 15, 31);
const id = (n: number): string => idOf(AT + n * 1_000);

const version = (n: number, editedAfter = 0, text = `m${n}`): Posted => ({
  message: {
    ...{ source: "discord", channel: "1", id: id(n), author: "JMoney", authorId: "2", text },
    ...{ embeds: [], referenced: null, event: "create", previous: null, sentAt: timeOfId(id(n)) },
  },
  editedAt: millis(editedAfter === 0 ? 0 : AT + n * 1_000 + editedAfter),
  ...{ user: "2", isBare: false },
});
const posted = (n: number): Item => ({ kind: "posted", posted: version(n) });
const changed = (n: number, after: number, text?: string): Item => ({
  kind: "changed",
  posted: version(n, after, text),
});
const gone = (n: number): Item => ({ kind: "gone", id: id(n) });

function line() {
  const told: string[] = [];
  const all: Message[] = [];
  let missing = 0;
  const made = channelLine({
    ...{ channel: "1", floor: id(0), editsSince: millis(AT) },
    tell(message) {
      all.push(message);
      const n = (timeOfId(message.id) - AT) / 1_000;
      told.push(`${message.event} ${n}${message.event === "edit" ? ` ${message.text}` : ""}`);
    },
    missing() {
      missing += 1;
    },
  });
  return { ...made, told, all, missing: () => missing };
}

describe("the line of a channel", () => {
  test("sorts what waited into what was read: by id, and edits by the time they were made", () => {
    const { hold, hear, gather, release, told } = line();
    hold();
    for (const item of [gone(2), changed(1, 2_500, "new"), posted(4), posted(3)]) hear(item);
    expect(told).toEqual([]);
    gather([version(1), version(2), version(3)], { isComplete: true });
    expect(release()).toBe(false);
    expect(told).toEqual([
      "create 1",
      "create 2",
      "create 3",
      "edit 1 new",
      "create 4",
      "delete 2",
    ]);
  });

  test("tells the version that was posted first, where somebody still has it", () => {
    const { hold, hear, gather, told } = line();
    hold();
    hear(posted(1));
    gather([version(1, 5_000, "new"), version(2)], { isComplete: true });
    expect(told).toEqual(["create 1", "create 2", "edit 1 new"]);
  });

  test("tells of a message that was edited before it was read that it was", () => {
    const { hold, gather, hear, release, all } = line();
    hold();
    const system = version(3, 5_000);
    const note: Posted = { ...system, message: { ...system.message, nature: "system" } };
    gather([version(1, 5_000, "new"), version(2), note], { isComplete: true });
    release();
    hear(changed(1, 9_000, "newer"));
    expect(all.map(({ event, nature }) => [event, nature])).toEqual([
      ["create", "edited"],
      ["create", undefined],
      ["create", "system"],
      ["edit", undefined],
    ]);
  });

  test("of a long gap lets wait what comes behind the part that was read", () => {
    const { hold, hear, gather, release, told } = line();
    hold();
    for (const item of [posted(9), posted(2), gone(1)]) hear(item);
    gather([version(1), version(3)], { isComplete: false });
    expect(told).toEqual(["create 1", "create 2", "create 3"]);
    gather([version(4)], { isComplete: true });
    release();
    expect(told.slice(3)).toEqual(["create 4", "create 9", "delete 1"]);
  });

  test("is read again when more came than could wait", () => {
    const { hold, hear, release, told } = line();
    hold();
    for (let n = 1; n <= 1_001; n++) hear(posted(n));
    expect(release()).toBe(true);
    expect(told).toHaveLength(1_000);
    hold();
    expect(release()).toBe(false);
  });

  test("asks to be read when an edit comes without its message, once for each version", () => {
    const { hear, told, missing } = line();
    hear(changed(5, 1_000, "a"));
    hear(changed(5, 1_000, "a"));
    hear(changed(5, 2_000, "b"));
    expect([missing(), told]).toEqual([2, []]);
    hear(posted(5));
    expect(told).toEqual(["create 5", "edit 5 b"]);
  });

  test("forgets edits without their message when there are too many of them", () => {
    const { hear, told } = line();
    for (let n = 1; n <= 101; n++) hear(changed(n, 1_000, "x"));
    hear(posted(1));
    hear(posted(101));
    expect(told).toEqual(["create 1", "create 101", "edit 101 x"]);
  });

  test("tells an old message's edit if it is a new one, and its deletion once", () => {
    const { hear, told, memory } = line();
    hear({ kind: "changed", posted: { ...version(-5), editedAt: millis(AT - 1) } });
    hear(changed(-5, 6_000, "new"));
    hear(posted(-7));
    hear(gone(-9));
    hear(gone(-9));
    hear(posted(-9));
    expect(told).toEqual(["edit -5 new", "delete -9"]);
    expect(memory().duplicates).toBe(3);
  });

  test("lets nothing follow a deletion", () => {
    const { hear, told } = line();
    for (const item of [gone(1), posted(1), changed(1, 1_000, "x")]) hear(item);
    expect(told).toEqual(["delete 1"]);
  });

  test("remembers so many and no more, and tells what it forgot never again", () => {
    const { hear, told, memory } = line();
    for (let n = 1; n <= 2_010; n++) hear(posted(n));
    expect(memory().floor).toBe(id(10));
    hear(posted(3));
    expect(told).toHaveLength(2_010);
  });

  test("finds deletions among what was read as one piece, and nowhere else", () => {
    const { hear, compare, told } = line();
    for (let n = 1; n <= 5; n++) hear(posted(n));
    compare([]);
    compare([version(2), version(4)]);
    compare([version(2), version(4)]);
    expect(told.slice(5)).toEqual(["delete 3"]);
  });

  test("counts its own as there without telling them", () => {
    const { pass, memory, told } = line();
    pass(id(3));
    pass(id(2));
    expect([memory().newest, told]).toEqual([id(3), []]);
  });

  test("tells one sequence, however gateway and REST overlap", () => {
    const wanted = Array.from({ length: 30 }, (_, n) => n + 1);
    const shuffled = fc.shuffledSubarray([...wanted, ...wanted], { minLength: 0 });
    fc.assert(
      fc.property(shuffled, shuffled, fc.nat(30), (during, behind, cut) => {
        const { hold, hear, gather, release, told } = line();
        hold();
        const half = Math.floor(during.length / 2);
        for (const n of during.slice(0, half)) hear(posted(n));
        if (cut > 0)
          gather(
            wanted.slice(0, cut).map((n) => version(n)),
            { isComplete: false },
          );
        for (const n of during.slice(half)) hear(posted(n));
        gather(
          wanted.slice(cut).map((n) => version(n)),
          { isComplete: true },
        );
        release();
        for (const n of behind) hear(posted(n));
        expect(told).toEqual(wanted.map((n) => `create ${n}`));
      }),
    );
  });
});
