import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alert } from "../../../../src/core/model/alert.ts";
import type { Command } from "../../../../src/core/model/command.ts";
import type { Cut } from "../../../../src/core/model/cut.ts";
import { DEFAULT_RULES } from "../../../../src/core/model/defaults.ts";
import type { Fact, FactOf } from "../../../../src/core/model/fact.ts";
import { accountId, orderId, type TradeId, tradeIdOf } from "../../../../src/core/model/ids.ts";
import type { Opponent } from "../../../../src/core/model/refusal.ts";
import type { Settings } from "../../../../src/core/model/rules.ts";
import { DEFAULT_SCORE } from "../../../../src/core/model/score-table.ts";
import type { ExitReason } from "../../../../src/core/model/trade.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { contracts, dollars, millis, money, ticks } from "../../../../src/core/model/units.ts";
import type { Update } from "../../../../src/core/model/update.ts";
import { showWhen } from "../../../../src/core/model/when.ts";
import { scoreOf } from "../../../../src/core/risk/score.ts";
import { type Narrator, narratorOf, newNarrator } from "../../../../src/core/views/narrator.ts";
import {
  formatTime,
  narrate,
  renderLines,
  type TimelineLine,
  timelineView,
} from "../../../../src/core/views/timeline.ts";
import {
  ALERT,
  AT,
  confirmed,
  entered,
  left,
  PAPER,
  PLAN,
  planned,
  points,
  SHORT,
  TRADE,
  tradeAfter,
} from "../sample-trade.ts";

function tell(facts: readonly Fact[], narrator: Narrator = newNarrator): readonly TimelineLine[] {
  let teller = narrator;
  return facts.flatMap((fact) => {
    const told = narrate(teller, fact);
    teller = told.narrator;
    return told.lines;
  });
}

const texts = (facts: readonly Fact[], narrator?: Narrator): readonly string[] =>
  tell(facts, narrator).map((line) => line.text);

/** What is said about trade #1 once it is planned, without its number. */
const texting = (facts: readonly Fact[], plan = {}): readonly string[] =>
  texts([planned(plan), ...facts])
    .slice(texts([planned(plan)]).length)
    .map((text) => text.replace("#1 ", ""));

const toned = (facts: readonly Fact[]): readonly string[] =>
  tell([planned(), ...facts])
    .slice(1)
    .map(({ kind, tone }) => `${kind} ${tone}`);

const alert: Alert = {
  instrument: "ES",
  side: "long",
  entry: points("6326.00"),
  stop: points("6316.00"),
  targets: [],
  size: "A",
  tags: [],
  stopCondition: null,
};
const read = (about: Partial<Alert> = {}, at = AT): FactOf<"AlertRead"> => ({
  at,
  kind: "AlertRead",
  message: ALERT,
  author: null,
  text: "ES long 6326 A stop 6316",
  sentAt: AT,
  alert: { ...alert, ...about },
});

const OTHER = accountId("COMBINE");
const settings: Settings = {
  ruleSets: { default: DEFAULT_RULES, euro: { ...DEFAULT_RULES, tradeAs: { "6E": "M6E" } } },
  accounts: [
    { id: PAPER, name: "Paper", rules: "default", brackets: "native" },
    { id: OTHER, name: "Combine 50K", rules: "euro", brackets: "native" },
    { id: accountId("LOST"), name: "Lost", rules: "gone", brackets: "none" },
  ],
};
const adopted: Fact = { at: AT, kind: "SettingsAdopted", settings };

const about = { at: AT, trade: TRADE };
const inTranche = (tranche: number) => ({ ...about, tranche });
const legOf = (leg: "stop" | "target") => ({ ...inTranche(0), leg });
const asked = (command: Command, reason?: string): Fact => ({
  at: AT,
  kind: "CommandTaken",
  command,
  answer: reason === undefined ? { kind: "taken" } : { kind: "refused", reason },
});

/** From alert to close, with all the chatter a venue makes. */
const WHOLE_TRADE: readonly Fact[] = [
  read(),
  planned(),
  { ...inTranche(0), kind: "EntryAccepted", order: orderId("1") },
  { ...inTranche(1), kind: "EntrySent" },
  entered(0, "6326.25", 1),
  confirmed("stop", 0, "6314.25", 1),
  confirmed("target", 0, "6331.25", 1),
  {
    ...legOf("stop"),
    kind: "LegChangeAsked",
    price: points("6316.00"),
    quantity: null,
    attempt: 1,
    why: "correct",
  },
  {
    ...legOf("target"),
    kind: "LegChangeAsked",
    price: points("6333.00"),
    quantity: null,
    attempt: 1,
    why: "correct",
  },
  confirmed("stop", 0, "6316.00", 1),
  confirmed("target", 0, "6333.00", 1),
  { ...inTranche(1), kind: "EntryAccepted", order: orderId("2") },
  entered(1, "6326.00", 2),
  confirmed("stop", 1, "6316.00", 2),
  confirmed("stop", 1, "6316.00", 2),
  left("target", 0, "6333.00", 1),
  { ...about, kind: "TargetHit", target: 1, price: points("6333.00"), quantity: contracts(1) },
  { ...legOf("stop"), kind: "LegEnded", how: "cancelled" },
  { ...about, kind: "BreakevenDue", stop: points("6326.25"), why: "target" },
  {
    ...legOf("stop"),
    tranche: 1,
    kind: "LegChangeAsked",
    price: points("6326.25"),
    quantity: null,
    attempt: 1,
    why: "breakeven",
  },
  confirmed("stop", 1, "6326.25", 2),
  left("target", 1, "6338.00", 2),
  { ...about, kind: "TargetHit", target: 2, price: points("6338.00"), quantity: contracts(2) },
  {
    ...about,
    kind: "TradeClosed",
    how: "targets",
    gross: dollars(153.75),
    fees: dollars(3.66),
    net: dollars(150.09),
  },
];

