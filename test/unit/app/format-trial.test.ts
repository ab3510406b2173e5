import { expect, test } from "vitest";
import type { NamedRoom } from "../../../src/app/configured-rooms.ts";
import {
  changeLines,
  changesIn,
  type Exchange,
  type Trial,
  trialsIn,
} from "../../../src/app/format-trial.ts";
import { PLAIN_FORMAT } from "../../../src/core/model/format.ts";
import { OPEN_ROOM } from "../../../src/core/model/room.ts";
import { posted } from "../../kit/posted.ts";

const ALERT = "🚨 ES long 6326: A\nStop: 6316";
const LOW = { ...PLAIN_FORMAT, name: "low", prices: { ES: { min: 100, max: 200, stopMax: 20 } } };
const STRICT: Exchange = { before: PLAIN_FORMAT, after: LOW };
const RIGHT = { kind: "entry", instrument: "ES", side: "long", entry: 6326, stop: 6316 };

const trial = (text: string, more: Partial<Trial> = {}): Trial => ({
  message: posted(text),
  authors: null,
  ...more,
});

test("only what is read otherwise is a change", () => {
  const { read, changes } = changesIn([trial("hello"), trial(ALERT)], STRICT);
  expect(read).toBe(2);
  expect(changes).toMatchObject([
    {
      message: { text: ALERT },
      before: { kind: "entries" },
      after: { kind: "none", reason: "price out of range" },
      verdict: "other",
    },
  ]);
  expect(changes.flatMap(changeLines)).toEqual([
    "   before  entry: ES long 6326.00 stop 6316.00 size A",
    "   after   none: price out of range (a person should look)",
  ]);
});

test("a label says whether a change is for the better", () => {
  const verdicts = (label: NonNullable<Trial["label"]>, exchange = STRICT) =>
    changesIn([trial(ALERT, { label })], exchange).changes.map(({ verdict }) => verdict);
  const relaxed = { before: LOW, after: PLAIN_FORMAT };
  expect(verdicts({ ...RIGHT, sizeLabel: "A" })).toEqual(["worse"]);
  expect(verdicts({ ...RIGHT, sizeLabel: "A" }, relaxed)).toEqual(["better"]);
  expect(verdicts({ ...RIGHT, sizeLabel: "B" })).toEqual(["other"]);
  expect(verdicts({ kind: "none" })).toEqual(["better"]);
});

test("stored messages are tried in the rooms of the format, with the authors of each", () => {
  const authors = { ids: [], names: ["JMoney"] };
  const room = (channel: string, format = PLAIN_FORMAT): NamedRoom => ({
    ...{ name: channel, channel, source: "chat-file" },
    room: { ...OPEN_ROOM, format, authors },
  });
  const messages = ["a", "b", "gone"].map((channel) => ({ message: posted(ALERT, { channel }) }));
  const tried = (rooms: readonly NamedRoom[]) =>
    [...trialsIn(messages, rooms, "low")].map((one) => [one.message.channel, one.authors]);
  expect(tried([room("a"), room("b", LOW)])).toEqual([["b", authors]]);
  // A pack no room has yet is tried on everything.
  expect(tried([room("a"), room("b")])).toEqual([
    ["a", authors],
    ["b", authors],
    ["gone", null],
  ]);
});
