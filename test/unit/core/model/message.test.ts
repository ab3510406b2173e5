import { describe, expect, it } from "vitest";
import { type Message, messageKey, refOf } from "../../../../src/core/model/message.ts";
import { millis } from "../../../../src/core/model/units.ts";

const message: Message = {
  source: "chat-file",
  channel: "alerts.txt",
  id: "12",
  author: "trader",
  text: "ES long 6326",
  embeds: [],
  referenced: null,
  event: "create",
  previous: null,
  sentAt: millis(0),
};

describe("a message", () => {
  it("is named by its source, channel and id alone", () => {
    expect(refOf(message)).toEqual({ source: "chat-file", channel: "alerts.txt", id: "12" });
    expect(messageKey(refOf(message))).toBe("chat-file/alerts.txt/12");
  });

  it("keeps its name when it is delivered again or edited", () => {
    const again: Message = { ...message, event: "edit", text: "ES long 6327", previous: "old" };
    expect(refOf(again)).toEqual(refOf(message));
  });
});
