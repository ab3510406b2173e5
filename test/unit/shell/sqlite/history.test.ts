/** What only the history in SQLite does: files that are full, locked, damaged, or read beside it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import type { History } from "../../../../src/ports/history.ts";
import { openHistory, openHistoryReadOnly } from "../../../../src/shell/sqlite/history.ts";
import { heard } from "../../../contract/history.ts";
import { NOON } from "../../../kit/sample-facts.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const pathIn = (): string => join(temporaryFolder(), "history.db");

function opened(path: string, pagesMax?: number): History {
  const result = openHistory(path, {
    at: millis(NOON),
    ...(pagesMax !== undefined && { pagesMax }),
  });
  if (!result.ok) expect.fail(result.error.detail);
  return result.value;
}

describe("the history in SQLite", () => {
  test("keeps all of a batch or nothing when the disk is full, and goes on when it is not", () => {
    const path = pathIn();
    const history = opened(path, 40);
    const long = Array.from({ length: 200 }, (_, n) =>
      heard(String(n), { text: "x".repeat(2_000) }),
    );
    expect(history.keep(long)).toMatchObject({ ok: false, error: { kind: "full" } });
    expect(history.counts().messages).toBe(0);
    expect(history.keep([heard("1")]).ok).toBe(true);
    history.close();
  });

  test("says that it is locked, and works when it is not any more", () => {
    const path = pathIn();
    const history = opened(path);
    const other = new Database(path);
    other.exec("BEGIN IMMEDIATE");
    expect(history.keep([heard("1")])).toMatchObject({ ok: false, error: { kind: "busy" } });
    expect(history.keepFault({ ...FAULT, raw: "", reason: "" })).toMatchObject({ ok: false });
    other.exec("COMMIT");
    other.close();
    expect(history.keep([heard("1")]).ok).toBe(true);
    history.close();
  });

  test("is read beside its writer, which it never holds up", () => {
    const path = pathIn();
    const history = opened(path);
    const reader = openHistoryReadOnly(path);
    if (!reader.ok) expect.fail(reader.error.detail);
    const reading = reader.value.read()[Symbol.iterator]();
    history.keep([heard("1"), heard("2")]);
    expect(reading.next().value?.message.id).toBe("1");
    expect(history.keep([heard("3")]).ok).toBe(true);
    expect(reader.value.counts()).toEqual({ messages: 3, unsettled: 3, faults: 0 });
    reader.value.close();
    history.close();
  });

  test("is refused where there is none, and where it is something else", () => {
    const path = pathIn();
    expect(openHistoryReadOnly(path)).toMatchObject({ ok: false, error: { kind: "missing" } });
    writeFileSync(path, "no database at all, but long enough to be taken for one");
    expect(openHistory(path, { at: millis(NOON) })).toMatchObject({
      ok: false,
      error: { kind: "not-a-database" },
    });
  });

  test("forgets at most ten thousand messages in one go", () => {
    const history = opened(pathIn());
    history.keep(Array.from({ length: 10_050 }, (_, n) => heard(String(n))));
    const later = millis(NOON + 1_000);
    expect(history.prune(later)).toEqual({ ok: true, value: 10_000 });
    expect(history.prune(later)).toEqual({ ok: true, value: 50 });
    history.close();
  });
});

const FAULT = { source: "webhook", channel: "tv", at: millis(NOON) } as const;
