import { describe, expect, it } from "vitest";
import {
  type Alerter,
  type AlerterRecord,
  meanResult,
  RECORDS_MAX,
  RESULTS_MAX,
  withResult,
} from "../../../../src/core/model/alerter-record.ts";

const JO: Alerter = { source: "discord", channel: "alerts", author: "Jo" };
const ROOM: Alerter = { source: "discord", channel: "alerts", author: null };

const recordAfter = (alerter: Alerter, nets: readonly number[]): readonly AlerterRecord[] =>
  nets.reduce<readonly AlerterRecord[]>(
    (records, net, index) => withResult(records, alerter, { message: `m${index}`, net }),
    [],
  );

describe("the record of an author", () => {
  it("says nothing before five alerts, and then their mean, rounded down", () => {
    expect(meanResult([], JO)).toBeNull();
    expect(meanResult(recordAfter(JO, [700, 700, -1_000, 500]), JO)).toBeNull();
    expect(meanResult(recordAfter(JO, [700, 700, -1_000, 500, -901]), JO)).toBe(-1);
  });

  it("counts an alert once, however many accounts took it", () => {
    const five = recordAfter(JO, [0, 0, 0, 0, 0]);
    const again = withResult(five, JO, { message: "m4", net: 500 });
    expect(again).toHaveLength(1);
    expect(meanResult(again, JO)).toBe(100);
  });

  it("is that author's in that channel alone", () => {
    const both = withResult(recordAfter(JO, [1, 1, 1, 1, 1]), ROOM, { message: "x", net: -1_000 });
    expect([meanResult(both, JO), meanResult(both, ROOM)]).toEqual([1, null]);
    expect(meanResult(both, { ...JO, channel: "vip" })).toBeNull();
    expect(meanResult(both, { ...JO, source: "webhook" })).toBeNull();
  });

  it("forgets the oldest alerts, and the authors heard of least lately", () => {
    const many = Array.from({ length: RESULTS_MAX + 5 }, (_, index) => (index < 5 ? -9_000 : 100));
    expect(meanResult(recordAfter(JO, many), JO)).toBe(100);
    const authors = Array.from({ length: RECORDS_MAX + 1 }, (_, index) => `a${index}`);
    const records = authors.reduce<readonly AlerterRecord[]>(
      (known, author) => withResult(known, { ...JO, author }, { message: "m", net: 0 }),
      withResult([], JO, { message: "m", net: 0 }),
    );
    expect(records).toHaveLength(RECORDS_MAX);
    expect(records[0]?.author).toBe("a1");
  });
});
