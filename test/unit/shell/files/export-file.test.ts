import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ExportRead, exportFile } from "../../../../src/shell/files/export-file.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const JSON_FILE = "test/data/exports/alerts.json";
const CSV_FILE = "test/data/exports/The Pit - alerts [900000000000000042].csv";

async function readAll(path: string, channel: string | null = null): Promise<ExportRead[]> {
  const reads: ExportRead[] = [];
  for await (const read of exportFile({ path, channel })) reads.push(read);
  return reads;
}

function written(text: string, name = "export.json"): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

const messagesIn = (reads: readonly ExportRead[]) =>
  reads.flatMap((read) => (read.kind === "message" ? [read.message] : []));
const faultsIn = (reads: readonly ExportRead[]) =>
  reads.flatMap((read) => (read.kind === "fault" ? [`${read.number}: ${read.reason}`] : []));

describe("an export in JSON", () => {
  test("gives its messages with author ids, replies, embeds and the times they were sent", async () => {
    const messages = messagesIn(await readAll(JSON_FILE));
    expect(messages.map(({ id }) => id.slice(-1))).toEqual(["1", "2", "3", "6", "7"]);
    const [alert, reply, guest, joined, bot] = messages;
    expect(alert).toEqual({
      source: "discord",
      channel: "900000000000000042",
      id: "1477000000000000001",
      author: "trader",
      authorId: "700000000000000007",
      text: "🚨 ES long 6326: A\nStop: 6316\n@everyone",
      embeds: [],
      referenced: null,
      event: "create",
      previous: null,
      sentAt: Date.UTC(2026, 2, 2, 15, 31, 10, 123),
    });
    expect(reply?.replyTo).toBe("1477000000000000001");
    expect(guest?.text).toBe('good morning, a quote: "}],{[" \\');
    expect(joined?.nature).toBe("system");
    expect(bot?.embeds).toEqual([
      {
        author: { name: "The Trader" },
        description: "NQ short 22950: B\nStop: 22980",
        fields: [{ name: "Note", value: "small" }],
      },
    ]);
  });

  test("names the messages that cannot be read, by their number", async () => {
    expect(faultsIn(await readAll(JSON_FILE))).toEqual([
      '4: "id" is not a number in quotes',
      '5: "timestamp" is not a time with its zone (2026-03-02T15:31:10Z) or Unix seconds',
    ]);
  });

  test("says when a message was edited", async () => {
    const edited = (await readAll(JSON_FILE)).flatMap((read) =>
      read.kind === "message" && read.editedAt !== null ? [read.editedAt] : [],
    );
    expect(edited).toEqual([Date.UTC(2026, 2, 2, 15, 42, 30)]);
  });

  test("takes the channel it is told, or else the one of the file's name", async () => {
    const messages = `{"messages":[{"id":"1","timestamp":"2026-03-02T15:31:10Z","content":"a"}]}`;
    const named = "The Pit - alerts [900000000000000043].json";
    const channelOf = async (path: string, channel: string | null = null) =>
      messagesIn(await readAll(path, channel))[0]?.channel;
    expect(await channelOf(JSON_FILE, "alerts")).toBe("alerts");
    expect(await channelOf(written(messages, named))).toBe("900000000000000043");
    expect(await channelOf(written(messages, "room.json"))).toBe("room");
    const broken = `{"channel":{"id":7},${messages.slice(1)}`;
    expect(await channelOf(written(broken, "room.json"))).toBe("room");
    expect(await channelOf(written(`{"channel":{,${messages.slice(1)}`, "r.json"))).toBeUndefined();
  });

  test("takes a forwarded message for one", async () => {
    const forwarded = {
      ...{ id: "1", type: "Default", timestamp: "2026-03-02T15:31:10Z", content: "" },
      forwardedMessage: { content: "ES long" },
    };
    const [message] = messagesIn(await readAll(written(JSON.stringify({ messages: [forwarded] }))));
    expect(message).toMatchObject({ nature: "forward", text: "ES long" });
  });

  test("gives what is there of a file that breaks off, and says where", async () => {
    const whole = JSON.stringify({
      messages: [1, 2, 3].map((id) => ({
        ...{ id: String(id), timestamp: "2026-03-02T15:31:10Z", content: "a" },
      })),
    });
    for (const cut of [2, 5, 30]) {
      const reads = await readAll(written(whole.slice(0, -cut)));
      const [last] = faultsIn(reads).slice(-1);
      expect(last).toMatch(/^null: it breaks off after message [23]$/);
    }
  });

  test.each([
    ["", "null: the file is empty"],
    ["  \n ", "null: the file is empty"],
    ["{}", 'null: it holds no "messages"'],
    ['{"messages":[]}', 'null: it holds no "messages"'],
    ['{"messages":null}', "1: it is not a JSON object"],
    ['{"messages":[1]}', "1: it is not a JSON object"],
    ['{"messages":[{]}', "null: it breaks off after message 1"],
    ['{"messages":[{"id":"1","timestamp":"2026-03-02T15:31:10Z"}]}', '1: "content" is not a text'],
    [
      '{"messages":[{"id":"1","timestamp":"2026-03-02T15:31:10Z","content":"","embeds":7}]}',
      '1: "embeds" is not a list of embeds',
    ],
    ['{"messages":[]} {', "null: it breaks off after message 0"],
  ])("of %j says %s", async (text, fault) => {
    expect(faultsIn(await readAll(written(text)))).toContain(fault);
  });

  test("passes over a message that is far too long", async () => {
    const long = { id: "1", timestamp: "2026-03-02T15:31:10Z", content: "x".repeat(1_000_001) };
    const path = written(JSON.stringify({ messages: [long, { ...long, id: "2", content: "a" }] }));
    const reads = await readAll(path);
    expect(faultsIn(reads)).toEqual(["1: a message has at most a million characters"]);
    expect(messagesIn(reads).map(({ id }) => id)).toEqual(["2"]);
  });

  test("says that a file is not there", async () => {
    expect(faultsIn(await readAll("nowhere.json"))).toEqual(["null: there is no such file"]);
    expect(faultsIn(await readAll("test"))[0]).toContain("EISDIR");
  });
});

