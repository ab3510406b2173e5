import { describe, expect, test } from "vitest";
import { sessionAt } from "../../../../src/core/model/calendar.ts";
import type { Message } from "../../../../src/core/model/message.ts";
import { millis, ticks } from "../../../../src/core/model/units.ts";
import {
  DEMO_STARTS_AT,
  type DemoShape,
  demoTape,
  repriceAlerts,
} from "../../../../src/core/paper/demo-day.ts";
import {
  indexAt,
  NONE,
  nextTouch,
  type Tape,
  tapeBuilder,
} from "../../../../src/core/paper/tape.ts";
import { demoAlerts } from "../../../../src/shell/files/demo-alerts.ts";

const shapes = demoAlerts();

const shape = (
  id: string,
  minutes: number,
  text: string,
  more: Partial<DemoShape> = {},
): DemoShape => ({
  id,
  after: millis(minutes * 60_000),
  author: "JMoney",
  text,
  repeats: null,
  edits: null,
  ...more,
});

/** A print a minute; the price rises by three ticks each. */
function risingTape(): Tape {
  const tape = tapeBuilder({ instrument: "ES", resolution: millis(0) });
  for (let minute = 0; minute < 60; minute++) {
    const price = 25_302 + minute * 3;
    tape.add(minute * 60_000, price, price, price, null);
  }
  return tape.finish();
}

describe("a demo message", () => {
  const text = "🚨 ES long {+0}: A\nStop: {-10}\nT1: {+8.25}\n@everyone";

  test("is told at the market of its moment, in whole points", () => {
    const [message] = repriceAlerts([shape("1", 2, text)], risingTape(), millis(0));
    // 25,308 ticks are 6,327 points.
    expect(message).toEqual({
      source: "demo",
      channel: "demo",
      id: "1",
      author: "JMoney",
      text: "🚨 ES long 6327: A\nStop: 6317\nT1: 6335.25\n@everyone",
      embeds: [],
      referenced: null,
      event: "create",
      previous: null,
      sentAt: 120_000,
    });
  });

  test("before the first print takes the first price", () => {
    const [message] = repriceAlerts([shape("1", 0, "{+0}")], risingTape(), millis(-60_000));
    expect(message?.text).toBe("6326");
  });

  test("that repeats another keeps its prices and has an id of its own", () => {
    const day = [shape("1", 2, text), shape("2", 30, text, { repeats: "1" })];
    const [one, two] = repriceAlerts(day, risingTape(), millis(0));
    expect([two?.text, two?.id, two?.event]).toEqual([one?.text, "2", "create"]);
  });

  test("that edits another carries its id, its prices and its text from before", () => {
    const day = [shape("2", 30, `${text} 💪`, { edits: "1" }), shape("1", 2, text)];
    const [one, two] = repriceAlerts(day, risingTape(), millis(0));
    expect(two).toMatchObject({ id: "1", event: "edit", previous: one?.text, sentAt: 1_800_000 });
    expect(two?.text).toBe(`${one?.text} 💪`);
  });

  test("cannot speak of one that does not exist, nor of a market without prices", () => {
    const lost = [shape("1", 2, text, { repeats: "9" })];
    expect(() => repriceAlerts(lost, risingTape(), millis(0))).toThrow("the demo has a message 9");
    const empty = tapeBuilder({ instrument: "ES", resolution: millis(0) }).finish();
    expect(() => repriceAlerts([], empty, millis(0))).toThrow("a tape that has prices");
  });
});

