/** A summary on its way to words: what comes late, what fails, and what a restart finds. */
import { expect, test } from "vitest";
import { createSummaryDesk, type Summarise } from "../../../src/app/summary-desk.ts";
import type { FactOf } from "../../../src/core/model/fact.ts";
import type { Item, Slip } from "../../../src/core/model/notification.ts";
import { tradeDate } from "../../../src/core/model/trade-date.ts";
import { millis } from "../../../src/core/model/units.ts";
import type { SummaryText } from "../../../src/core/views/summary.ts";
import type { JournalFault } from "../../../src/ports/journal.ts";
import type { WordedSlip } from "../../../src/ports/outbox.ts";
import { virtualClock } from "../../../src/shell/host/virtual-clock.ts";
import { err, ok, type Result } from "../../../src/std/result.ts";
import { NOON } from "../../kit/sample-facts.ts";
import { sampleItem } from "../../kit/sample-letter.ts";
import { silentLog } from "../../kit/silent-log.ts";

const FACT: FactOf<"SummaryDue"> = {
  ...{ at: millis(NOON), kind: "SummaryDue", due: millis(NOON), period: "week" },
  ...{ from: tradeDate("2026-11-16"), tradeDate: tradeDate("2026-11-20") },
};
const ITEM: Item = { ...sampleItem, topic: "summary", trade: null, details: [], quote: null };
const TEXT: SummaryText = {
  ...{ title: "Week of 2026-11-16: 3 trades, net $31.34", details: [] },
  sheet: { tables: [], charts: [] },
};
const slips: readonly Slip[] = ["mail", "phone"].map((channel) => ({
  ...{ sequence: 7, channel, topic: "summary", at: millis(NOON) },
}));

function desk(summarise?: Summarise) {
  const clock = virtualClock(millis(NOON));
  const worded: WordedSlip[] = [];
  const told = { ready: 0, asked: 0 };
  const disk: { fault: JournalFault | null } = { fault: null };
  const own = createSummaryDesk({
    ...{ clock, log: silentLog },
    outbox: {
      word(list) {
        if (disk.fault !== null) return err(disk.fault);
        worded.push(...list);
        return ok(undefined);
      },
    },
    ...(summarise && {
      summarise(...asked) {
        told.asked += 1;
        return summarise(...asked);
      },
    }),
    ready() {
      told.ready += 1;
    },
  });
  const pass = async (minutes: number) => {
    await new Promise((resolve) => setImmediate(resolve));
    clock.runUntil(millis(clock.now() + minutes * 60_000));
  };
  return { ...{ own, worded, told, disk, pass }, begin: () => own.begin(FACT, slips, ITEM) };
}

const said = ({ words }: WordedSlip): Item => JSON.parse(words);

test("is put down for every channel, once, when it is there", async () => {
  const { own, worded, told, begin, pass } = desk(() => Promise.resolve(ok(TEXT)));
  begin();
  begin();
  expect([own.isIdle(), worded]).toEqual([false, []]);
  await pass(0);
  expect(worded.map(({ channel }) => channel)).toEqual(["mail", "phone"]);
  expect(said(worded[0] as WordedSlip)).toEqual({ ...ITEM, ...TEXT, tone: "plain" });
  expect([own.isIdle(), told]).toEqual([true, { ready: 1, asked: 1 }]);
  await pass(60);
  expect(told).toEqual({ ready: 1, asked: 1 });
});

test.each<readonly [string, Summarise | undefined, string]>([
  [
    "refused",
    () => Promise.resolve(err("the ledger is 3 facts behind")),
    "the ledger is 3 facts behind",
  ],
  ["a bug", () => Promise.reject(new TypeError("of some kind")), "it failed: TypeError"],
  ["nobody there", undefined, "nothing is summed up here"],
])("that cannot be had is told with its reason: %s", async (_, summarise, why) => {
  const { worded, begin, pass } = desk(summarise);
  begin();
  await pass(0);
  expect(said(worded[0] as WordedSlip)).toMatchObject({
    title: ITEM.title,
    tone: "bad",
    details: [
      { label: "No figures", value: why },
      { label: "Ask with", value: "tradestream report --from 2026-11-16 --to 2026-11-20" },
    ],
  });
});

test("that takes too long is told without figures, and comes too late after that", async () => {
  let done: (made: Result<SummaryText, string>) => void = () => {};
  const { worded, begin, pass } = desk(() => new Promise((resolve) => (done = resolve)));
  begin();
  await pass(5);
  expect(said(worded[0] as WordedSlip).details[0]?.value).toBe("they took too long");
  done(ok(TEXT));
  await pass(1);
  expect(worded).toHaveLength(2);
});

test("is put down again when the disk refused, and not at all after the end", async () => {
  const { own, worded, told, disk, begin, pass } = desk(() => Promise.resolve(ok(TEXT)));
  disk.fault = { kind: "full", detail: "no room" };
  begin();
  await pass(0);
  expect([worded, own.isIdle()]).toEqual([[], false]);
  disk.fault = null;
  await pass(1);
  expect([worded.length, told.ready]).toEqual([2, 1]);

  const ending = desk(() => Promise.resolve(ok(TEXT)));
  ending.begin();
  ending.own.close();
  await ending.pass(10);
  expect([ending.worded, ending.own.isIdle()]).toEqual([[], true]);
});
