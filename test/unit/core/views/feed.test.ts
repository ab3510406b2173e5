import { describe, expect, it } from "vitest";
import type { AlertOutcome } from "../../../../src/core/model/alert-record.ts";
import type { Fact, FactOf } from "../../../../src/core/model/fact.ts";
import { accountId, fillId, orderId, tradeIdOf } from "../../../../src/core/model/ids.ts";
import type { Settings } from "../../../../src/core/model/rules.ts";
import { contracts, dollars, money } from "../../../../src/core/model/units.ts";
import { ALERTS_KEPT, type AlertView, alertViews } from "../../../../src/core/views/alert-feed.ts";
import { feesOf } from "../../../../src/core/views/ended-fees.ts";
import {
  type Feed,
  hearFact,
  LINES_KEPT,
  newFeed,
  recallFact,
} from "../../../../src/core/views/feed.ts";
import { narratorOf, newNarrator } from "../../../../src/core/views/narrator.ts";
import {
  ACCOUNT,
  anAlert,
  anOpenTrade,
  es,
  later,
  MESSAGE,
  NOW,
  planned,
  someRules,
  TRADE,
} from "../../../kit/builders.ts";
import { sampleFacts } from "../../../kit/sample-facts.ts";

const OTHER = accountId("PAPER-2");
const settings = (count: 1 | 2): Settings => ({
  ruleSets: { default: someRules() },
  accounts: [ACCOUNT, OTHER]
    .slice(0, count)
    .map((id) => ({ id, name: `Account ${id}`, rules: "default", brackets: "native" })),
});

const feedFor = (count: 1 | 2): Feed => newFeed(narratorOf(settings(count), []), []);

const hearAll = (feed: Feed, facts: readonly Fact[]): Feed =>
  facts.reduce((sofar, fact) => hearFact(sofar, sofar.sequence + 1, fact), feed);

const heard = (facts: readonly Fact[], count: 1 | 2 = 1): readonly AlertView[] =>
  alertViews(hearAll(feedFor(count), facts).alerts);

const at = NOW;
const about = { at, message: MESSAGE } as const;
const read: FactOf<"AlertRead"> = {
  ...about,
  ...{ kind: "AlertRead", author: "alice", text: "ES long", sentAt: NOW, alert: anAlert() },
};
const plan = planned();
const filled: Fact = {
  ...{ at, kind: "EntryFilled", trade: TRADE, tranche: 0, fill: fillId("f1") },
  ...{ order: orderId("e1"), price: es(6326), quantity: contracts(1), fees: dollars(0.61) },
};
const closed: Fact = {
  ...{ at, kind: "TradeClosed", trade: TRADE, how: "targets" },
  ...{ gross: dollars(30), fees: dollars(3.66), net: dollars(26.34) },
};
const refused = (account = ACCOUNT): Fact => ({
  ...{ ...about, kind: "TradeRefused", account },
  refusal: { kind: "trades-per-day", limit: 10, taken: 10 } as never,
});
const asked: Fact = {
  ...{ ...about, kind: "ApprovalAsked", entry: 4, until: later(60_000) },
  ...{ smallest: false, group: null, reason: "asks\u001b[2J first" },
};
const answered = (how: FactOf<"ApprovalEnded">["how"]): Fact => ({
  ...{ ...about, kind: "ApprovalEnded", entry: 4, how, by: "the operator" },
});

describe("what became of an alert", () => {
  const shadow = { ...about, kind: "AlertShadowed", account: ACCOUNT, plan: plan.plan } as const;
  const given: Fact = { at, kind: "TradeAbandoned", trade: TRADE, reason: "not filled in time" };
  const cases: readonly (readonly [AlertOutcome, string | null, readonly Fact[]])[] = [
    ["undecided", null, []],
    [
      "refused",
      "refused",
      [{ ...about, kind: "AlertRefused", refusal: { kind: "no-account" } as never }],
    ],
    ["shadowed", null, [shadow]],
    ["waiting", "approve 4 or refuse 4: asks [2J first", [asked]],
    ["undecided", "approved: the operator", [asked, answered("approved")]],
    ["refused", "refused: the operator", [asked, answered("refused")]],
    ["expired", "expired: the operator", [asked, answered("expired")]],
    ["expired", "withdrawn: the operator", [asked, answered("withdrawn")]],
    ["working", null, [asked, answered("approved"), plan]],
    ["missed", "not filled in time", [plan, given]],
    ["executed", null, [plan, filled]],
    ["executed", "out at its targets", [plan, filled, closed]],
  ];
  it.each(cases)("%s, %s", (outcome, reason, facts) => {
    const [alert] = heard([read, ...facts]);
    expect(alert).toMatchObject({
      ...{ outcome, author: "alice", clock: "09:00:00 CT" },
      text: "ES long 6326.00 stop 6316.00 size A",
    });
    if (reason !== "refused") expect(alert?.reason).toBe(reason);
    else expect(alert?.reason).toBeTruthy();
  });

  it("says what it made once it is over, and forgets that if it is on again", () => {
    expect(heard([read, plan, filled])[0]).toMatchObject({ trades: [1], netUsd: null });
    expect(heard([read, plan, filled, closed])[0]?.netUsd).toBe(26.34);
    const again: Fact = { at, kind: "TradeReopened", trade: TRADE };
    expect(heard([read, plan, filled, closed, again])[0]).toMatchObject({
      outcome: "executed",
      netUsd: null,
    });
  });

  it("names the account that refused it, where there are many, beside the one that took it", () => {
    expect(heard([read, refused()])[0]?.reason).not.toContain("Account");
    const [alert] = heard([read, refused(OTHER), plan, filled], 2);
    expect(alert).toMatchObject({
      outcome: "executed",
      reason: expect.stringMatching(/^Account /),
    });
  });

  it("says what it waits for, and that is over once it is planned", () => {
    const said = { account: ACCOUNT, author: null, alert: anAlert(), sentAt: NOW, trades: [TRADE] };
    const held: Fact = { ...about, ...said, kind: "AlertHeld" };
    const postponed: Fact = { ...about, ...said, kind: "ReentryPostponed" };
    expect(heard([read, held])[0]?.reason).toContain("until the account is compared");
    expect(heard([read, postponed])[0]?.reason).toContain("for the end of what is on");
    expect(heard([read, postponed, plan])[0]?.reason).toBeNull();
  });

  it("takes the newer wording of one that waits", () => {
    const edited = { ...read, edit: "digest", alert: anAlert({ stop: es(6318) }) };
    const alerts = heard([read, asked, answered("withdrawn"), edited]);
    expect(alerts.map(({ text }) => text)).toEqual(["ES long 6326.00 stop 6318.00 size A"]);
    expect(heard([read, plan, edited])).toHaveLength(2);
  });

  it("knows nothing of messages and trades from before its time", () => {
    expect(heard([refused(), plan, filled, closed])).toEqual([]);
  });
});