describe("a whole trade", () => {
  it("is a dozen calm lines at most", () => {
    expect(texts(WHOLE_TRADE)).toEqual([
      "#1 alert ES long 6326.00 stop 6316.00 size A",
      "#1 planned: 3 MES long, limit 6328.00, stop 6316.00, targets 6333.00 x1, 6338.00 x2, at risk $191.16",
      "#1 filled 1 MES at 6326.25",
      "#1 stop confirmed 6316.00 x1",
      "#1 filled 2 MES at 6326.00",
      "#1 stop confirmed 6316.00 x2",
      "#1 target 1 hit: 1 MES at 6333.00",
      "#1 stop to breakeven 6326.25",
      "#1 stop confirmed 6326.25 x2",
      "#1 target 2 hit: 2 MES at 6338.00",
      "#1 closed by targets: gross $153.75, fees $3.66, net $150.09",
    ]);
  });

  it("has its risk score behind it, where its journal says one", () => {
    const found = {
      ...{ stop: 956, floor: null, streak: 0, drawdown: 0 },
      ...{ concurrency: 0, volatility: null, time: 60, record: null },
    };
    const score = scoreOf(found, DEFAULT_SCORE);
    const [orders = "", costs = ""] = texts([planned({}, { score })]);
    const [before = ""] = texts([planned()]);
    expect(before).toBe(`${orders}, at risk $191.16`);
    expect(costs).toBe("#1   at risk $191.16, risk score 37");
  });

  it("fits on 120 columns, whatever is to be said of it", () => {
    const each = dollars(63.72);
    const limit = dollars(200);
    const cuts: readonly Cut[] = [
      {
        ...{ why: "micro", from: contracts(3), to: contracts(29), instrument: "ES", micro: "MES" },
        ...{ ratio: 10, refusal: { kind: "loss-per-trade", risk: dollars(1_886.34), limit } },
      },
      { why: "loss-per-trade", from: contracts(29), to: contracts(3), limit, open: limit, each },
    ];
    const tranches = ["6333.00", "6338.00", "6343.00", "6348.00", "6353.00"].map((target) => ({
      quantity: contracts(1),
      target: points(target),
    }));
    const lines = texts([planned({ cuts, tranches })]);
    expect(lines).toEqual([
      "#1 planned: 5 MES long, limit 6328.00, stop 6316.00",
      "#1   targets 6333.00 x1, 6338.00 x1, 6343.00 x1, 6348.00 x1, 6353.00 x1, at risk $191.16, not 3: MES",
      "#1   for ES, 10 to one: it could lose $1886.34 and the limit per trade is $200.00; the limit per",
      "#1   trade is $200.00 with $200.00 open, $63.72 a contract",
    ]);
    for (const line of lines) expect(`DEMO 09:31:05 CT  ${line}`.length).toBeLessThanOrEqual(120);
  });

  it("is told with its number, account and times", () => {
    const lines = tell(WHOLE_TRADE);
    expect(new Set(lines.map((line) => `${line.trade} ${line.account} ${line.at}`))).toEqual(
      new Set([`1 PAPER ${AT}`]),
    );
  });

  it("is told the same by one who came in the middle", () => {
    const all = texts(WHOLE_TRADE);
    const early = WHOLE_TRADE.slice(1, 15) as Parameters<typeof tradeAfter>[0];
    const trade = tradeAfter(early.slice(1));
    expect(texts(WHOLE_TRADE.slice(15), narratorOf(settings, [trade]))).toEqual(all.slice(6));
  });
});

describe("one who comes in the middle of a journal", () => {
  it("tells a stop he has not seen and not one he has", () => {
    const trade = tradeAfter([confirmed("stop", 0, "6316.00", 1)]);
    const stops = [confirmed("stop", 0, "6316.00", 1), confirmed("stop", 1, "6316.00", 2)];
    expect(texts(stops, narratorOf(settings, [trade]))).toEqual(["#1 stop confirmed 6316.00 x2"]);
  });

  it("knows that a trade is leaving, at breakeven or over", () => {
    const due: FactOf<"BreakevenDue"> = {
      ...about,
      kind: "BreakevenDue",
      stop: points("6326.25"),
      why: "target",
    };
    const begun: FactOf<"ExitBegun"> = { ...about, kind: "ExitBegun", reason: "flatten" };
    const abandoned: FactOf<"TradeAbandoned"> = {
      ...about,
      kind: "TradeAbandoned",
      reason: "nothing filled",
    };
    const began: Fact = { at: AT, kind: "TradeDateBegan", tradeDate: tradeDate("2026-11-24") };
    const stopped = left("stop", 0, "6326.25", 1);
    const from = (facts: Parameters<typeof tradeAfter>[0]) =>
      narratorOf(settings, [tradeAfter(facts)]);
    expect(texts([stopped], from([due]))).toEqual(["#1 stopped at breakeven: 1 MES at 6326.25"]);
    expect(texts([left("target", 0, "6320.00", 1)], from([begun]))).toEqual([
      "#1 out 1 MES at 6320.00",
    ]);
    expect(texts([began, stopped], from([abandoned]))).toEqual(["trade date 2026-11-24 begins"]);
  });
});

