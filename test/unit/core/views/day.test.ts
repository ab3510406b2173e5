/** A trade date on one page: what it holds, how it reads, and what a stranger may see of it. */
import { describe, expect, it } from "vitest";
import { evolve } from "../../../../src/core/evolve.ts";
import { DEFAULT_CONFIG } from "../../../../src/core/model/defaults.ts";
import type { Fact } from "../../../../src/core/model/fact.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, type Millis, millis, ticks } from "../../../../src/core/model/units.ts";
import { initialState, withAccount } from "../../../../src/core/state.ts";
import { type DayRows, dayBook } from "../../../../src/core/views/day.ts";
import { dayBundle } from "../../../../src/core/views/day-bundle.ts";
import { renderDay } from "../../../../src/core/views/day-text.ts";
import { valuesOf } from "../../../../src/std/trie.ts";
import { aDecision, anAlertRecord } from "../../../kit/alert-records.ts";
import { anAccount } from "../../../kit/builders.ts";
import { NOON } from "../../../kit/sample-facts.ts";
import { aTradeRecord } from "../../../kit/trade-records.ts";

const DATE = tradeDate("2026-11-19");
const DAY = 86_400_000;
const PAPER = accountId("PAPER");
const at = (after: number): Millis => millis(NOON + after);
const { settings } = DEFAULT_CONFIG;

const started = (after: number): Fact => ({
  ...{ at: at(after), kind: "RunStarted", mode: "paper", version: "1" },
  priceAgeMax: millis(3_000),
});
const ended = (after: number): Fact => ({ at: at(after), kind: "RunEnded", reason: "stopped" });
const adopted = (after: number): Fact => ({ at: at(after), kind: "SettingsAdopted", settings });
const link = (after: number, state: "up" | "down"): Fact => ({
  ...{ at: at(after), kind: "LinkMoved", account: PAPER, state },
});
const gate = (after: number): Fact => ({
  ...{ at: at(after), kind: "GateMoved", account: null, gate: "halted" },
  reason: "Bob said so",
});

const pageOf = (facts: readonly Fact[], rows: Partial<DayRows> = {}) => {
  const book = dayBook(DATE);
  for (const fact of facts) book.hear(fact);
  return book.page({ alerts: [], trades: [], ...rows });
};

const stale = { kind: "stale", age: millis(14_000), limit: millis(10_000) } as const;
const refusedBy = aDecision({ decision: "refused", refusal: stale, trade: null, phase: null });