describe("what else is said", () => {
  const message = { ...MESSAGE, id: "u1" };
  const update: FactOf<"UpdateRead"> = {
    ...{ at, kind: "UpdateRead", message, author: null, text: "trim", sentAt: NOW },
    updates: [
      { action: "close", instrument: null, side: null } as never,
      { action: "trim", instrument: "ES", share: 500 } as never,
    ],
  };
  const settled = (how: "applied" | "noted" | "refused", reason: string): Fact => ({
    ...{ at, kind: "UpdateSettled", message, index: 0, action: "close", bound: null, how, reason },
  });

  it("is an update: applied if one part was, else refused, else ignored", () => {
    const cases: readonly (readonly [readonly Fact[], AlertOutcome, string | null])[] = [
      [[], "ignored", null],
      [[settled("noted", "closed already")], "ignored", "closed already"],
      [[settled("refused", "no trade"), settled("noted", "known")], "refused", "no trade"],
      [[settled("refused", "no trade"), settled("applied", "closing")], "applied", "closing"],
      [[settled("applied", "closing"), settled("refused", "no trade")], "applied", "closing"],
    ];
    for (const [facts, outcome, reason] of cases)
      expect(heard([update, ...facts])[0]).toMatchObject({ outcome, reason, author: null });
  });

  it("is tracked, or a person should look; chatter is left out", () => {
    const tracked: Fact = {
      ...{
        ...about,
        kind: "AlertTracked",
        author: null,
        text: "SPY 500c",
        sentAt: NOW,
        tracked: [],
      },
    };
    const unsure: Fact = {
      ...{ ...about, kind: "MessageIgnored", author: "bob", text: "ES\n6326?", reason: "unsure" },
      review: true,
    };
    expect(heard([tracked])[0]).toMatchObject({ outcome: "tracked", text: "SPY 500c" });
    expect(heard([unsure])[0]).toMatchObject({ outcome: "unsure", text: "ES 6326?" });
    expect(heard(sampleFacts(3))).toEqual([]);
  });

  it("refuses in the code alone what is no entry", () => {
    const odd: Fact = { ...update, message: MESSAGE };
    expect(heard([odd, refused()])[0]).toMatchObject({ reason: "trades-per-day" });
  });
});

describe("the feed", () => {
  it("keeps the newest alerts and lines, and hears no fact twice", () => {
    const many = Array.from(
      { length: ALERTS_KEPT + 5 },
      (_, index): Fact => ({
        ...read,
        message: { ...MESSAGE, id: String(index) },
      }),
    );
    const feed = hearAll(feedFor(1), [...many, ...sampleFacts(LINES_KEPT + 5)]);
    expect(feed.alerts).toHaveLength(ALERTS_KEPT);
    expect(feed.lines).toHaveLength(LINES_KEPT);
    expect(feed.lines.at(-1)).toMatchObject({ sequence: feed.sequence });
    expect(hearFact(feed, feed.sequence, closed)).toBe(feed);
  });

  it("adds up the fees of what ended on this trade date", () => {
    const begun = hearAll(feedFor(1), [read, plan, filled, closed]);
    expect(feesOf(begun.fees, ACCOUNT)).toBe(dollars(3.66));
    expect(feesOf(hearAll(begun, [closed]).fees, ACCOUNT)).toBe(dollars(3.66));
    const again: Fact = { at, kind: "TradeReopened", trade: TRADE };
    expect(feesOf(hearAll(begun, [again, again]).fees, ACCOUNT)).toBe(money(0));
    const date: Fact = { at, kind: "TradeDateBegan", tradeDate: "2026-11-20" as never };
    expect(feesOf(hearAll(begun, [date]).fees, ACCOUNT)).toBe(money(0));
  });

  it("begins with those the state knows of, and counts none that it recalls", () => {
    const over = { ...anOpenTrade(), phase: "closed", fees: dollars(2.5) } as const;
    const known = newFeed(newNarrator, [over, anOpenTrade(undefined, 2)]);
    expect(feesOf(known.fees, ACCOUNT)).toBe(dollars(2.5));
    const stranger = { ...closed, trade: tradeIdOf(MESSAGE, OTHER) };
    expect(feesOf(hearAll(known, [stranger]).fees, OTHER)).toBe(money(0));
    expect(feesOf(recallFact(known, 1, closed).fees, ACCOUNT)).toBe(dollars(2.5));
  });
});
