/** Which fact goes to which channel, and what goes into one letter. */
import { describe, expect, test } from "vitest";
import type { TradeId } from "../../../../src/core/model/ids.ts";
import type { ChannelRules, Topic } from "../../../../src/core/model/notification.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { alarmRetryAt, LIFE, retryAt } from "../../../../src/core/notify/delivery.ts";
import {
  addressingOf,
  ITEMS_MAX,
  type LooseSlip,
  nextParcel,
} from "../../../../src/core/notify/policy.ts";
import { NOON, tradeStory } from "../../../kit/sample-facts.ts";

const MINUTE = 60_000;
/** 2026-11-19 09:00 in Chicago. */
const NINE = NOON;
const past = (minutes: number) => millis(NINE + minutes * MINUTE);

const mail: ChannelRules = {
  name: "mail",
  now: ["entry", "target", "stop", "close", "alarm"],
  daily: ["refusal"],
  dailyAt: 15 * 60 + 15,
  quiet: null,
  perHour: 3,
};

const slip = (sequence: number, topic: Topic, minutes: number, trade = "one"): LooseSlip => ({
  sequence,
  channel: "mail",
  topic,
  at: past(minutes),
  trade: trade as TradeId,
});

const numbers = (parcel: ReturnType<typeof nextParcel>) =>
  parcel.kind === "letter" ? parcel.slips.map(({ sequence }) => sequence) : parcel;

describe("addressing", () => {
  test("a fact gets a slip for each channel that wants its sort of news", () => {
    const phone = { ...mail, name: "phone", now: ["close"] as const, daily: ["close"] as const };
    const addressing = addressingOf([mail, phone]);
    const { facts } = tradeStory(1);
    const slips = addressing(facts);
    expect(slips.map(({ channel, topic }) => `${channel} ${topic}`)).toEqual([
      "mail entry",
      "mail entry",
      "mail entry",
      "mail target",
      "mail stop",
      "mail stop",
      "mail close",
      "phone close",
    ]);
    expect(facts[slips.at(-1)?.index ?? 0]?.kind).toBe("TradeClosed");
  });

  test("without channels nobody is told", () => {
    expect(addressingOf([])(tradeStory(1).facts)).toEqual([]);
  });
});

describe("the next letter", () => {
  test("is none when nothing waits", () => {
    expect(nextParcel(mail, [], [], past(0))).toEqual({ kind: "nothing" });
  });

  test("waits a second for what belongs to it, then holds one trade", () => {
    const slips = [slip(1, "entry", 0), slip(2, "entry", 0), slip(3, "entry", 0, "two")];
    expect(nextParcel(mail, slips, [], past(0))).toEqual({
      kind: "wait",
      until: millis(NINE + 1_000),
    });
    expect(numbers(nextParcel(mail, slips, [], millis(NINE + 1_000)))).toEqual([1, 2]);
  });

  test("holds everything when much has gathered, up to a limit", () => {
    const many = Array.from({ length: 60 }, (_, at) => slip(at + 1, "entry", 0, `trade ${at}`));
    expect(numbers(nextParcel(mail, many.slice(0, 6), [], past(1)))).toEqual([1]);
    expect(numbers(nextParcel(mail, many.slice(0, 7), [], past(1)))).toHaveLength(7);
    expect(numbers(nextParcel(mail, many, [], past(1)))).toHaveLength(ITEMS_MAX);
  });

  test("is of alarms before anything else, whatever the hour and the cap", () => {
    const quiet = { ...mail, quiet: { from: 0, until: 1_439 }, perHour: 1 };
    const slips = [slip(1, "entry", 0), slip(2, "alarm", 0), slip(3, "alarm", 0)];
    expect(numbers(nextParcel(quiet, slips, [past(0)], past(0)))).toEqual([2, 3]);
  });

  test("waits for the end of the quiet hours, also over midnight", () => {
    const slips = [slip(1, "entry", 0)];
    const morning = { ...mail, quiet: { from: 8 * 60, until: 10 * 60 } };
    expect(nextParcel(morning, slips, [], past(1))).toEqual({ kind: "wait", until: past(60) });
    expect(numbers(nextParcel(morning, slips, [], past(60)))).toEqual([1]);
    const night = { ...mail, quiet: { from: 22 * 60, until: 9 * 60 + 30 } };
    expect(nextParcel(night, slips, [], past(1))).toEqual({ kind: "wait", until: past(30) });
    // 22:30 in the evening: until half past nine of the next day.
    const late = 13.5 * 60;
    expect(nextParcel(night, slips, [], past(late))).toEqual({
      kind: "wait",
      until: past(24 * 60 + 30),
    });
    expect(numbers(nextParcel(night, slips, [], past(12 * 60)))).toEqual([1]);
  });

  test("waits when the hour has had enough, until the oldest of them is an hour old", () => {
    const slips = [slip(1, "entry", 20)];
    const sent = [past(0), past(5), past(10)];
    expect(nextParcel(mail, slips, sent, past(21))).toEqual({ kind: "wait", until: past(60) });
    expect(numbers(nextParcel(mail, slips, sent.slice(1), past(21)))).toEqual([1]);
  });

  test("collects what is told once a day until its hour has come", () => {
    const slips = [slip(1, "refusal", 0), slip(2, "refusal", 30)];
    const due = past(6 * 60 + 15);
    expect(nextParcel(mail, slips, [], past(31))).toEqual({ kind: "wait", until: due });
    expect(numbers(nextParcel(mail, slips, [], due))).toEqual([1, 2]);
    // What comes after that hour waits for the next day's.
    const late = [slip(3, "refusal", 7 * 60)];
    expect(nextParcel(mail, late, [], past(7 * 60))).toEqual({
      kind: "wait",
      until: past(6 * 60 + 15 + 24 * 60),
    });
  });

  test("is waited for until the first of what may be next", () => {
    const slips = [slip(1, "refusal", 0), slip(2, "entry", 1)];
    expect(nextParcel(mail, slips, [], past(1))).toEqual({
      kind: "wait",
      until: millis(past(1) + 1_000),
    });
  });
});

