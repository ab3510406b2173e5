import { expect, test } from "vitest";
import { type Format, PLAIN_FORMAT } from "../../../../src/core/model/format.ts";
import { OPEN_ROOM } from "../../../../src/core/model/room.ts";
import { readMessage } from "../../../../src/core/parse/read-message.ts";
import { toCorpusResult } from "../../../../src/core/parse/record.ts";
import { settingsOf } from "../../../../src/core/parse/settings.ts";
import { tokensOf } from "../../../../src/core/parse/tokenizer.ts";
import { posted } from "../../../kit/posted.ts";

const readAs = (text: string, own: Partial<Format>, more = {}): unknown =>
  toCorpusResult(
    readMessage(posted(text, more), { ...OPEN_ROOM, format: { ...PLAIN_FORMAT, ...own } }),
  );

const OWN: Partial<Format> = {
  words: { reload: "long", fade: "Short", parachute: "stop", bye: "out" },
  symbols: { spoos: "ES" },
  sizes: { full: "A", starter: "C" },
};

test("a room's own words are read as what they stand for", () => {
  expect(readAs("🚨 reload Spoos 6326: full\nParachute: 6316", OWN)).toMatchObject({
    ...{ kind: "entry", instrument: "ES", side: "long", entry: 6326, stop: 6316 },
    sizeLabel: "A",
  });
  expect(readAs("🚨 spoos fade 6326: starter\nStop: 6336", OWN)).toMatchObject({
    ...{ kind: "entry", side: "short", sizeLabel: "C" },
  });
  expect(readAs("all bye on spoos", OWN)).toMatchObject({ action: "close", instrument: "ES" });
});

test("they count as whole words only, and only in their room", () => {
  expect(readAs("🚨 reloading spoos 6326: full\nStop: 6316", OWN)).toMatchObject({ kind: "none" });
  expect(readAs("🚨 reload spoos 6326: full\nStop: 6316", {})).toMatchObject({ kind: "none" });
  const inherited = "🚨 constructor ES long 6326: A\nStop: 6316";
  expect(readAs(inherited, OWN)).toMatchObject({ kind: "entry" });
});

test("they are known in what a message answers and in what it said before", () => {
  const referenced = "🚨 reload spoos 6326: full\nStop: 6316";
  expect(readAs("bye", OWN, { referenced })).toMatchObject({ action: "close", instrument: "ES" });
  const edit = { event: "edit", previous: referenced };
  expect(readAs(referenced.replace("6316", "6320"), OWN, edit)).toMatchObject({
    ...{ action: "move_stop", stop: 6320 },
  });
});

test("a room may take alerts of its shape without a size", () => {
  const alert = "🚨 ES long 6326\nStop: 6316";
  expect(readAs(alert, {})).toMatchObject({ kind: "none", review: true });
  expect(readAs(alert, { sizeUnstated: "accepted" })).toMatchObject({
    ...{ kind: "entry", sizeLabel: null },
  });
});

test("the plain format has no words of its own", () => {
  expect(settingsOf(PLAIN_FORMAT).aliases).toBeNull();
  expect(settingsOf({ ...PLAIN_FORMAT, symbols: { spoos: "ES" } }).aliases).not.toBeNull();
});

test("an own word that stands for one nobody knows is a word like any other", () => {
  const aliases = { words: { reload: "moonwards" }, symbols: {}, sizes: {} };
  expect(tokensOf("reload", aliases)).toMatchObject([
    { kind: "word", text: "moonwards", root: null },
  ]);
});
