import { describe, expect, test } from "vitest";
import { postedIn } from "../../../../src/shell/discord/message.ts";
import {
  compareIds,
  idAt,
  isSnowflake,
  timeOfId,
} from "../../../../src/shell/discord/snowflake.ts";
import { idOf } from "../../../kit/discord-gateway.ts";

const AT = Date.UTC(2026, 2, 2, 15, 31);
const ID = idOf(AT);
const raw = (fields: object = {}) => ({
  ...{ id: ID, channel_id: "400", type: 0, content: "ES long", edited_timestamp: null },
  ...{ author: { id: "200", username: "JMoney" }, ...fields },
});
const posted = (fields: object = {}) => postedIn(raw(fields));

describe("a message of Discord's", () => {
  test("is known by its ids and the time in its own", () => {
    expect(posted()).toEqual({
      message: {
        ...{ source: "discord", channel: "400", id: ID, author: "JMoney", authorId: "200" },
        ...{ text: "ES long", embeds: [], referenced: null, event: "create", previous: null },
        sentAt: AT,
      },
      ...{ editedAt: 0, user: "200", isBare: false },
    });
  });

  test("without an id or a channel is none", () => {
    for (const data of [null, "text", [], {}, raw({ id: 7 }), raw({ channel_id: "x" })]) {
      expect(postedIn(data)).toBeNull();
    }
  });

  test("keeps what its cards say", () => {
    const embeds = [
      { title: "ES LONG", description: "d", author: { name: "a" }, footer: { text: "f" } },
      { fields: [{ name: "Entry", value: "6326" }, 7] },
      "no card",
    ];
    expect(posted({ embeds })?.message.embeds).toEqual([
      { author: { name: "a" }, title: "ES LONG", description: "d", footer: { text: "f" } },
      {
        fields: [
          { name: "Entry", value: "6326" },
          { name: "", value: "" },
        ],
      },
      {},
    ]);
  });

  test("of a webhook has the webhook's id, not the name it shows", () => {
    const message = posted({ webhook_id: "555", author: { id: "555", username: "JMoney" } });
    expect(message?.message).toMatchObject({ author: "JMoney", authorId: "555" });
    expect(posted({ author: undefined })?.message).not.toHaveProperty("authorId");
  });

  test("published elsewhere is as old as its original", () => {
    const original = idOf(AT - 90_000);
    const message_reference = { message_id: original, channel_id: "1", guild_id: "2" };
    const copy = posted({ flags: 2, message_reference, webhook_id: "555" });
    expect(copy?.message).toMatchObject({ sentAt: AT - 90_000, authorId: "555", referenced: null });
    expect(copy?.message).not.toHaveProperty("replyTo");
    const later = posted({ flags: 2, message_reference: { message_id: idOf(AT + 90_000) } });
    expect(later?.message.sentAt).toBe(AT);
    expect(posted({ flags: 2 })?.message.sentAt).toBe(AT);
  });

  test("that answers another names it, and what it said", () => {
    const reference = { message_id: "399", channel_id: "400" };
    const referenced_message = { id: "399", content: "ES long 6326" };
    const reply = { type: 19, message_reference: reference };
    expect(posted({ ...reply, referenced_message })?.message).toMatchObject({
      ...{ replyTo: "399", referenced: "ES long 6326" },
    });
    const card = {
      id: "399",
      embeds: [{ title: "ES", fields: [{ name: "Stop", value: "6316" }] }],
    };
    expect(posted({ ...reply, referenced_message: card })?.message.referenced).toBe(
      "ES\nStop: 6316",
    );
    expect(posted(reply)?.message).toMatchObject({ replyTo: "399", referenced: null });
    const elsewhere = { ...reply, message_reference: { ...reference, channel_id: "401" } };
    expect(posted(elsewhere)?.message).not.toHaveProperty("replyTo");
  });

  test("that was forwarded is a forward, with the text it carries", () => {
    const message_snapshots = [{ message: { content: "ES long 6326", embeds: [{ title: "t" }] } }];
    const forward = posted({ content: "", message_snapshots, message_reference: { type: 1 } });
    expect(forward?.message).toMatchObject({ nature: "forward", text: "ES long 6326" });
    expect(posted({ flags: 1 << 14 })?.message).toMatchObject({ nature: "forward", text: "" });
  });

  test.each([6, 7, 12, 18, 20])("of type %d is the system's", (type) => {
    expect(posted({ type, content: "" })).toMatchObject({
      ...{ message: { nature: "system" }, isBare: false },
    });
  });

  test("with nothing in it is what a bot without the intent sees", () => {
    expect(posted({ content: "" })?.isBare).toBe(true);
    const parts = ["embeds", "attachments", "sticker_items", "components"];
    for (const part of parts) expect(posted({ content: "", [part]: [{}] })?.isBare).toBe(false);
    expect(posted({ content: "", poll: { question: {} } })?.isBare).toBe(false);
  });

  test("knows when it was edited", () => {
    const at = "2026-03-02T15:31:09.123000+00:00";
    expect(posted({ edited_timestamp: at })?.editedAt).toBe(AT + 9_123);
    expect(posted({ edited_timestamp: "soon" })?.editedAt).toBe(0);
  });
});

describe("a snowflake", () => {
  test("holds its time", () => {
    expect(new Date(timeOfId("175928847299117063")).toISOString()).toBe("2016-04-30T11:18:25.796Z");
    expect(timeOfId(idAt(timeOfId(ID)))).toBe(AT);
  });

  test("is later when it is longer, or greater", () => {
    expect(["99", "100", "9", "101"].toSorted(compareIds)).toEqual(["9", "99", "100", "101"]);
    expect(compareIds("7", "7")).toBe(0);
    expect(["", "0", "01", "1x", "123456789012345678901"].filter(isSnowflake)).toEqual([]);
  });
});