describe("an export in CSV", () => {
  test("gives its rows, with ids of their own that are the same the next time", async () => {
    const reads = await readAll(CSV_FILE);
    const messages = messagesIn(reads);
    expect(messages.map(({ text }) => text)).toEqual([
      "🚨 ES long 6326: A\nStop: 6316\n@everyone",
      "stop to breakeven",
      "stop to breakeven",
      "lunch, anyone?",
    ]);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(4);
    expect(messages[0]).toMatchObject({
      channel: "900000000000000042",
      authorId: "700000000000000007",
      sentAt: Date.UTC(2026, 2, 2, 15, 31, 10, 123),
    });
    expect(await readAll(CSV_FILE)).toEqual(reads);
  });

  test("refuses a time without a zone, by its row", async () => {
    expect(faultsIn(await readAll(CSV_FILE))).toEqual([
      '4: Date is "3/2/2026 3:41 PM", not a time with its zone (2026-03-02T15:31:10Z) or Unix ' +
        "seconds; the JSON export always has one",
    ]);
  });

  test("says which columns it misses, and where it stops being CSV", async () => {
    expect(faultsIn(await readAll(written("Author,When\na,b\n", "a.csv")))).toEqual([
      "null: expected the columns AuthorID, Author, Date, Content; AuthorID, Date, Content not found",
    ]);
    expect(faultsIn(await readAll(written("<html>not found</html>", "a.json")))).toEqual([
      "null: this is no export: neither JSON nor CSV with the columns AuthorID, Author, Date, Content",
    ]);
    const open = 'AuthorID,Author,Date,Content\n"7","t","2026-03-02T15:31:10Z","never closed\n';
    expect(faultsIn(await readAll(written(open, "a.csv")))[0]).toMatch(/^null: not CSV from here/);
    const bare = 'AuthorID,Author,Date,Content\n,,2026-03-02T15:31:10Z,"a"\n';
    expect(messagesIn(await readAll(written(bare, "a.csv")))[0]).toMatchObject({ author: null });
  });
});