describe("the page of a trade date", () => {
  it("has every alert with its verdict, the price to be had and the price it filled at", () => {
    const waited = [aDecision({ decision: "asked" }), aDecision({ decision: "approved" })];
    const page = pageOf([], {
      alerts: [
        anAlertRecord({ decisions: [refusedBy], market: null }),
        anAlertRecord({ outcome: "waiting", decisions: waited }),
        anAlertRecord({ alert: null }),
        anAlertRecord(),
      ],
      trades: [aTradeRecord()],
    });
    const said = page.alerts.map((one) => [one.verdict, one.trade, one.filledPoints, one.netUsd]);
    expect(said).toEqual([
      ["taken", 1, 6_327, -183.66],
      ["waiting", null, null, null],
      ["stale", null, null, null],
    ]);
    expect(page.alerts[0]).toMatchObject({ alertedPoints: 6_325, obtainablePoints: 6_326 });
    expect(page.alerts[2]?.detail).toMatch(/^the alert is 14 s old/);
    expect(page.alerts[2]?.obtainablePoints).toBeNull();
  });

  it("tells a trade under way from one that filled, also where it closed on another date", () => {
    const verdicts = (trade: Parameters<typeof aTradeRecord>[0] | null, phase: "open" | "closed") =>
      pageOf([], {
        alerts: [anAlertRecord({ decisions: [aDecision({ phase })] })],
        trades: trade === null ? [] : [aTradeRecord(trade)],
      }).alerts.map(({ verdict }) => verdict);
    const { entry } = aTradeRecord();
    const none = { entry: { ...entry, quantity: 0 as typeof entry.quantity, priceSum: 0 } };
    expect(verdicts({}, "open")).toEqual(["taken"]);
    expect(verdicts({ ...none, net: null }, "open")).toEqual(["working"]);
    expect(verdicts(null, "closed")).toEqual(["taken"]);
    expect(verdicts(null, "open")).toEqual(["working"]);
    const noted = anAlertRecord({ decisions: [aDecision({ decision: "noted", by: "known" })] });
    expect(pageOf([], { alerts: [noted] }).alerts[0]).toMatchObject({
      ...{ verdict: "noted", detail: "known" },
    });
  });

  it("tells apart what lateness, slippage, stops and fees cost, and what left by hand", () => {
    const { costs, netUsd } = pageOf([], {
      trades: [
        aTradeRecord({ stopSlippage: dollars(3.75) }),
        aTradeRecord({ how: "external", gross: dollars(-30) }),
        aTradeRecord({ how: "exit", reason: "close-command", gross: dollars(15), targets: [] }),
        aTradeRecord({ how: "exit", reason: "cut-off" }),
      ],
    });
    expect(costs).toEqual({
      latenessUsd: 60,
      slippageUsd: 60,
      stopSlippageUsd: 3.75,
      feesUsd: 14.64,
      byHand: { trades: 2, grossUsd: -15, atStopsUsd: -360, atTargetsUsd: 150 },
    });
    expect(netUsd).toBe(-734.64);
    expect(
      pageOf([], { trades: [aTradeRecord({ how: "exit", reason: "flatten" })] }).costs,
    ).toMatchObject({
      byHand: { trades: 1 },
    });
  });

  it("names the gates that moved on it, and the settings in force at its end", () => {
    const page = pageOf([adopted(-DAY), gate(-DAY), gate(60_000), adopted(DAY), gate(DAY)]);
    expect(page.gates).toEqual([
      {
        ...{ at: "2026-11-19T15:01:00.000Z", kind: "GateMoved", account: null },
        text: expect.stringContaining("Bob said so"),
      },
    ]);
    expect(page.settingsHash).toMatch(/^[0-9a-f]{32}$/);
    expect(pageOf([gate(0)]).settingsHash).toBeNull();
  });

  it("takes settings from a reload that changes them", () => {
    const reload: Fact = {
      ...{ at: at(1_000), kind: "ConfigReloaded", by: "file", was: "a", is: "b", changes: [] },
      omitted: 0,
    };
    const other = { ...settings, accounts: [] };
    const before = pageOf([adopted(0)]).settingsHash;
    expect(pageOf([adopted(0), reload]).settingsHash).toBe(before);
    expect(pageOf([adopted(0), { ...reload, settings: other }]).settingsHash).not.toBe(before);
    expect(pageOf([adopted(0), reload]).gates.map(({ kind }) => kind)).toEqual(["ConfigReloaded"]);
  });

  it("says when nobody was there, when the venue told nothing, and which trade missed prices", () => {
    const silent = aTradeRecord({
      reach: {
        ...{ high: ticks(1), low: ticks(0), by: "ticks" },
        unseen: { why: "silent", lasted: millis(20_000) },
      },
    });
    const facts = [
      ...[started(-3 * DAY), ended(-3 * DAY + 1), started(-2 * DAY), ended(-DAY), started(0)],
      ...[link(10_000, "up"), link(20_000, "down"), link(30_000, "up"), link(40_000, "down")],
      ...[started(50_000), link(60_000, "down"), ended(70_000), started(2 * DAY)],
    ];
    const { gaps } = pageOf(facts, { trades: [silent, aTradeRecord({ filledAt: null })] });
    expect(gaps.map(({ what, from, to }) => [what, from.slice(8, 19), to?.slice(8, 19)])).toEqual([
      ["program", "18T15:00:00", "19T15:00:00"],
      ["venue-link", "19T15:00:20", "19T15:00:30"],
      ["program", "19T15:00:40", "19T15:00:50"],
      ["program", "19T15:01:10", "21T15:00:00"],
      ["prices", "19T15:00:00", "19T15:01:00"],
    ]);
    const down = pageOf([started(0), link(10_000, "down")], {
      trades: [{ ...silent, closedAt: null }],
    });
    expect(down.gaps.map(({ what, to }) => [what, to])).toEqual([
      ["venue-link", null],
      ["prices", null],
    ]);
    expect(pageOf([started(0), link(2 * DAY, "down")]).gaps).toEqual([]);
  });
});

const whole = () =>
  pageOf(
    [
      adopted(-DAY),
      started(0),
      gate(60_000),
      link(70_000, "down"),
      link(75_000, "up"),
      ended(80_000),
      started(2 * DAY),
    ],
    {
      alerts: [
        anAlertRecord({ decisions: [refusedBy], author: null }),
        anAlertRecord({
          decisions: [aDecision({ account: null, decision: "expired", by: "Bob" })],
        }),
        anAlertRecord(),
      ],
      trades: [
        aTradeRecord({
          phase: "open",
          how: null,
          reason: "PAPER says no",
          net: null,
          closedAt: null,
        }),
        aTradeRecord({ how: "external", reach: null, net: null }),
        aTradeRecord({
          reach: {
            ...{ high: ticks(25_333), low: ticks(25_260), by: "ticks" },
            unseen: { why: "silent", lasted: millis(20_000) },
          },
        }),
      ],
    },
  );

