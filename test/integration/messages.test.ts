/** What is kept of messages: by an import, by a run, across a kill; and what is done with it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Message } from "../../src/core/model/message.ts";
import { millis } from "../../src/core/model/units.ts";
import type { History, HistoryReader } from "../../src/ports/history.ts";
import { openHistory, openHistoryReadOnly } from "../../src/shell/sqlite/history.ts";
import { start } from "../kit/built-program.ts";
import { ALERT_TEXT, recordedDay } from "../kit/recorded-day.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";

const EXPORTS = join(process.cwd(), "test/data/exports");
const EXPORT = join(EXPORTS, "alerts.json");

/** A chat with invented prices that never sleep: alerts of real sources stay shadows. */
function house(folder: string, yaml = "sources: [{ kind: chat-file, path: chat.jsonl }]"): string {
  const lines = [
    "market: { kind: simulated, seed: 1, startPrice: 6326 }",
    "paper: { latency: 0ms, sessions: always-open }",
    yaml,
  ];
  writeFileSync(join(folder, "config.yaml"), `${lines.join("\n")}\n`);
  return folder;
}

function writable(folder: string): History {
  const opened = openHistory(join(folder, "data", "history.db"), { at: millis(0) });
  if (!opened.ok) expect.fail(opened.error.detail);
  return opened.value;
}

function readable(folder: string): HistoryReader {
  const opened = openHistoryReadOnly(join(folder, "data", "history.db"));
  if (!opened.ok) expect.fail(opened.error.detail);
  return opened.value;
}

describe("an export", () => {
  test("becomes history once, and what cannot be read of it is told by its number", async () => {
    const here = house(temporaryFolder());
    const first = terminal({ here });
    expect(await first.run("import", EXPORT)).toBe(2);
    expect(first.out()).toContain("5 new, 0 known, 2 could not be read");
    expect(first.out()).toContain("entry 2");
    expect(first.err()).toContain('alerts.json, message 4: "id" is not a number in quotes');
    const second = terminal({ here });
    expect(await second.run("import", EXPORT, "--json")).toBe(2);
    expect(second.values().at(-1)).toMatchObject({ summary: { new: 0, known: 5, faulty: 2 } });
    expect(second.values()[0]).toMatchObject({ message: 4 });
  });

  test("adds of a known message only what its author changed", async () => {
    const here = house(temporaryFolder());
    await terminal({ here }).run("import", EXPORT);
    const text = readFileSync(EXPORT, "utf8")
      .replace("stop to breakeven", "stop to breakeven @everyone") // rendered otherwise
      .replace("good morning", "good afternoon"); // and this one says that it was edited
    writeFileSync(join(here, "later.json"), text);
    const { run, out } = terminal({ here });
    await run("import", "later.json");
    expect(out()).toContain("1 new, 4 known");
    const history = readable(here);
    const edited = history.findById("1477000000000000003");
    expect(edited?.message).toMatchObject({
      event: "edit",
      sentAt: Date.UTC(2026, 2, 2, 15, 42, 30),
    });
    expect(edited?.message.previous).toMatch(/^good morning/);
    expect(history.findById("1477000000000000002")?.message.referenced).toMatch(/ES long 6326/);
    history.close();
  });

  test("of a file that is none says so, and of a format that is none", async () => {
    const here = house(temporaryFolder());
    const { run, err } = terminal({ here });
    expect(await run("import", "nowhere.json")).toBe(2);
    expect(err()).toContain("nowhere.json: there is no such file");
    expect(await run("import", EXPORT, "--format", "nobody")).toBe(2);
    expect(err()).toContain('there is no format "nobody"; known: plain');
    writeFileSync(join(here, "config.yaml"), "mode: [");
    expect(await run("import", EXPORT)).toBe(2);
    expect(await run("history", "show")).toBe(2);
  });

  test("is replayed against recorded prices, and read under a channel of one's own", async () => {
    const here = recordedDay(temporaryFolder());
    const alert = { type: "Default", content: ALERT_TEXT, author: { id: "7", name: "JMoney" } };
    const day = "2026-11-17T15:00:00.300Z";
    const messages = [{ id: "1", timestamp: day, ...alert }];
    writeFileSync(join(here, "export.json"), JSON.stringify({ messages }));
    const { run, out } = terminal({ here });
    expect(await run("import", "export.json", "--channel", "room", "--format", "plain")).toBe(0);
    expect(await run("history", "export", "said.jsonl", "--channel", "room")).toBe(0);
    expect(out()).toContain("1 messages in said.jsonl");
    const config = readFileSync(join(here, "config.yaml"), "utf8");
    writeFileSync(join(here, "config.yaml"), config.replace("alerts.jsonl", "said.jsonl"));
    const replay = terminal({ here });
    expect(await replay.run("start", "--data", "replayed")).toBe(0);
    expect(replay.out()).toContain("#1 target 2 hit: 2 MES at 6338.00");
    expect(await replay.run("history", "show", "--data", "replayed")).toBe(2); // a replay keeps none
  });
});