describe("an alert", () => {
  it("shows all it states", () => {
    const stated = { targets: [points("6333.00"), points("6340.00")], stopCondition: "5m close" };
    const other = read({ ...stated, size: null, side: "short" });
    expect(texts([other, planned()])[0]).toBe(
      "#1 alert ES short 6326.00 stop 6316.00 (5m close) targets 6333.00, 6340.00",
    );
  });

  it("has no number when it became no trade, and its own time", () => {
    const refused: Fact = {
      at: millis(AT + 1000),
      kind: "AlertRefused",
      message: ALERT,
      refusal: { kind: "stop-wrong-side", entry: points("6326.00"), stop: points("6336.00") },
    };
    expect(tell([read(), refused])).toMatchObject([
      { at: AT, trade: null, account: null, text: "alert ES long 6326.00 stop 6316.00 size A" },
      {
        at: AT + 1000,
        tone: "plain",
        kind: "verdict",
        text: "refused: the stop 6336.00 is on the wrong side of the entry 6326.00 for a long",
      },
    ]);
  });

  it("is told once, however many accounts take it, and each account is named", () => {
    const second = planned({}, { account: OTHER, number: 2 });
    const refused: Fact = {
      at: AT,
      kind: "TradeRefused",
      message: ALERT,
      account: accountId("LOST"),
      refusal: { kind: "not-settled" },
    };
    expect(
      texts([adopted, read(), planned(), second, refused]).map((text) => text.slice(0, 24)),
    ).toEqual([
      "settings adopted for Pap",
      "#1 alert ES long 6326.00",
      "#1 planned on Paper: 3 M",
      "#1   at risk $191.16",
      "#2 planned on Combine 50",
      "#2   at risk $191.16",
      "refused on Lost: the acc",
    ]);
  });

  it("that another trade's plan follows is none of that trade's", () => {
    const elsewhere = planned({}, { message: { ...ALERT, id: "13" } });
    expect(texts([read(), elsewhere])[0]).toBe("alert ES long 6326.00 stop 6316.00 size A");
  });

  it("judged by an account is explained in the traded instrument", () => {
    const euro = { instrument: "6E", entry: ticks(21_700), stop: ticks(21_600) } as const;
    const refusal = {
      kind: "collar",
      last: ticks(10_900),
      alerted: ticks(10_850),
      limit: ticks(20),
    } as const;
    const facts: readonly Fact[] = [
      adopted,
      read(euro),
      { at: AT, kind: "TradeRefused", message: ALERT, account: OTHER, refusal },
      { at: AT, kind: "TradeRefused", message: ALERT, account: accountId("new"), refusal },
    ];
    const [, , inMicro, inEuro] = texts(facts);
    expect(inMicro).toContain("refused on Combine 50K: the alerted price 1.0850 is");
    expect(inEuro).toContain("refused on new: the alerted price 0.54250 is");
  });

  it("that waits for the end of an earlier trade says for which", () => {
    const facts: readonly Fact[] = [
      planned(),
      read(),
      {
        at: AT,
        kind: "ReentryPostponed",
        message: ALERT,
        account: PAPER,
        author: null,
        alert,
        sentAt: AT,
        trades: [planned().trade, "ts-long-forgotten" as TradeId],
      },
    ];
    expect(tell(facts).at(-1)).toMatchObject({
      kind: "verdict",
      tone: "plain",
      account: PAPER,
      text: "waits for the end of #1 and #?",
    });
  });

  it("that waits for the account to be compared says so", () => {
    const about = { at: AT, message: ALERT, account: PAPER, author: null, alert, sentAt: AT };
    const facts: readonly Fact[] = [read(), { ...about, kind: "AlertHeld", trades: [] }];
    expect(tell(facts).at(-1)).toMatchObject({
      ...{ kind: "verdict", tone: "plain", account: PAPER },
      text: "waits until the account is compared with the venue",
    });
  });

  it("that differs from an earlier one in its stop only wants to be seen", () => {
    const refusal = (sameStop: boolean) => ({ kind: "duplicate", of: "m0", sameStop }) as const;
    const about = { at: AT, message: ALERT };
    const lines = tell([
      read(),
      { ...about, kind: "AlertRefused", refusal: refusal(false) },
      { ...about, kind: "TradeRefused", account: PAPER, refusal: refusal(false) },
      { ...about, kind: "AlertRefused", refusal: refusal(true) },
    ]).slice(1);
    expect(lines.map(({ tone }) => tone)).toEqual(["bad", "bad", "plain"]);
    expect(lines[0]?.text).toBe(
      "refused: it repeats an alert already read (message m0) with another stop; look which one holds",
    );
  });

  it("too long ago to be remembered is refused by the bare reason", () => {
    const refused: Fact = {
      at: AT,
      kind: "AlertRefused",
      message: ALERT,
      refusal: { kind: "unknown-size" },
    };
    const others = Array.from({ length: 64 }, (_, n) => ({
      ...read(),
      message: { ...ALERT, id: `x${n}` },
    }));
    expect(texts([read(), ...others.slice(1), refused]).at(-1)).toBe(
      "refused: the alert states no size; set one for such alerts to take them",
    );
    expect(texts([read(), ...others, refused]).at(-1)).toBe("refused: unknown-size");
  });

  it("of a room that only looks on is kept as a shadow, and says so", () => {
    const { plan } = planned();
    const shadowed: Fact = { at: AT, kind: "AlertShadowed", message: ALERT, account: PAPER, plan };
    const after = texts([{ ...read(), shadow: true }, shadowed]).slice(1);
    expect(after.join("\n")).toMatch(/^kept as a shadow, as its room asks: 3 MES long, limit /);
    const other = texts([read(), shadowed]).slice(1);
    expect(other.join("\n")).toMatch(/^kept as a shadow, nothing can fill it: /);
  });

  it("that waits for a yes says how to give it, and how it ended", () => {
    const asked: FactOf<"ApprovalAsked"> = {
      at: AT,
      kind: "ApprovalAsked",
      message: ALERT,
      entry: 4,
      until: millis(AT + 60_000),
      smallest: false,
      group: null,
      reason: "its room asks first",
    };
    const unsure = { ...asked, entry: 5, smallest: true, reason: "unsure: both sides are named" };
    const about = { at: AT, kind: "ApprovalEnded", message: ALERT } as const;
    const lines = tell([
      asked,
      unsure,
      { ...about, entry: 4, how: "approved", by: "the operator" },
      { ...about, entry: 5, how: "expired", by: "nobody answered within 1 min" },
    ]);
    expect(lines.map(({ tone, text }) => [tone, text])).toEqual([
      ["bad", "waits 1 min for a yes: approve 4 or refuse 4 (its room asks first)"],
      [
        "bad",
        "waits 1 min for a yes: approve 5 or refuse 5, at the smallest size (unsure: both sides are named)",
      ],
      ["plain", "entry 4 approved: the operator"],
      ["plain", "entry 5 expired: nobody answered within 1 min"],
    ]);
  });

  it("that nothing can fill is kept as a shadow", () => {
    const plan = {
      ...PLAN,
      entry: { kind: "market" },
      tranches: PLAN.tranches.slice(0, 1),
    } as const;
    const shadowed: Fact = { at: AT, kind: "AlertShadowed", message: ALERT, account: PAPER, plan };
    expect(tell([shadowed])).toMatchObject([
      {
        kind: "verdict",
        tone: "quiet",
        account: PAPER,
        text: "kept as a shadow, nothing can fill it: 1 MES long, at market, stop 6316.00, target 6333.00 x1",
      },
      { text: "  at risk $191.16" },
    ]);
  });
});

