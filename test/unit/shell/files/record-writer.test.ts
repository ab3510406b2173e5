import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Message } from "../../../../src/core/model/message.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { writeRecords } from "../../../../src/shell/files/record-writer.ts";
import { readRecord } from "../../../../src/shell/files/records.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const message: Message = {
  ...{ source: "discord", channel: "42", id: "1", author: "Trader", authorId: "7" },
  ...{ text: "ES long\n6326", embeds: [{ title: "a" }], referenced: "before", replyTo: "0" },
  ...{ event: "edit", previous: "ES", nature: "forward", sentAt: millis(1_795_100_400_123) },
};

test("what is written is read back, but for the source", () => {
  const path = join(temporaryFolder(), "a.jsonl");
  const many = Array.from({ length: 1_000 }, () => message);
  expect(writeRecords(path, many)).toEqual({ ok: true, value: 1_000 });
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines).toHaveLength(1_000);
  const { source: _, ...told } = message;
  expect(readRecord(lines[999] ?? "")).toEqual({ ok: true, value: told });
});

test("a file that is there stays as it is", () => {
  const path = join(temporaryFolder(), "a.jsonl");
  writeRecords(path, [message]);
  expect(writeRecords(path, [])).toEqual({ ok: false, error: "there is such a file already" });
  expect(readFileSync(path, "utf8")).not.toBe("");
  expect(writeRecords(join(path, "a"), [])).toMatchObject({ ok: false });
});

test.each([
  ['{"text":"a","authorId":""}', '"authorId" is not a text of 1 to 200 characters'],
  ['{"text":"a","replyTo":[]}', '"replyTo" is not a text of 1 to 200 characters'],
  ['{"text":"a","nature":"own"}', '"nature" is not forward, system or edited'],
])("the record %s is refused", (line, error) => {
  expect(readRecord(line)).toEqual({ ok: false, error });
});