describe("on a screen", () => {
  it("it reads from the alerts down to the settings", () => {
    const lines = renderDay(whole(), 140);
    expect(lines[0]).toBe("2026-11-19: 3 trades, net -$183.66");
    const titles = ["Alerts", "Why not", "Trades", "What it cost", "Authors", "Gates", "Gaps"];
    expect(lines.filter((line) => titles.includes(line))).toEqual(titles);
    expect(lines.find((line) => line.includes(">=12.00"))).toBeDefined();
    expect(lines.find((line) => line.includes("1 left by hand made -$180.00"))).toBeDefined();
    expect(lines.find((line) => line.includes("expired: Bob"))).toBeDefined();
    expect(
      lines.find((line) => line.endsWith("the venue told nothing unasked, PAPER")),
    ).toBeDefined();
    expect(lines.find((line) => line.includes("to 2026-11-21 09:00:00 CT"))).toBeDefined();
    expect(lines.at(-1)).toMatch(/^settings [0-9a-f]{32}$/);
    for (const line of renderDay(whole(), 60)) expect(line.length).toBeLessThanOrEqual(60);
  });

  it("a day on which nothing happened is three lines", () => {
    expect(renderDay(pageOf([]), 100)).toEqual([
      "2026-11-19: 0 trades, net $0.00",
      "",
      "What it cost",
      "lateness $0.00, slippage $0.00, at stops $0.00, fees $0.00",
      "no trade was left by hand",
      "",
      "settings not known",
    ]);
  });

  it("a gap that is not over goes on", () => {
    const lines = renderDay(pageOf([started(0), link(0, "down")]), 100);
    expect(lines).toContain("09:00:00 CT on: the venue told nothing unasked, PAPER");
  });
});

describe("for strangers", () => {
  it("it names no account, no author, and nothing that anybody wrote", () => {
    const text = JSON.stringify(dayBundle(whole(), { withAuthors: false }));
    for (const name of ["PAPER", "alice", "Bob", "says no"]) expect(text).not.toContain(name);
    expect(text).toContain('"account 1"');
    expect(text).toContain("the alert is older than");
  });

  it("the same name is the same number, and authors are named where that is asked for", () => {
    const { alerts, trades } = dayBundle(whole(), { withAuthors: true });
    expect(alerts.map(({ author }) => author)).toEqual(["alice", "alice", null]);
    expect(new Set(trades.map(({ account }) => account))).toEqual(new Set(["account 1"]));
  });
});

describe("a page that begins in the middle of a journal", () => {
  const facts: readonly Fact[] = [
    ...[started(-3 * DAY), adopted(-3 * DAY), gate(-3 * DAY), link(-DAY, "down")],
    ...[gate(0), link(1_000, "up"), ended(2_000), started(3_600_000), gate(3_700_000)],
    ...[link(3_800_000, "down"), started(DAY), gate(DAY + 1), link(DAY + 2, "up"), gate(DAY + 3)],
  ];

  it("is the page of one that heard everything, and stops where nothing can change it", () => {
    const all = pageOf(facts);
    const before = facts.filter((fact) => fact.at < at(-3_600_000));
    const two = withAccount(initialState, anAccount({ id: accountId("OTHER") }));
    const state = before.reduce(evolve, withAccount(two, anAccount({ id: PAPER })));
    const { settings: known, accounts, trades } = state;
    const parts = { settings: known, accounts: valuesOf(accounts), trades: valuesOf(trades) };
    const book = dayBook(DATE, { ...parts, heardAt: before.at(-1)?.at ?? at(0) });
    const rest = facts.slice(before.length);
    let heard = 0;
    for (const fact of rest) {
      book.hear(fact);
      heard += 1;
      if (book.isOver()) break;
    }
    expect(book.page({ alerts: [], trades: [] })).toEqual(all);
    expect(heard).toBe(rest.length - 2);
  });

  it("waits for the end of a gap", () => {
    const book = dayBook(DATE);
    const over = [link(0, "down"), gate(DAY), link(DAY + 1, "up")].map((fact) => {
      book.hear(fact);
      return book.isOver();
    });
    expect(over).toEqual([false, false, true]);
  });
});