describe("a message that is no alert", () => {
  const ignored = (text: string): Fact => ({
    at: AT,
    kind: "MessageIgnored",
    message: ALERT,
    author: null,
    text,
    reason: "not an alert",
  });

  it("is quoted with the reason", () => {
    expect(texts([ignored("nice trade everyone")])).toEqual([
      'ignored: not an alert ("nice trade everyone")',
    ]);
  });

  it("is said to be tracked where it is about other markets", () => {
    const text = "BTO SPY 662C 9/19 @ 2.50";
    const fact: Fact = {
      ...{ at: AT, kind: "AlertTracked", message: ALERT, author: null, text },
      ...{ sentAt: AT, tracked: [] },
    };
    expect(texts([fact])).toEqual([`tracked, never executed here ("${text}")`]);
  });

  it("wants to be seen where a person should look", () => {
    const review = (reason: string): Fact =>
      ({ ...ignored("ES long?"), reason, review: true }) as Fact;
    const [close, unsure] = tell([
      review("price out of range"),
      review("unsure: no contract is named"),
    ]);
    expect([close?.tone, unsure?.tone]).toEqual(["bad", "bad"]);
    expect(close?.text).toBe('unsure: price out of range; a person should look ("ES long?")');
    expect(unsure?.text).toBe('unsure: no contract is named; a person should look ("ES long?")');
  });

  it("is quoted as one short line, whatever was in it", () => {
    const [text = ""] = texts([ignored(`two\nlines \u001b[2J ${"and so on ".repeat(50)}`)]);
    expect(text).toBe(
      'ignored: not an alert ("two lines [2J and so on and so on and so on and so on and…")',
    );
  });
});

describe("an author's later words", () => {
  const about = { at: AT, message: { ...ALERT, id: "m9" } };
  const read = (...updates: readonly Update[]): Fact => ({
    ...about,
    kind: "UpdateRead",
    author: null,
    text: "",
    sentAt: AT,
    updates,
  });
  const settled = (change: Partial<FactOf<"UpdateSettled">> = {}): Fact => ({
    ...about,
    kind: "UpdateSettled",
    index: 0,
    action: "stop_to_breakeven",
    bound: TRADE,
    how: "applied",
    reason: "the stop goes to breakeven 6326.25",
    ...change,
  });
  const ON = { instrument: null } as const;

  it("are told in ours, the product where it is named", () => {
    const updates: readonly Update[] = [
      { action: "target_hit", instrument: "ES", target: 1, price: null },
      { ...ON, action: "trim", share: 333, price: null },
      { ...ON, action: "trim", share: null, price: null },
      { action: "move_stop", instrument: "NQ", stop: 22_120.5 },
      { ...ON, action: "stop_to_breakeven" },
      { action: "close", instrument: "ES", price: 6330 },
      { ...ON, action: "stopped", price: null },
      { ...ON, action: "cancel" },
    ];
    expect(texts([read(...updates)])).toEqual([
      "update: ES target 1 hit, trim 33.3 %, trim, NQ stop to 22120.5, stop to breakeven, ES close, stopped, cancel",
    ]);
  });

  it("are told under the trade they were bound to, louder where a person should look", () => {
    const told = tell([
      planned(),
      settled(),
      settled({ how: "noted", reason: "known" }),
      settled({ action: "cancel", how: "noted", reason: "too late", review: true }),
      settled({ bound: null, how: "noted", reason: "nothing is open" }),
    ]);
    expect(told.slice(1).map(({ tone, trade, text }) => `${tone} ${trade} ${text}`)).toEqual([
      "plain 1 #1 stop to breakeven: applied, the stop goes to breakeven 6326.25",
      "quiet 1 #1 stop to breakeven: noted, known",
      "bad 1 #1 cancel: noted, too late",
      "quiet null stop to breakeven: noted, nothing is open",
    ]);
  });
});

describe("entries", () => {
  it("that went wrong are told", () => {
    expect(
      texting([
        { ...inTranche(0), kind: "EntryRejected", code: "2", reason: "no margin" },
        { ...inTranche(0), kind: "EntryUnknown", reason: "time-out" },
        { ...inTranche(0), kind: "EntryAbsent", reads: 1, askedAt: AT },
        { ...inTranche(0), kind: "EntryNotSent", reason: "not found in 3 reads" },
        { ...about, kind: "EntryWithdrawn", reason: "30 s are over" },
        { ...inTranche(0), kind: "EntryCancelAsked", order: orderId("1") },
        { ...inTranche(0), kind: "EntryEnded", how: "cancelled" },
        { ...about, kind: "TradeAbandoned", reason: "nothing filled" },
      ]),
    ).toEqual([
      "entry refused by the venue: no margin (2)",
      "no answer about the entry (time-out), looking it up",
      "the entry never reached the venue: not found in 3 reads",
      "entry withdrawn: 30 s are over",
      "entry cancelled",
      "ended without a position: nothing filled",
    ]);
  });
});

