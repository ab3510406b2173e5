import { describe, expect, it } from "vitest";
import type { Account } from "../../../../src/core/model/account.ts";
import type { BackupState } from "../../../../src/core/model/backup-state.ts";
import type { FactOf } from "../../../../src/core/model/fact.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import { isoOf } from "../../../../src/core/model/iso-time.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars, millis } from "../../../../src/core/model/units.ts";
import type { Waiting } from "../../../../src/core/model/waiting.ts";
import { renderStatus, statusView } from "../../../../src/core/views/status.ts";
import { anAlert, es } from "../../../kit/builders.ts";
import { AT, confirmed, entered, PAPER, TRADE, tradeAfter } from "../sample-trade.ts";

const account: Account = {
  id: PAPER,
  name: "Paper",
  rules: "default",
  brackets: "native",
  sessions: "cme",
  gate: "active",
  gateReason: null,
  settled: true,
  blocked: [],
  tradeDate: tradeDate("2026-11-23"),
  tradesToday: 2,
  realisedToday: dollars(151.34),
  balance: dollars(50_151.34),
  open: [],
  seenAt: AT,
};
const other: Account = {
  ...account,
  id: accountId("COMBINE"),
  name: "Combine 50K",
  gate: "reducing",
  gateReason: "a daily loss of $500.00\nis reached",
  settled: false,
  realisedToday: dollars(-500),
};

const open = tradeAfter([
  entered(0, "6326.25", 1),
  entered(1, "6326.25", 2),
  confirmed("stop", 0, "6316.00", 1),
  confirmed("stop", 1, "6316.00", 2),
]);
const ended = (kind: "closed" | "abandoned", number: number) => ({
  ...tradeAfter([], {}, { number }),
  phase: kind,
});
const source = {
  at: AT,
  sequence: 118,
  accounts: [account, other],
  trades: [open, ended("closed", 2), ended("abandoned", 3)],
  waiting: [],
  remarks: [],
};