describe("the demo day", () => {
  const tape = demoTape();
  const messages = repriceAlerts(shapes, tape, DEMO_STARTS_AT);
  const entries = entriesOf(messages);

  test("is an ordinary session with a market before its first and after its last message", () => {
    expect(sessionAt("equity", DEMO_STARTS_AT).open).toBe(true);
    expect(tape.at[0]).toBeLessThan(messages[0]?.sentAt ?? 0);
    expect(tape.at.at(-1)).toBeGreaterThan((messages.at(-1)?.sentAt ?? 0) + 20 * 60_000);
  });

  test("has about a dozen alerts: longs and shorts, all sizes, a tag, stated targets", () => {
    expect(entries.length).toBeGreaterThanOrEqual(11);
    expect(new Set(entries.map(({ side }) => side))).toEqual(new Set(["long", "short"]));
    expect(new Set(entries.map(({ size }) => size))).toEqual(new Set(["A", "B", "C"]));
    const said = messages.map(({ text }) => text).join("\n");
    expect([said.includes("GAMMA"), said.includes("T1:")]).toEqual([true, true]);
  });

  test("has what must not trade: chatter, a duplicate, an edit, a stop on the wrong side", () => {
    expect(messages.filter(({ text }) => !text.includes("Stop:")).length).toBeGreaterThan(3);
    expect(messages.some(({ event }) => event === "edit")).toBe(true);
    const creates = messages.filter(({ event }) => event === "create").map(({ text }) => text);
    expect(new Set(creates).size).toBe(creates.length - 1);
    const wrong = entries.filter(({ direction, entry, stop }) => (entry - stop) * direction < 0);
    expect(wrong.length).toBe(1);
  });

  test("has alerts within half a point of the market, in whole points", () => {
    for (const { entry, sentAt } of entries) {
      if (entry === entries[1]?.entry) continue; // the duplicate speaks of an earlier moment
      const market = (tape.last[indexAt(tape, sentAt, NONE)] ?? 0) / 4;
      expect(Math.abs(entry - market)).toBeLessThanOrEqual(0.5);
      expect(Number.isInteger(entry)).toBe(true);
    }
  });

  test("loses trades as well as winning some", () => {
    const outcomes = outcomesOf(tape, messages);
    expect(outcomes.filter((won) => won).length).toBeGreaterThan(0);
    expect(outcomes.filter((won) => !won).length).toBeGreaterThan(0);
  });

  test("under other seeds wins no more than chance allows", () => {
    const days = Array.from({ length: 40 }, (_, seed) => {
      const market = demoTape(seed + 1);
      return outcomesOf(market, repriceAlerts(shapes, market, DEMO_STARTS_AT));
    });
    const onlyWins = days.filter((day) => day.every((won) => won)).length;
    const all = days.flat();
    expect(onlyWins).toBeLessThan(4);
    expect(all.filter((won) => won).length / all.length).toBeGreaterThan(0.5);
    expect(all.filter((won) => won).length / all.length).toBeLessThan(0.67);
  });
});

function entriesOf(messages: readonly Message[]) {
  return messages.flatMap((message) => {
    const match = /🚨 ES (long|short) (\d+): ([ABC])[\s\S]*Stop: (\d+)/.exec(message.text);
    if (match === null || message.event !== "create") return [];
    const [, side, entry, size, stop] = match;
    const direction = side === "long" ? 1 : -1;
    return [
      { side, size, direction, entry: Number(entry), stop: Number(stop), sentAt: message.sentAt },
    ];
  });
}

/** Whether each sound alert reached +7 points before its stop; by chance it does in 10 of 17. */
function outcomesOf(tape: Tape, messages: readonly Message[]): readonly boolean[] {
  return entriesOf(messages).flatMap(({ direction, entry, stop, sentAt }) => {
    if ((entry - stop) * direction < 0) return [];
    const edges = [stop * 4, entry * 4 + direction * 28];
    const band = { atOrBelow: ticks(Math.min(...edges)), atOrAbove: ticks(Math.max(...edges)) };
    const touch = nextTouch(tape, indexAt(tape, sentAt, NONE) + 1, tape.length, band);
    if (touch === NONE) return [];
    const reached = direction > 0 ? (tape.ask[touch] ?? 0) : (tape.bid[touch] ?? 0);
    return [(reached - entry * 4) * direction >= 28];
  });
}