describe("legs", () => {
  it("that went wrong are told, and the rest is chatter", () => {
    expect(
      texting([
        {
          ...legOf("stop"),
          kind: "LegPlaced",
          price: points("6316.00"),
          quantity: contracts(1),
          attempt: 1,
        },
        { ...legOf("stop"), kind: "LegChangeRefused", reason: "price too near" },
        { ...legOf("stop"), kind: "LegRejected", reason: "no such contract" },
        { ...legOf("target"), kind: "LegUnknown", reason: "time-out" },
        { ...legOf("target"), kind: "LegCancelAsked", order: orderId("1") },
      ]),
    ).toEqual([
      "stop not changed: price too near",
      "stop refused by the venue: no such contract",
      "no answer about the target (time-out)",
    ]);
  });

  it("a stop is told again when its size changed", () => {
    const sizes = [2, 2, 1].map((quantity) => confirmed("stop", 1, "6316.00", quantity));
    expect(texting(sizes)).toEqual(["stop confirmed 6316.00 x2", "stop confirmed 6316.00 x1"]);
  });
});

describe("a fill on the way out", () => {
  it("at the stop is a loss, at breakeven it is not", () => {
    const stopped = left("stop", 1, "6316.00", 2);
    const due: Fact = { ...about, kind: "BreakevenDue", stop: points("6326.25"), why: "target" };
    expect(texting([stopped])).toEqual(["stopped: 2 MES at 6316.00"]);
    expect(texting([due, stopped]).at(-1)).toBe("stopped at breakeven: 2 MES at 6316.00");
    expect(toned([stopped])).toEqual(["stop bad"]);
    expect(toned([due, stopped])).toEqual(["stop plain", "stop plain"]);
  });

  it("at a target says which, after what filled was split anew", () => {
    const split: Fact = { ...about, kind: "EntrySplit", targetIndexes: [1] };
    expect(
      texting([split, left("target", 0, "6338.00", 1), left("target", 1, "6338.00", 1)]),
    ).toEqual(["target 2 hit: 1 MES at 6338.00", "target 2 hit: 1 MES at 6338.00"]);
  });

  it("through a leg moved to the market is no target", () => {
    const moved: Fact = {
      ...legOf("target"),
      kind: "LegChangeAsked",
      price: points("6320.00"),
      quantity: null,
      attempt: 2,
      why: "exit",
    };
    expect(
      texting([moved, left("target", 0, "6321.00", 1), left("target", 1, "6338.00", 2)]),
    ).toEqual(["out 1 MES at 6321.00", "target 2 hit: 2 MES at 6338.00"]);
    const begun: Fact = { ...about, kind: "ExitBegun", reason: "flatten" };
    expect(texting([begun, left("target", 1, "6321.00", 2)])).toEqual([
      "leaving: flatten was asked for",
      "out 2 MES at 6321.00",
    ]);
  });

  it("by hand says so", () => {
    expect(texting([left("hand", 0, "6321.00", 1)])).toEqual(["closed by hand: 1 MES at 6321.00"]);
  });

  it("by the venue's closing order, or of a tranche nobody knows, is just out", () => {
    expect(texting([left("close", 0, "6321.00", 1), left("target", 7, "6321.00", 1)])).toEqual([
      "out 1 MES at 6321.00",
      "out 1 MES at 6321.00",
    ]);
  });

  it("that gives contracts back is trouble", () => {
    expect(texting([left("close", 0, "6321.00", -1)])).toEqual(["took back 1 MES at 6321.00"]);
  });
});

describe("a stop", () => {
  const due = (stop: string): Fact => ({
    ...about,
    kind: "BreakevenDue",
    stop: points(stop),
    why: "price",
  });
  const aimed = (stop: string, why: FactOf<"StopAimed">["why"]): Fact => ({
    ...about,
    kind: "StopAimed",
    stop: points(stop),
    why,
  });

  it("that is tighter than breakeven stays", () => {
    expect(
      texting([aimed("6328.00", "command"), due("6326.25"), left("stop", 1, "6328.00", 2)]),
    ).toEqual([
      "stop to 6328.00",
      "breakeven would be 6326.25, the stop stays at 6328.00",
      "stopped: 2 MES at 6328.00",
    ]);
  });

  it("that goes elsewhere says why", () => {
    const whys = [
      aimed("6318.00", "worse-fill"),
      aimed("6315.00", "refused"),
      aimed("6320.00", "by-hand"),
    ];
    expect(texting(whys)).toEqual([
      "stop to 6318.00: filled worse than planned, so it stays tighter",
      "stop to 6315.00: the venue refused the change",
      "stop to 6320.00: tightened by hand",
    ]);
  });

  it("is kept where the rules say so", () => {
    expect(texting([{ ...about, kind: "BreakevenKept", stop: points("6326.25") }])).toEqual([
      "the price is already through breakeven, the stop stays at 6316.00",
    ]);
  });

  it("is told when a person takes it away", () => {
    const at310 = { price: points("6310.00"), askedAt: AT };
    const overrun = { ...inTranche(0), kind: "StopOverrun", ...at310 } as const;
    expect(texting([overrun])).toEqual([
      "the price is at 6310.00, beyond a stop that has not filled",
    ]);
    const away = { ...inTranche(0), kind: "StopLoosened" } as const;
    expect(
      texting([
        { ...away, price: points("6310.00") },
        { ...away, price: null },
      ]),
    ).toEqual([
      "the stop was moved to 6310.00 by hand; it is put back, once",
      "the stop was cancelled by hand; it is put back, once",
    ]);
  });

  it("of a short goes to breakeven downwards", () => {
    expect(texting([due("6325.75")], SHORT)).toEqual(["stop to breakeven 6325.75"]);
  });
});

describe("a target moved", () => {
  it("by a person is told, by the fill it was planned from is not", () => {
    const aimed = { ...inTranche(1), kind: "TargetAimed", target: points("6340.00") } as const;
    expect(
      texting([
        { ...aimed, why: "anchor" },
        { ...aimed, why: "command" },
        { ...aimed, tranche: 4, why: "command" },
        { ...aimed, why: "by-hand" },
      ]),
    ).toEqual(["target 2 to 6340.00", "target 5 to 6340.00", "target 2 to 6340.00: moved by hand"]);
  });
});