describe("a letter that was refused", () => {
  test("is tried after 1, 2, 4 ... minutes and at last every hour", () => {
    const pauses = [1, 2, 3, 6, 7, 8, 50].map((tries) => (retryAt(tries, past(0)) - NINE) / MINUTE);
    expect(pauses).toEqual([1, 2, 4, 32, 60, 60, 60]);
  });

  test("is tried when the other side asks for, within the hour", () => {
    expect(retryAt(1, past(0), millis(5 * MINUTE))).toBe(past(5));
    expect(retryAt(1, past(0), millis(5_000))).toBe(past(1));
    expect(retryAt(1, past(0), millis(500 * MINUTE))).toBe(past(60));
  });

  test("of an alarm is tried every minute for an hour, whatever the other side asks for", () => {
    const hour = millis(60 * MINUTE);
    const pauses = [1, 2, 11, 60, 61, 62].map((tries) => alarmRetryAt(tries, past(0), null) - NINE);
    expect(pauses.map((pause) => pause / MINUTE)).toEqual([1, 1, 1, 1, 1, 2]);
    expect(alarmRetryAt(5, past(0), hour)).toBe(past(1));
    expect(alarmRetryAt(61, past(0), hour)).toBe(past(60));
  });

  test("lives for a day", () => {
    expect(LIFE).toBe(86_400_000);
  });
});

test("a summary is a letter by itself, also where it is collected", () => {
  const slips = [slip(1, "close", 0), slip(2, "summary", 0), slip(3, "summary", 0)];
  const rules: ChannelRules = { ...mail, now: ["close", "summary"] };
  const next = (loose: readonly LooseSlip[], of = rules, minutes = 1) =>
    numbers(nextParcel(of, loose, [], past(minutes)));
  expect(next(slips)).toEqual([1]);
  expect(next(slips.slice(1))).toEqual([2]);
  const many = Array.from({ length: 8 }, (_, at) => slip(4 + at, "close", 0, `t${at}`));
  expect(next([...slips, ...many])).toEqual([1, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(next([...slips.slice(1), ...many])).toEqual([2]);
  const collecting: ChannelRules = { ...mail, now: ["close"], daily: ["refusal", "summary"] };
  const collected = [slip(1, "refusal", 0), slip(2, "summary", 0), slip(3, "refusal", 0)];
  expect(next(collected, collecting, 24 * 60)).toEqual([1, 3]);
  expect(next(collected.slice(1), collecting, 24 * 60)).toEqual([2]);
});