describe("what was kept", () => {
  test("is shown, counted and exported", async () => {
    const here = house(temporaryFolder());
    await terminal({ here }).run("import", EXPORT);
    const shown = terminal({ here });
    expect(await shown.run("history", "show", "--tail", "2")).toBe(0);
    expect(shown.out().trimEnd().split("\n")).toHaveLength(2);
    expect(shown.out()).toContain("imported, entry:  NQ short 22950: B");
    const listed = terminal({ here });
    await listed.run("history", "show", "--since", "2026-03-02T15:40:00Z", "--json");
    expect(listed.values()).toHaveLength(4);
    expect(listed.values()[0]).toMatchObject({ id: "1477000000000000002", imported: true });
    const counted = terminal({ here });
    await counted.run("history", "stats", "--json");
    expect(counted.values()).toMatchObject([
      {
        channels: { "discord/900000000000000042": { entry: 2, update: 1, ignored: 2 } },
        authors: { "700000000000000007 trader": { entry: 1 } },
        hours: { "09": { entry: 2 } },
        versions: 5,
      },
    ]);
    const people = terminal({ here });
    await people.run("history", "stats");
    expect(people.out()).toContain("AUTHOR");
    expect(people.out()).toContain("5 versions of messages, 0 undecided, 0 unreadable");
    const exported = terminal({ here });
    expect(await exported.run("history", "export", "a.jsonl", "--json")).toBe(0);
    expect(exported.values()).toEqual([{ file: "a.jsonl", messages: 5 }]);
    expect(await exported.run("history", "export", "a.jsonl")).toBe(2);
    expect(exported.err()).toContain("a.jsonl: there is such a file already");
    expect(await exported.run("history", "export", "nowhere/a.jsonl")).toBe(1);
    expect(await exported.run("history", "show", "--channel", "none")).toBe(0);
    expect(exported.out()).toContain("no messages");
    expect(await exported.run("history", "show", "--since", "yesterday")).toBe(2);
    expect(exported.err()).toContain("expected a day or a time");
  });

  test("and was no message is shown as it came, and counted by the status", async () => {
    const here = house(temporaryFolder(), "sources: [{ kind: stdin }]");
    const history = writable(here);
    const fault = { source: "webhook", channel: "tv", at: millis(0), raw: "{", reason: "no JSON" };
    history.keepFault({ ...fault, source: "webhook" });
    history.close();
    const { run, out, endInput } = terminal({ here });
    endInput();
    expect(await run("history", "faults")).toBe(0);
    expect(out()).toContain("1970-01-01T00:00:00Z  webhook/tv  no JSON:  {");
    await run("start");
    await run("status");
    expect(out()).toContain("messages: 0 undecided, 1 unreadable; see history stats");
    const records = terminal({ here });
    await records.run("history", "faults", "--json");
    expect(records.values()).toMatchObject([{ raw: "{", reason: "no JSON" }]);
  });

  test("is not there, or is no history", async () => {
    const here = house(temporaryFolder());
    const { run, err } = terminal({ here });
    expect(await run("history", "show")).toBe(2);
    expect(err()).toContain("there is no history here");
    writable(here).close();
    writeFileSync(join(here, "data", "history.db"), "no database at all, but long enough for one");
    expect(await run("history", "stats")).toBe(1);
    expect(await run("import", EXPORT)).toBe(1);
  });

  test("and never decided about is offered at the next start, with its own age", async () => {
    const here = house(temporaryFolder(), "sources: [{ kind: stdin }]");
    const message: Message = {
      ...{ source: "stdin", channel: "stdin", id: "1", author: null, text: ALERT_TEXT },
      ...{ embeds: [], referenced: null, event: "create", previous: null },
      sentAt: millis(Date.now() - 60_000),
    };
    const gone = { ...message, source: "discord", channel: "42" } as const;
    const history = writable(here);
    const parts = { receivedAt: message.sentAt, imported: false, raw: null };
    history.keep([message, gone].map((one) => ({ message: one, ...parts })));
    history.close();
    const { run, out, endInput, err } = terminal({ here });
    endInput();
    expect(await run("start")).toBe(0);
    expect(out()).toContain("alert ES long 6326.00 stop 6316.00 size A");
    expect(out()).toMatch(/refused.*old/);
    expect(err()).not.toContain("ALARM");
    const after = readable(here);
    expect(after.counts()).toEqual({ messages: 2, unsettled: 0, faults: 0 });
    after.close();
    const again = terminal({ here });
    again.endInput();
    await again.run("start");
    expect(again.out()).not.toContain("alert ES long");
  });

  test("in a file that is damaged stops entries, and no start", async () => {
    const here = house(temporaryFolder(), "sources: [{ kind: stdin }]");
    writable(here).close();
    writeFileSync(join(here, "data", "history.db"), "no database at all, but long enough for one");
    const { run, out, err, type, endInput } = terminal({ here });
    type(`${ALERT_TEXT}\n`);
    endInput();
    expect(await run("start")).toBe(0);
    expect(err()).toMatch(/message history: ALARM: .*history\.db: not a database.*; no entries/);
    expect(out()).toContain("kept as a shadow");
  });

  test("of a flood that a kill cut short is decided to its end, each message once", async () => {
    const here = house(temporaryFolder());
    const ids = Array.from({ length: 6_500 }, (_, n) => `m${n}`);
    const sentAt = new Date().toISOString();
    const lines = ids.map((id) => `${JSON.stringify({ id, text: `morning ${id}`, sentAt })}\n`);
    writeFileSync(join(here, "chat.jsonl"), lines.join(""));
    const first = start(here, "start", "--once");
    await first.shows("morning m700"); // in the middle of it
    first.child.kill("SIGKILL");
    expect(await first.ended).toBe(null);
    const second = start(here, "start", "--once");
    expect(await second.ended).toBe(0);
    const journal = start(here, "journal", "show", "--json");
    const { out } = await journal.whole();
    const heard = out
      .split("\n")
      .filter((line) => line !== "")
      .flatMap((line) => {
        const { kind, message } = JSON.parse(line).fact ?? JSON.parse(line);
        return kind === "MessageIgnored" ? [message.id] : [];
      });
    expect(heard.length).toBe(ids.length);
    expect(new Set(heard).size).toBe(ids.length);
    const history = readable(here);
    expect(history.counts()).toEqual({ messages: ids.length, unsettled: 0, faults: 0 });
    history.close();
  });
});