describe("leaving", () => {
  it("says why, for every reason there is", () => {
    const reasons: readonly ExitReason[] = [
      "flatten",
      "close-command",
      "breakeven-passed",
      "stop-refused",
      "filled-beyond-target",
      "unprotected",
      "late-fill",
      "beside-reversed",
      "reversed",
      "stop-loosened",
    ];
    expect(texting(reasons.map((reason) => ({ ...about, kind: "ExitBegun", reason })))).toEqual([
      "leaving: flatten was asked for",
      "leaving: close was asked for",
      "leaving: the price is already through breakeven",
      "leaving: the venue refused the stop",
      "leaving: filled at or beyond the target",
      "leaving: a contract is without a working stop",
      "leaving: it filled after it was given up",
      "leaving: another trade of its contract was reversed",
      "leaving: the position is reversed",
      "leaving: the stop was taken away by hand again",
    ]);
  });

  it("tells its tries, its parts and a hand-over", () => {
    expect(
      texting([
        { ...about, kind: "ExitRepeated", tries: 2 },
        { ...about, kind: "CloseAsked", contract: "MESZ26", tries: 1 },
        { ...inTranche(1), kind: "TrimBegun", quantity: contracts(1) },
        { ...inTranche(1), kind: "TrimSent", quantity: contracts(1) },
        { ...about, kind: "TrimEnded", how: "filled" },
        { ...about, kind: "TrimEnded", how: "late" },
        { ...about, kind: "TrimEnded", how: "refused" },
        { ...about, kind: "TradeReleased" },
      ]),
    ).toEqual([
      "leaving, try 2",
      "asked the venue to close MESZ26, try 1",
      "taking off 1 MES",
      "taking off was not confirmed in time: stop and target cover everything again",
      "nothing taken off: the venue refused",
      "released: its stop stays, everything else is by hand now",
    ]);
  });
});

describe("the end of a trade", () => {
  const closed = (how: FactOf<"TradeClosed">["how"], net: number): Fact => ({
    ...about,
    kind: "TradeClosed",
    how,
    gross: dollars(net + 1),
    fees: dollars(1),
    net: dollars(net),
  });

  it("has the tone of its net result", () => {
    const ends = [closed("stop", -51), closed("breakeven", 0), closed("exit", 12.5)];
    expect(texting(ends)).toEqual([
      "closed by stop: gross -$50.00, fees $1.00, net -$51.00",
      "closed at breakeven: gross $1.00, fees $1.00, net $0.00",
      "closed by exit: gross $13.50, fees $1.00, net $12.50",
    ]);
    expect(toned(ends)).toEqual(["close bad", "close plain", "close good"]);
  });

  it("is undone by a late fill, after which targets are targets again", () => {
    const facts: readonly Fact[] = [
      { ...about, kind: "ExitBegun", reason: "flatten" },
      closed("exit", 1),
      { ...about, kind: "TradeReopened" },
      left("target", 0, "6333.00", 1),
    ];
    expect(texting(facts).slice(2)).toEqual([
      "on again: a fill came after its end, the position is real",
      "target 1 hit: 1 MES at 6333.00",
    ]);
  });

  it("is forgotten at the next trade date, and an open trade is not", () => {
    const other = planned({}, { number: 2, account: OTHER });
    const facts: readonly Fact[] = [
      planned(),
      other,
      closed("stop", -51),
      { at: AT, kind: "TradeDateBegan", tradeDate: tradeDate("2026-11-24") },
      entered(0, "6326.25", 1),
      { ...entered(0, "6326.25", 1), trade: other.trade },
    ];
    expect(texts(facts).slice(3)).toEqual([
      "trade date 2026-11-24 begins",
      "#2 filled 1 MES at 6326.25",
    ]);
  });

  it("a trade never heard of has nothing to say", () => {
    expect(texts([entered(0, "6326.25", 1), closed("stop", -51)])).toEqual([]);
  });
});