describe("the status", () => {
  it("shows when a lock-out ends, and whatever else keeps entries away", () => {
    const locked = { ...account, lockedUntil: AT };
    const view = statusView({ ...source, accounts: [locked, other], remarks: ["no entries now"] });
    expect(view.accounts.map(({ lockedUntil }) => lockedUntil)).toEqual([isoOf(AT), undefined]);
    expect(renderStatus(view)).toContain("no entries now");
  });

  it("says which account the operator switched off", () => {
    const view = statusView({ ...source, accounts: [{ ...account, offSince: AT }, other] });
    expect(view.accounts.map(({ offSince }) => offSince)).toEqual([isoOf(AT), undefined]);
    expect(renderStatus(view)).toContain(
      "Paper is switched off; `accounts on PAPER` switches it on again",
    );
  });

  it("is ready for JSON: dollars, points, ISO times", () => {
    const view = statusView(source);
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
    expect(view).toMatchObject({
      at: "2026-11-23T15:31:05.000Z",
      clock: "09:31:05 CT",
      sequence: 118,
    });
    expect(view.accounts[0]).toEqual({
      account: "PAPER",
      name: "Paper",
      rules: "default",
      gate: "active",
      gateReason: null,
      settled: true,
      blocked: [],
      tradeDate: "2026-11-23",
      tradesToday: 2,
      openTrades: 1,
      openRiskUsd: 153.75,
      realisedTodayUsd: 151.34,
      balanceUsd: 50_151.34,
      seenAt: "2026-11-23T15:31:05.000Z",
    });
  });

  it("says at what risk score the trades that are on were entered", () => {
    const [first = tradeAfter([]), ...others] = source.trades;
    const view = statusView({ ...source, trades: [{ ...first, score: 41 }, ...others] });
    expect(view.trades[0]?.score).toBe(41);
    const line = `risk score at the entry: #${first.number} 41`;
    expect(renderStatus(view)).toContain(line);
    expect(renderStatus(statusView(source)).join()).not.toContain("risk score");
  });

  it("names the instruments that were closed by hand", () => {
    const [first, ...others] = source.accounts;
    const blocked = [
      { ...(first as Account), blocked: [{ instrument: "MES", trade: 4 }] },
    ] as const;
    const view = statusView({ ...source, accounts: [...blocked, ...others] });
    expect(view.accounts[0]?.blocked).toEqual(["MES"]);
    expect(renderStatus(view)).toContain("Paper: MES was closed by hand; `resume` allows it again");
  });

  it("says where everything is being closed and the venue has not said that it is", () => {
    const leaving = { ...account, flattening: AT };
    const view = statusView({ ...source, accounts: [leaving, other] });
    expect(view.accounts.map(({ flattening }) => flattening)).toEqual([true, undefined]);
  });

  it("says where the venue's own reports do not come through", () => {
    const down = { ...account, link: { state: "down", at: AT } } as const;
    const view = statusView({ ...source, accounts: [down, other] });
    expect(view.accounts.map(({ lineDown }) => lineDown)).toEqual([true, undefined]);
    expect(renderStatus(view)).toContain("Paper: the venue's own reports do not reach us");
  });

  it("shows the trades that are not over, each under its account", () => {
    const view = statusView(source);
    expect(view.trades.map((trade) => trade.trade)).toEqual([1]);
    expect(view.accounts.map((one) => one.openTrades)).toEqual([1, 0]);
  });

  it("is drawn with what keeps an account from entering", () => {
    expect(renderStatus(statusView(source))).toEqual([
      "09:31:05 CT, 118 facts written",
      "",
      "ACCOUNT      GATE      DAY         TRADES  OPEN     RISK     TODAY    BALANCE",
      "Paper        active    2026-11-23       2     1  $153.75   $151.34  $50151.34",
      "Combine 50K  reducing  2026-11-23       2     0    $0.00  -$500.00  $50151.34",
      "Combine 50K has not been compared with the venue yet",
      "Combine 50K is reducing: a daily loss of $500.00 is reached",
      "",
      "#  ACCOUNT  TRADE       PHASE  HELD    ENTRY     STOP  TARGETS                    RISK     NET",
      "1  PAPER    3 MES long  open      3  6326.25  6316.00  6333.00 x1, 6338.00 x2  $153.75  -$1.22",
    ]);
  });

  it("lists what waits for a yes, and for how long still", () => {
    const one: Waiting = {
      entry: 4,
      message: { source: "discord", channel: "7", id: "9" },
      author: "alice",
      alert: anAlert({ targets: [es(6333)], stopCondition: "5m close" }),
      sentAt: AT,
      isReentry: false,
      askedAt: AT,
      until: millis(AT + 41_200),
      smallest: true,
      group: "swing",
      reason: "unsure: both sides are named",
    };
    const view = statusView({ ...source, waiting: [one, { ...one, entry: 5, smallest: false }] });
    expect(view.waiting[0]).toEqual({
      entry: 4,
      message: one.message,
      author: "alice",
      alert: "ES long 6326.00 stop 6316.00 (5m close) targets 6333.00 size A",
      group: "swing",
      smallest: true,
      reason: "unsure: both sides are named",
      until: "2026-11-23T15:31:46.200Z",
      secondsLeft: 42,
    });
    const lines = renderStatus(view, 120);
    const alert = "ES long 6326.00 stop 6316.00 (5m close) targets 6333.00 size A";
    expect(lines).toContain(`entry 4 waits 42 s more for a yes: ${alert}, smallest size`);
    expect(lines).toContain(`entry 5 waits 42 s more for a yes: ${alert}`);
    const past = statusView({ ...source, waiting: [{ ...one, until: AT }] });
    expect(past.waiting[0]?.secondsLeft).toBe(0);
  });

  it("of a house at rest says that there are no trades", () => {
    expect(renderStatus(statusView({ ...source, trades: [] }), 60).at(-1)).toBe("no trades");
  });

  it("never is wider than the screen", () => {
    const lines = renderStatus(statusView(source), 40);
    expect(lines.filter((line) => line.length > 40)).toEqual([]);
  });

  it("shows a stop that came to breakeven", () => {
    const hit: FactOf<"LegConfirmed"> = confirmed("stop", 1, "6326.25", 2);
    const { trades } = statusView({
      ...source,
      trades: [tradeAfter([entered(1, "6326.25", 2), hit])],
    });
    expect(trades[0]).toMatchObject({ stop: 6326.25, account: "PAPER" });
    expect(hit.trade).toBe(TRADE);
  });

  it("says how old the newest backup is, and when they fail", () => {
    const newest = { name: "n", at: millis(AT - 90 * 60_000), sequence: 12 };
    const linesOf = (backups: BackupState) =>
      renderStatus(statusView({ ...source, backups })).join("\n");
    expect(renderStatus(statusView(source)).join()).not.toContain("backup");
    expect(linesOf({ newest, fault: null })).toContain("newest backup 1 h 30 min old, to fact 12");
    expect(linesOf({ newest: null, fault: "the disk is full" })).toContain(
      "no backup yet; THE LAST TRY FAILED: the disk is full",
    );
    const early = { ...newest, at: millis(AT + 1_000) };
    const view = statusView({ ...source, backups: { newest: early, fault: null } });
    expect(view.backups?.newest?.ageSeconds).toBe(0);
  });
});
