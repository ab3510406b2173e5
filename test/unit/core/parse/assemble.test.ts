import { expect, test } from "vitest";
import { assembled, TEXT_LENGTH_MAX } from "../../../../src/core/parse/assemble.ts";
import { posted } from "../../../kit/posted.ts";

test("a card becomes lines: author, title, description, then its fields with their names", () => {
  const card = {
    author: { name: "JMoney" },
    title: "NQ Long",
    description: "quick one",
    fields: [
      { name: "Entry", value: "22,880" },
      { name: "Stop", value: "22,840" },
    ],
    footer: { text: "09:42" },
  };
  const lines = ["@everyone", "JMoney", "NQ Long", "quick one", "Entry: 22,880", "Stop: 22,840"];
  expect(assembled(posted("@everyone", { embeds: [card] }))).toBe(lines.join("\n"));
});

test("a card may lack every part, and an author may lack a name", () => {
  expect(assembled(posted("hello", { embeds: [{}, { author: {} }] }))).toBe("hello");
});

test("a text of exactly the limit is read, one character more is not", () => {
  const longest = "a".repeat(TEXT_LENGTH_MAX);
  expect(assembled(posted(longest))).toBe(longest);
  expect(assembled(posted(`${longest}a`))).toBeNull();
  expect(assembled(posted(longest, { embeds: [{ title: "" }] }))).toBeNull();
});