describe("the house", () => {
  it("tells its runs, accounts and gates", () => {
    const facts: readonly Fact[] = [
      { at: AT, kind: "RunStarted", mode: "paper", version: "0.1.0", priceAgeMax: millis(3000) },
      { at: AT, kind: "AccountOpened", account: PAPER, balance: dollars(50_000) },
      adopted,
      { at: AT, kind: "AccountSettled", account: PAPER, balance: dollars(50_000) },
      { at: AT, kind: "GateMoved", account: null, gate: "halted", reason: "lunch" },
      { at: AT, kind: "GateMoved", account: PAPER, gate: "reducing", reason: "daily loss" },
      { at: AT, kind: "GateMoved", account: null, gate: "active", reason: "resumed" },
      { at: AT, kind: "AccountFlat", account: PAPER },
      { at: AT, kind: "LinkMoved", account: PAPER, state: "down" },
      { at: AT, kind: "LinkMoved", account: PAPER, state: "up" },
      { at: AT, kind: "ClockMoved", account: PAPER, offset: millis(7_249), isSound: false },
      { at: AT, kind: "ClockMoved", account: PAPER, offset: millis(-120), isSound: true },
      {
        ...{ at: AT, kind: "PositionDiffered", account: PAPER, contract: "MESZ26" },
        ...{ ours: 1, theirs: 2, askedAt: AT },
      },
      {
        ...{ at: AT, kind: "BalanceDiffered", account: PAPER, askedAt: AT },
        ...{ ours: dollars(1), theirs: dollars(2) },
      },
      { at: AT, kind: "RunEnded", reason: "asked to stop" },
    ];
    expect(texts(facts)).toEqual([
      "started, paper, version 0.1.0",
      "account PAPER opened with $50000.00",
      "settings adopted for Paper, Combine 50K, Lost",
      "account Paper agrees with the venue, balance $50000.00",
      "halted: lunch",
      "only exits allowed on Paper: daily loss",
      "entries allowed: resumed",
      "Paper is flat: the venue has no position and no order at work",
      "the venue's reports for Paper broke off",
      "the venue's reports for Paper are whole again",
      "our clock is 7.2 s behind the venue's: only exits on Paper until it is right",
      "our clock is 0.1 s ahead of the venue's: entries allowed on Paper again",
      "stopped: asked to stop",
    ]);
    expect(tell(facts).map((line) => line.tone)).toEqual([
      "plain",
      "quiet",
      "quiet",
      "quiet",
      "bad",
      "bad",
      "good",
      "good",
      "bad",
      "quiet",
      "bad",
      "good",
      "plain",
    ]);
  });

  it("tells a target that was trimmed as leaving, and one that was aimed again as a target", () => {
    const aimed = (why: "trim" | "anchor" | "command"): FactOf<"TargetAimed"> => ({
      ...inTranche(0),
      kind: "TargetAimed",
      target: points("6323.75"),
      why,
    });
    const hit = left("target", 0, "6325.75", 1);
    expect(texting([aimed("trim"), aimed("anchor"), hit])).toEqual([
      "taking off what was meant for target 1",
      "out 1 MES at 6325.75",
    ]);
    expect(texting([aimed("trim"), aimed("command"), hit])).toEqual([
      "taking off what was meant for target 1",
      "target 1 to 6323.75",
      "target 1 hit: 1 MES at 6325.75",
    ]);
    const inTheMiddle = narratorOf(settings, [tradeAfter([aimed("trim")])]);
    expect(texts([hit], inTheMiddle)).toEqual(["#1 out 1 MES at 6325.75"]);
  });

  it("tells a tranche that leaves because it filled beyond its target, and quietly once more", () => {
    const aimed = (target: string): Fact => ({
      ...inTranche(0),
      kind: "TargetAimed",
      target: points(target),
      why: "filled-beyond-target",
    });
    const facts = [aimed("6332.00"), aimed("6330.00"), left("target", 0, "6333.50", 1)];
    const told = "taking off what was meant for target 1: filled at or beyond it";
    expect(texting(facts)).toEqual([told, told, "out 1 MES at 6333.50"]);
    expect(toned(facts)).toEqual(["close plain", "close quiet", "close plain"]);
  });

  it("tells what stands between an account and its firm", () => {
    const floor = { at: dollars(48_500), lock: null };
    const peak = dollars(50_500);
    const raised: Fact = { at: AT, kind: "FirmFloorRaised", account: PAPER, peak, floor };
    expect(texts([adopted, raised]).at(-1)).toBe(
      "Paper: equity of $50500.00 lifts the floor: floor $48500.00",
    );
  });

  it("tells every command and its answer", () => {
    const facts: readonly Fact[] = [
      asked({ kind: "halt", reason: "lunch" }),
      asked({ kind: "resume" }),
      asked({ kind: "approve", entry: 4, by: "the operator" }),
      asked({ kind: "flatten", account: null }),
      asked({ kind: "flatten", account: PAPER }),
      asked({ kind: "attend" }),
      asked({ kind: "firm-reset", account: PAPER }),
      asked({ kind: "firm-payout", account: PAPER, amount: dollars(500) }),
      asked({ kind: "lockout", until: "next-session", account: null }),
      asked({ kind: "lockout", until: AT, account: PAPER }),
      asked({ kind: "close", trade: 1 }),
      asked({ kind: "trim", trade: 1, quantity: 2 }),
      asked({ kind: "breakeven", trade: 1 }),
      asked({ kind: "stop", trade: 1, price: points("6320.00") }),
      asked({ kind: "target", trade: 1, price: points("6340.00") }),
      asked({ kind: "cancel", trade: 1 }),
      asked({ kind: "release", trade: 1 }),
      asked({ kind: "close", trade: 9 }, "there is no such trade"),
      asked({ kind: "stop", trade: 9, price: points("6320.00") }, "there is no such trade"),
      asked({ kind: "stop", trade: 1, price: points("6300.00") }, "a stop is only tightened"),
    ];
    expect(texts([adopted, planned(), ...facts]).slice(3)).toEqual([
      "command: halt (lunch)",
      "command: resume",
      "command: approve 4 (the operator)",
      "command: flatten",
      "command: flatten Paper",
      "command: attend",
      "command: firm reset of Paper",
      "command: firm payout of $500.00 from Paper",
      "command: lockout until the next session",
      `command: lockout until ${showWhen(AT)} on Paper`,
      "#1 command: close",
      "#1 command: trim 2",
      "#1 command: breakeven",
      "#1 command: stop 6320.00",
      "#1 command: target 6340.00",
      "#1 command: cancel",
      "#1 command: release",
      "command refused: close #9: there is no such trade",
      "command refused: stop #9: there is no such trade",
      "#1 command refused: stop 6300.00: a stop is only tightened",
    ]);
  });

  it("tells an account that is switched off, and on again", () => {
    const command = { kind: "switch", account: "Paper", to: "off" } as const;
    const facts: readonly Fact[] = [
      { at: AT, kind: "CommandTaken", command, answer: { kind: "taken" } },
      { at: AT, kind: "AccountSwitched", account: PAPER, to: "off" },
      { at: AT, kind: "AccountSwitched", account: PAPER, to: "on" },
    ];
    expect(texts([adopted, ...facts]).slice(1)).toEqual([
      "command: switch Paper off",
      "Paper is switched off: no entries there; what is open is looked after",
      "Paper is switched on",
    ]);
  });

  it("tells behind whom a reversal waits", () => {
    const behind: Opponent = {
      ...{ account: PAPER, name: "Second", instrument: "MES", quantity: 2, trade: 7 },
      side: "long",
    };
    const waits: Fact = {
      ...{ at: AT, message: { source: "chat-file", channel: "alerts", id: "m1" } },
      ...{ account: PAPER, author: null, alert, sentAt: AT, trades: [], behind },
      kind: "ReentryPostponed",
    };
    expect(texts([adopted, waits]).at(-1)).toBe(
      "waits on Paper for the end of Second is long 2 MES (trade #7)",
    );
  });

  it("tells a lock-out and a notice", () => {
    const facts: readonly Fact[] = [
      { at: AT, kind: "LockedOut", account: null, until: AT },
      { at: AT, kind: "LockedOut", account: PAPER, until: AT },
      { at: AT, kind: "NoticeGiven", notice: { kind: "attendance-over", since: AT } },
    ];
    const end = `until ${showWhen(AT)}: no entries, and nothing ends it earlier`;
    expect(texts([adopted, ...facts]).slice(1)).toEqual([
      `locked out ${end}`,
      `locked out on Paper ${end}`,
      `no entries: nobody has been heard of since ${showWhen(AT)}; say \`attend\``,
    ]);
  });

  it("tells what should not happen", () => {
    const what = ["reversed", "position-mismatch"] as const;
    const facts: readonly Fact[] = [
      ...what.map(
        (one): Fact => ({
          at: AT,
          kind: "IncidentFound",
          account: PAPER,
          trade: TRADE,
          what: one,
          detail: "1 MES",
        }),
      ),
      {
        at: AT,
        kind: "IncidentFound",
        account: PAPER,
        trade: null,
        what: "reversed",
        detail: "1 MES",
      },
      {
        at: AT,
        kind: "IncidentFound",
        account: PAPER,
        trade: tradeIdOf(ALERT, OTHER),
        what: "reversed",
        detail: "1 MES",
      },
      {
        at: AT,
        kind: "OrphanCancelAsked",
        account: PAPER,
        contract: "MESZ26",
        order: orderId("9"),
      },
      {
        at: AT,
        kind: "ForeignOrderSeen",
        account: PAPER,
        order: orderId("9"),
        contract: "MESZ26",
        detail: "buy 1",
      },
    ];
    expect(texts([planned(), ...facts]).slice(1)).toEqual([
      "#1 the position is reversed: 1 MES",
      "#1 the position differs from the books: 1 MES",
      "the position is reversed: 1 MES",
      "the position is reversed: 1 MES",
      "cancelling an order left over in MESZ26",
      "an order in MESZ26 that is not ours: buy 1",
    ]);
    expect(tell(facts).every((line) => line.kind === "trouble" && line.account === PAPER)).toBe(
      true,
    );
  });

  it("tells when facts were written late", () => {
    const recovered = (late: number): Fact => ({ at: AT, kind: "JournalRecovered", late });
    expect(texts([recovered(1), recovered(3)])).toEqual([
      "the disk refused for a while: 1 fact was written late",
      "the disk refused for a while: 3 facts were written late",
    ]);
  });
});

describe("an alarm", () => {
  const about = { at: AT, account: PAPER } as const;
  const ofTrade = { ...about, trade: TRADE, what: "unprotected" } as const;

  it("tells what is wrong, who silenced it and that it is over, of whom it is", () => {
    const facts: readonly Fact[] = [
      { ...ofTrade, kind: "AlarmRaised", since: AT },
      { ...about, trade: null, what: "halted-with-position", kind: "AlarmRaised", since: AT },
      { ...about, trade: null, what: "venue-unreachable", kind: "AlarmAcknowledged", by: "olga" },
      { ...ofTrade, kind: "AlarmEnded" },
    ];
    expect(texts([adopted, planned(), ...facts]).slice(3)).toEqual([
      "#1 ALARM: contracts are held without a working stop; `ack` silences this",
      "ALARM: Paper: it is halted, and something is open; `ack` silences this",
      "alarm silenced by olga: Paper: the venue cannot be reached, and something is open there",
      "#1 alarm over: every contract has a working stop, or is gone",
    ]);
    expect(texts([adopted, asked({ kind: "ack", by: "olga" })]).at(-1)).toBe("command: ack (olga)");
  });
});

describe("a line", () => {
  const line = (over: Partial<TimelineLine> = {}): TimelineLine => ({
    at: AT,
    trade: 1,
    account: PAPER,
    kind: "fill",
    tone: "plain",
    text: "#1 filled 1 MES at 6326.25",
    ...over,
  });

  it("is shown behind the time of the exchange, winter and summer", () => {
    expect(formatTime(AT)).toBe("09:31:05 CT");
    expect(formatTime(millis(Date.UTC(2026, 6, 10, 5, 0, 9)))).toBe("00:00:09 CT");
    expect(renderLines(line(), { columns: 80, colour: false })).toEqual([
      "09:31:05 CT  #1 filled 1 MES at 6326.25",
    ]);
  });

  it("goes on below where the screen ends, in its colour", () => {
    expect(renderLines(line(), { columns: 30, colour: false })).toEqual([
      "09:31:05 CT  #1 filled 1 MES",
      "               at 6326.25",
    ]);
    const good = renderLines(line({ tone: "good" }), { columns: 30, colour: true });
    expect(good[1]).toBe("\u001b[32m               at 6326.25\u001b[0m");
  });

  it("has colours only when asked, by its tone", () => {
    const shown = (tone: TimelineLine["tone"], colour: boolean): string =>
      renderLines(line({ tone, text: "x" }), { columns: 80, colour })
        .join()
        .replace("09:31:05 CT  ", "");
    expect(shown("bad", false)).toBe("x");
    expect(["plain", "good", "bad", "quiet"].map((tone) => shown(tone as "plain", true))).toEqual([
      "x",
      "\u001b[32mx\u001b[0m",
      "\u001b[31mx\u001b[0m",
      "\u001b[2mx\u001b[0m",
    ]);
  });

  it("is ready for JSON with an ISO time", () => {
    expect(timelineView(line())).toEqual({
      at: "2026-11-23T15:31:05.000Z",
      clock: "09:31:05 CT",
      kind: "fill",
      tone: "plain",
      trade: 1,
      account: "PAPER",
      text: "#1 filled 1 MES at 6326.25",
    });
  });

  it("is one clean line of bounded length, whatever strangers wrote", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 1000 }), (reason) => {
        const [text = ""] = texts([{ at: AT, kind: "RunEnded", reason }]);
        expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(text.length).toBeLessThanOrEqual(2000);
      }),
    );
  });
});

it("money of no weight prints as nothing", () => {
  const zero = money(0);
  expect(
    texting([{ ...about, kind: "TradeClosed", how: "exit", gross: zero, fees: zero, net: zero }]),
  ).toEqual(["closed by exit: gross $0.00, fees $0.00, net $0.00"]);
});
