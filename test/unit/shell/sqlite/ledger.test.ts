/** The ledger: what facts become as rows, and that it is a faithful, replaceable copy. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "../../../../src/core/model/fact.ts";
import { accountId, fillId, orderId, tradeIdOf } from "../../../../src/core/model/ids.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { contracts, dollars, millis, money, ticks } from "../../../../src/core/model/units.ts";
import type { Recorded } from "../../../../src/ports/journal.ts";
import type { Ledger } from "../../../../src/ports/ledger.ts";
import { openLedger, openLedgerReadOnly } from "../../../../src/shell/sqlite/ledger.ts";
import { LEDGER, LEDGER_TABLES } from "../../../../src/shell/sqlite/ledger-schema.ts";
import { memoryJournal } from "../../../kit/memory-journal.ts";
import {
  ACCOUNT,
  accountOpened,
  NOON,
  sampleFact,
  sampleFacts,
  samplePlan,
  tradeStory,
} from "../../../kit/sample-facts.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const ledgerFile = (): string => join(temporaryFolder(), "ledger.db");

function opened(path = ledgerFile(), pagesMax?: number): Ledger {
  const options = { at: millis(NOON), ...(pagesMax === undefined ? {} : { pagesMax }) };
  const result = openLedger(path, options);
  if (!result.ok) expect.fail(result.error.detail);
  return result.value;
}

const recorded = (facts: readonly Fact[], after = 0): readonly Recorded[] =>
  facts.map((fact, index) => ({ sequence: after + index + 1, fact }));

function journalOf(facts: readonly Fact[]) {
  const journal = memoryJournal();
  journal.append(facts);
  return journal;
}

function ledgerOf(facts: readonly Fact[]): Ledger {
  const ledger = opened();
  const result = ledger.apply(recorded(facts));
  if (!result.ok) expect.fail(result.error.detail);
  return ledger;
}

/** Every row of every table, as the file holds them. */
function contentOf(path: string): unknown {
  const database = new Database(path, { readonly: true });
  const tables = LEDGER_TABLES.map((name) => [
    name,
    database.prepare(`SELECT * FROM ${name}`).all(),
  ]);
  database.close();
  return Object.fromEntries(tables);
}

/** What a question that is answered page by page comes to. */
function ended<Value>(pages: Generator<undefined, Value, undefined>): Value {
  for (;;) {
    const next = pages.next();
    if (next.done === true) return next.value;
  }
}

const when = { at: millis(NOON + 1) };
const { message, trade, facts: STORY } = tradeStory(1);
const storyUntil = (kind: Fact["kind"]): readonly Fact[] =>
  STORY.slice(
    0,
    STORY.findIndex((fact) => fact.kind === kind),
  );

describe("a trade", () => {
  test("stands there from plan to close, with its money and its averages", () => {
    const ledger = ledgerOf(STORY);
    expect(ledger.trades()).toEqual([
      {
        id: trade,
        number: 1,
        account: ACCOUNT,
        author: "alice",
        message,
        text: expect.any(String),
        instrument: "MES",
        contract: "MESZ26",
        side: "long",
        sizeLetter: null,
        phase: "closed",
        size: 3,
        alerted: 25_300,
        market: null,
        stop: 25_260,
        targets: [25_328, 25_348],
        risk: dollars(187.5),
        entry: { quantity: 3, priceSum: 3 * 25_308 },
        exit: { quantity: 3, priceSum: 25_328 + 2 * 25_310 },
        entryPoints: 6_327,
        exitPoints: (6_332 + 2 * 6_327.5) / 3,
        stopSlippage: 0,
        // Nobody told how prices went: only its own fills are known.
        reach: { high: 25_328, low: 25_308, by: null, unseen: { why: "no-prices", lasted: null } },
        targetsHit: 1,
        how: "breakeven",
        reason: null,
        gross: dollars(30),
        fees: dollars(3.66),
        net: dollars(26.34),
        alertedAt: NOON + 800,
        receivedAt: NOON + 1_000,
        plannedAt: NOON + 1_000,
        sentAt: null,
        filledAt: NOON + 1_000,
        openedAt: NOON + 1_000,
        closedAt: NOON + 1_000,
        tradeDate: "2026-11-19",
      },
    ]);
    ledger.close();
  });

  test("knows its way from alert to close: the market, the sending, how far the price went", () => {
    const market = { bid: ticks(25_303), ask: ticks(25_304), age: millis(120) };
    const stretch = { high: ticks(25_340), low: ticks(25_290), by: "ticks" } as const;
    let exits = 0;
    const tracked = STORY.map((fact): Fact => {
      if (fact.kind === "AlertRead") return { ...fact, receivedAt: millis(NOON + 900), market };
      if (fact.kind === "TradePlanned") return { ...fact, size: "A" };
      if (fact.kind === "EntryAccepted") return { ...fact, sentAt: millis(NOON + 1_003) };
      if (fact.kind === "EntryFilled") return { ...fact, filledAt: millis(NOON + 1_050) };
      if (fact.kind !== "ExitFilled") return fact;
      exits += 1;
      return { ...fact, stretch: exits === 1 ? stretch : { ...stretch, low: ticks(25_300) } };
    });
    const ledger = ledgerOf(tracked);
    expect(ledger.trade(1)).toMatchObject({
      ...{ market, sizeLetter: "A", receivedAt: NOON + 900 },
      ...{ sentAt: NOON + 1_003, filledAt: NOON + 1_050 },
      reach: { high: 25_340, low: 25_290, by: "ticks", unseen: null },
    });
    expect(ledger.alerts()[0]).toMatchObject({ market, receivedAt: NOON + 900 });
    const columns = ended(ledger.closedTrades(null));
    // From the average fill at 25308: 18 ticks against it, 32 for it.
    expect([columns.mae[0], columns.mfe[0]]).toEqual([4.5, 8]);
    expect(columns.labels.sizeLetter.names).toEqual(["A"]);
    ledger.close();
  });

  test("says what nobody saw of its prices, and its excursions are then not counted", () => {
    const unseen = { why: "silent", lasted: millis(40_000) } as const;
    const bars = { high: ticks(25_340), low: null, by: "bars", unseen } as const;
    const ledger = ledgerOf(
      STORY.map((fact): Fact => (fact.kind === "ExitFilled" ? { ...fact, stretch: bars } : fact)),
    );
    expect(ledger.trade(1)?.reach).toEqual({ high: 25_340, low: 25_308, by: "bars", unseen });
    expect(ended(ledger.closedTrades(null)).mae[0]).toBeNaN();
    ledger.close();
    const late = ledgerOf(
      STORY.map(
        (fact): Fact =>
          fact.kind === "EntryFilled" ? { ...fact, filledAt: millis(fact.at - 5_001) } : fact,
      ),
    );
    const { why, lasted } = late.trade(1)?.reach?.unseen ?? {};
    expect([why, lasted]).toEqual(["heard-late", 5_001]);
    late.close();
  });

  test("counts what stops cost beyond their price, for a short as for a long", () => {
    const story = (side: "long" | "short"): readonly Fact[] =>
      STORY.map((fact): Fact => {
        if (fact.kind === "TradePlanned") return { ...fact, plan: { ...fact.plan, side } };
        const beyond = side === "long" ? -2 : 2;
        if (fact.kind === "ExitFilled" && fact.by === "stop")
          return { ...fact, price: ticks(25_310 + beyond) };
        return fact;
      });
    for (const side of ["long", "short"] as const) {
      const ledger = ledgerOf(story(side));
      const stop = ledger.trade(1)?.orders.findLast(({ leg }) => leg === "stop")?.price;
      const away = side === "long" ? (stop ?? 0) - 25_308 : 25_312 - (stop ?? 0);
      expect(ledger.trade(1)?.stopSlippage).toBe(dollars(1.25 * 2 * away));
      ledger.close();
    }
  });

  test("tells alerts of a time only", () => {
    const ledger = ledgerOf(sampleFacts(5));
    const heard = ledger.alerts({ from: millis(NOON + 2), until: millis(NOON + 4) });
    expect(heard.map(({ at }) => at)).toEqual([NOON + 3, NOON + 2]);
    ledger.close();
  });

  test("shows its orders and fills when asked by number", () => {
    const ledger = ledgerOf(STORY);
    const detail = ledger.trade(1);
    const orders = detail?.orders.map((one) => [
      `${one.leg} ${one.tranche}`,
      one.order,
      one.state,
      one.price,
      one.filled,
      one.quantity,
    ]);
    expect(orders).toEqual([
      ["entry 0", "e1-1", "filled", 25_308, 1, 1],
      ["stop 0", "s1-1", "cancelled", 25_260, 0, 1],
      ["target 0", "t1-1", "filled", 25_328, 1, 1],
      ["entry 1", "e2-1", "filled", 25_308, 2, 2],
      ["stop 1", "s2-1", "filled", 25_310, 2, 2],
      ["target 1", "t2-1", "cancelled", 25_348, 0, 2],
    ]);
    expect(detail?.orders[0]?.tag).toBe(`${trade}-e1-1`);
    expect(detail?.orders[1]?.tag).toBeNull();
    const fills = detail?.fills.map((one) => [one.by, one.side, one.quantity, one.price, one.fees]);
    expect(fills).toEqual([
      ["entry", "buy", 1, 25_308, dollars(0.61)],
      ["entry", "buy", 2, 25_308, dollars(1.22)],
      ["target", "sell", 1, 25_328, dollars(0.61)],
      ["stop", "sell", 2, 25_310, dollars(1.22)],
    ]);
    expect(ledger.trade(2)).toBeNull();
    ledger.close();
  });

  test("a short one sells to enter and buys to leave", () => {
    const short = { ...STORY[1], plan: { ...samplePlan, side: "short" } } as Fact;
    const ledger = ledgerOf([short, ...STORY.slice(2)]);
    expect(ledger.trade(1)?.fills.map(({ side }) => side)).toEqual(["sell", "sell", "buy", "buy"]);
    ledger.close();
  });

  test("goes through its phases", () => {
    const ledger = opened();
    const phases: string[] = [];
    for (const one of recorded(STORY)) {
      ledger.apply([one]);
      phases.push(ledger.trades()[0]?.phase ?? "none");
    }
    const changes = phases.filter((phase, index) => phase !== phases[index - 1]);
    expect(changes).toEqual(["none", "planned", "entering", "open", "runner", "closed"]);
    ledger.close();
  });

  test("whose answer was lost is unknown until it is found", () => {
    const lost: Fact = { ...when, kind: "EntryUnknown", trade, tranche: 0, reason: "timed out" };
    const ledger = ledgerOf([...STORY.slice(0, 2), lost]);
    expect(ledger.trades()[0]?.phase).toBe("unknown");
    expect(ledger.trade(1)?.orders[0]).toMatchObject({ state: "unknown", reason: "timed out" });
    ledger.apply(recorded(STORY.slice(2, 3), 3));
    expect(ledger.trades()[0]?.phase).toBe("entering");
    expect(ledger.trade(1)?.orders[0]).toMatchObject({ state: "working", order: "e1-1" });
    ledger.close();
  });

  test("that never filled is abandoned, with the reason and what became of its orders", () => {
    const ended: readonly Fact[] = [
      { ...when, kind: "EntryRejected", trade, tranche: 0, code: "2", reason: "no margin" },
      { ...when, kind: "EntryNotSent", trade, tranche: 1, reason: "no connection" },
      { ...when, kind: "EntryWithdrawn", trade, reason: "timeout" },
      { ...when, kind: "TradeAbandoned", trade, reason: "nothing filled" },
    ];
    const ledger = ledgerOf([...STORY.slice(0, 2), ...ended]);
    expect(ledger.trades()[0]).toMatchObject({
      phase: "abandoned",
      reason: "nothing filled",
      how: null,
      net: null,
      entryPoints: null,
      exitPoints: null,
      openedAt: null,
      closedAt: NOON + 1,
    });
    expect(ledger.trade(1)?.orders).toMatchObject([
      { state: "rejected", reason: "no margin" },
      { state: "not-sent", reason: "no connection" },
    ]);
    expect(ledger.equity(null)).toEqual([]);
    ledger.close();
  });

  test("an order that has ended stays ended, whatever is said later", () => {
    const late: readonly Fact[] = [
      { ...when, kind: "EntryEnded", trade, tranche: 1, how: "cancelled" },
      { ...when, kind: "EntryUnknown", trade, tranche: 0, reason: "late" },
      { ...when, kind: "EntryAccepted", trade, tranche: 1, order: orderId("x") },
    ];
    const ledger = ledgerOf([...STORY.slice(0, 5), ...late]);
    expect(ledger.trade(1)?.orders.map(({ state }) => state)).toEqual(["working", "cancelled"]);
    ledger.close();
  });

  test("partly filled entries work on", () => {
    const part = {
      ...when,
      kind: "EntryFilled",
      trade,
      tranche: 1,
      fill: fillId("p1"),
      order: orderId("e2-1"),
      price: ticks(25_300),
      quantity: contracts(1),
      fees: dollars(0.61),
    } as const;
    const ledger = ledgerOf([...STORY.slice(0, 4), part]);
    expect(ledger.trade(1)?.orders[1]).toMatchObject({ state: "working", filled: 1 });
    expect(ledger.trades()[0]).toMatchObject({ phase: "open", fees: dollars(0.61) });
    ledger.close();
  });

  test("legs we place ourselves carry our tag, and say when they were refused or lost", () => {
    const leg = { ...when, trade, tranche: 1 };
    const placed = { price: ticks(25_260), quantity: contracts(2), attempt: 2 };
    const own: readonly Fact[] = [
      { ...leg, kind: "LegPlaced", leg: "stop", ...placed },
      { ...leg, kind: "LegUnknown", leg: "stop", reason: "lost" },
      { ...leg, kind: "LegPlaced", leg: "target", ...placed },
      { ...leg, kind: "LegChangeRefused", leg: "target", reason: "too close" },
    ];
    const ledger = ledgerOf([...STORY.slice(0, 7), ...own]);
    expect(ledger.trade(1)?.orders.slice(2)).toMatchObject([
      { leg: "stop", tag: `${trade}-s2-2`, state: "unknown", reason: "lost" },
      { leg: "target", tag: `${trade}-t2-2`, state: "sent", reason: "too close" },
    ]);
    const more: readonly Fact[] = [
      { ...leg, kind: "LegConfirmed", leg: "stop", order: orderId("s"), ...placed },
      { ...leg, kind: "LegRejected", leg: "target", reason: "closed" },
    ];
    ledger.apply(recorded(more, 11));
    expect(ledger.trade(1)?.orders.slice(2)).toMatchObject([
      { leg: "stop", tag: `${trade}-s2-2`, state: "working", order: "s" },
      { leg: "target", state: "rejected", reason: "closed" },
    ]);
    ledger.close();
  });

  test("that was left early says why", () => {
    const begun: Fact = { ...when, kind: "ExitBegun", trade, reason: "flatten" };
    const ledger = ledgerOf([...storyUntil("TargetHit"), begun]);
    expect(ledger.trades()[0]).toMatchObject({ phase: "open", reason: "flatten" });
    ledger.close();
    const aimed = { ...when, kind: "TargetAimed", trade, tranche: 0, target: ticks(1) } as const;
    for (const [why, reason] of [
      ["filled-beyond-target", "filled-beyond-target"],
      ["command", null],
    ] as const) {
      const other = ledgerOf([...storyUntil("TargetHit"), { ...aimed, why }]);
      expect(other.trades()[0]?.reason).toBe(reason);
      other.close();
    }
  });

  test("reopened by a late fill is open again and off the equity curve until it ends anew", () => {
    const ledger = ledgerOf([accountOpened(), ...STORY]);
    expect(ledger.equity(null)).toHaveLength(1);
    const reopened: Fact = { ...when, kind: "TradeReopened", trade };
    ledger.apply(recorded([reopened], 20));
    const open = { phase: "open", how: null, net: null, closedAt: null, tradeDate: null };
    expect(ledger.trades()[0]).toMatchObject(open);
    expect(ledger.equity(null)).toEqual([]);
    const closed = { ...STORY.at(-1), net: dollars(20) } as Fact;
    ledger.apply(recorded([closed], 21));
    expect(ledger.equity(null)).toMatchObject([{ trade: 1, net: dollars(20) }]);
    ledger.close();
  });

  test("lists are newest first, filtered and paged", () => {
    const other = accountId("PAPER-2");
    const stories = [1, 2, 3].map((number) => tradeStory(number, NOON + number * 86_400_000));
    const facts = stories.flatMap((story) => story.facts);
    const planned = tradeIdOf(message, other);
    const running = { ...STORY[1], trade: planned, number: 4, account: other } as Fact;
    const ledger = ledgerOf([...facts, running]);
    const numbers = (filter?: Parameters<Ledger["trades"]>[0]) =>
      ledger.trades(filter).map(({ number }) => number);
    expect(numbers()).toEqual([4, 3, 2, 1]);
    expect(numbers({ limit: 2 })).toEqual([4, 3]);
    expect(numbers({ below: 3 })).toEqual([2, 1]);
    expect(numbers({ account: other })).toEqual([4]);
    expect(numbers({ instrument: "ES" })).toEqual([]);
    expect(numbers({ phase: "running" })).toEqual([4]);
    expect(numbers({ phase: "closed" })).toEqual([3, 2, 1]);
    expect(numbers({ phase: "abandoned" })).toEqual([]);
    const days = { from: tradeDate("2026-11-20"), to: tradeDate("2026-11-20") };
    expect(numbers(days)).toEqual([1]); // the next two days are a weekend: they count as Monday
    ledger.close();
  });
});

describe("an alert", () => {
  const read = STORY[0] as Fact;
  const outcomeOf = (...facts: readonly Fact[]) => ledgerOf(facts).alerts()[0]?.outcome;
  const abandoned: Fact = { ...when, kind: "TradeAbandoned", trade, reason: "timeout" };
  const shadow: Fact = {
    ...when,
    kind: "AlertShadowed",
    message,
    account: ACCOUNT,
    plan: samplePlan,
  };
  const refusal = { kind: "stale", age: millis(11_000), limit: millis(10_000) } as const;
  const refused: Fact = { ...when, kind: "AlertRefused", message, refusal };

  test("ends one way or the other, and the ledger says which", () => {
    expect(outcomeOf(read)).toBe("undecided");
    expect(outcomeOf(read, refused)).toBe("refused");
    expect(outcomeOf(read, shadow)).toBe("shadowed");
    expect(outcomeOf(...STORY.slice(0, 2))).toBe("working");
    expect(outcomeOf(...STORY.slice(0, 2), abandoned)).toBe("missed");
    expect(outcomeOf(...STORY)).toBe("executed");
    expect(outcomeOf(sampleFact(1))).toBe("ignored");
  });

  describe("that is none, but", () => {
    const told = { ...when, message, author: "alice", text: "T1 hit", sentAt: when.at };
    const update: Fact = {
      ...told,
      kind: "UpdateRead",
      updates: [{ action: "target_hit", instrument: null, target: 1, price: null }],
    };
    const settled = (how: "applied" | "noted" | "refused", bound = true): Fact => ({
      ...when,
      message,
      kind: "UpdateSettled",
      index: 0,
      action: "target_hit",
      bound: bound ? trade : null,
      how,
      reason: "so it is",
    });

    test("an update ends by what was done about it", () => {
      expect(outcomeOf(update)).toBe("ignored");
      expect(outcomeOf(update, settled("noted", false))).toBe("ignored");
      expect(outcomeOf(update, settled("refused"), settled("noted"))).toBe("refused");
      expect(outcomeOf(update, settled("refused"), settled("applied"))).toBe("applied");
    });

    test("an update says of each part what was done, and to which trade", () => {
      const ledger = ledgerOf([...STORY.slice(0, 2), update, settled("applied")]);
      expect(ledger.alerts()[0]).toMatchObject({
        alert: null,
        reason: "target_hit",
        decisions: [{ decision: "applied", trade: 1, by: "so it is", refusal: null }],
      });
      ledger.close();
    });

    test("tracked and unsure messages are called so", () => {
      expect(outcomeOf({ ...told, kind: "AlertTracked", tracked: [] })).toBe("tracked");
      const unsure = { ...sampleFact(1), review: true } as Fact;
      expect(outcomeOf(unsure)).toBe("unsure");
    });
  });

  test("that a person was asked about ends as the person said, or the market after the yes", () => {
    const asked: Fact = {
      ...when,
      kind: "ApprovalAsked",
      message,
      entry: 1,
      until: millis(NOON + 60_000),
      smallest: false,
      group: null,
      reason: "its room asks first",
    };
    const ended = (how: "approved" | "refused" | "expired" | "withdrawn"): Fact => ({
      ...when,
      kind: "ApprovalEnded",
      message,
      entry: 1,
      how,
      by: "olga",
    });
    expect(outcomeOf(read, asked)).toBe("waiting");
    expect(outcomeOf(read, asked, ended("refused"))).toBe("refused");
    expect(outcomeOf(read, asked, ended("expired"))).toBe("expired");
    expect(outcomeOf(read, asked, ended("withdrawn"))).toBe("expired");
    expect(outcomeOf(read, asked, ended("approved"))).toBe("undecided");
    expect(outcomeOf(read, asked, ended("approved"), refused)).toBe("refused");
    expect(outcomeOf(read, asked, ended("approved"), ...STORY.slice(1))).toBe("executed");
    const ledger = ledgerOf([read, asked, ended("refused")]);
    expect(ledger.alerts({ outcome: "refused" })[0]?.decisions).toMatchObject([
      { account: null, decision: "asked", by: null },
      { account: null, decision: "refused", refusal: null, by: "olga" },
    ]);
    ledger.close();
  });

  test("comes with what was understood and every account's decision", () => {
    const other = accountId("PAPER-2");
    const limit = { kind: "trades-per-day", taken: 10, limit: 10 } as const;
    const second: Fact = { ...when, kind: "TradeRefused", message, account: other, refusal: limit };
    const ledger = ledgerOf([...STORY.slice(0, 2), second]);
    expect(ledger.alerts()).toEqual([
      {
        sequence: 1,
        message,
        author: "alice",
        text: "ES long 6325A stop 6315",
        at: NOON + 1_000,
        sentAt: NOON + 800,
        receivedAt: NOON + 1_000,
        market: null,
        outcome: "working",
        alert: (read as Extract<Fact, { kind: "AlertRead" }>).alert,
        reason: null,
        decisions: [
          {
            account: ACCOUNT,
            decision: "planned",
            refusal: null,
            by: null,
            trade: 1,
            phase: "planned",
            at: NOON + 1_000,
          },
          {
            account: other,
            decision: "refused",
            refusal: limit,
            by: null,
            trade: null,
            phase: null,
            at: NOON + 1,
          },
        ],
      },
    ]);
    ledger.close();
  });

  test("an ignored message says why", () => {
    const ledger = ledgerOf([sampleFact(1)]);
    expect(ledger.alerts()).toMatchObject([
      { alert: null, reason: "no entry in it", text: "message 1", decisions: [] },
    ]);
    ledger.close();
  });

  test("a message read twice is two alerts, and a decision belongs to the one before it", () => {
    const ledger = ledgerOf([read, refused, read, shadow]);
    const outcomes = ledger.alerts().map(({ sequence, outcome }) => [sequence, outcome]);
    expect(outcomes).toEqual([
      [3, "shadowed"],
      [1, "refused"],
    ]);
    ledger.close();
  });

  test("lists are newest first, by outcome, in pages of at most a thousand", () => {
    const ledger = ledgerOf([...sampleFacts(1_005), ...STORY]);
    expect(ledger.alerts({ outcome: "executed" })).toHaveLength(1);
    expect(ledger.alerts({ limit: 5_000 })).toHaveLength(1_000);
    const page = ledger.alerts({ outcome: "ignored", below: 100, limit: 2 });
    expect(page.map(({ sequence }) => sequence)).toEqual([99, 98]);
    ledger.close();
  });
});

describe("equity", () => {
  const other = accountId("PAPER-2");
  const monday = tradeStory(3, NOON + 4 * 86_400_000);
  const elsewhere = tradeStory(2).facts.map((fact) =>
    fact.kind === "TradePlanned" ? { ...fact, account: other } : fact,
  );
  const facts = [
    accountOpened(),
    accountOpened(other, dollars(1_000)),
    accountOpened(ACCOUNT, money(1)), // opened once, whatever is said later
    ...STORY,
    ...elsewhere,
    ...monday.facts,
  ];

  test("grows by each closed trade, per account and for all together", () => {
    const ledger = ledgerOf(facts);
    const one = (account: typeof ACCOUNT | null) =>
      ledger.equity(account).map(({ trade: number, net, equity }) => [number, net, equity]);
    const net = dollars(26.34);
    expect(one(ACCOUNT)).toEqual([
      [1, net, dollars(50_026.34)],
      [3, net, dollars(50_052.68)],
    ]);
    expect(one(other)).toEqual([[2, net, dollars(1_026.34)]]);
    expect(one(null).map(([, , equity]) => equity)).toEqual([
      dollars(51_026.34),
      dollars(51_052.68),
      dollars(51_079.02),
    ]);
    expect(ledger.equity(null)[0]).toMatchObject({ account: ACCOUNT, tradeDate: "2026-11-19" });
    ledger.close();
  });

  test("is summed by trade date", () => {
    const ledger = ledgerOf(facts);
    expect(ledger.equityByDate(null)).toEqual([
      {
        tradeDate: "2026-11-19",
        trades: 2,
        gross: dollars(60),
        fees: dollars(7.32),
        net: dollars(52.68),
        equity: dollars(51_052.68),
      },
      {
        tradeDate: "2026-11-23",
        trades: 1,
        gross: dollars(30),
        fees: dollars(3.66),
        net: dollars(26.34),
        equity: dollars(51_079.02),
      },
    ]);
    expect(ledger.equityByDate(other)).toHaveLength(1);
    ledger.close();
  });

  test("what the venue says the account holds is kept beside it", () => {
    const path = ledgerFile();
    const ledger = opened(path);
    const settled: Fact = { ...when, kind: "AccountSettled", account: ACCOUNT, balance: money(7) };
    ledger.apply(recorded([accountOpened(), settled]));
    ledger.close();
    expect(contentOf(path)).toMatchObject({ accounts: [{ opening: 500_000_000, settled: 7 }] });
  });
});

describe("a copy of the journal", () => {
  const facts = [accountOpened(), ...[1, 2, 3, 4].flatMap((n) => tradeStory(n).facts)];

  test("facts handed in twice change nothing", () => {
    const path = ledgerFile();
    const ledger = opened(path);
    ledger.apply(recorded(facts));
    const before = contentOf(path);
    expect(ledger.apply(recorded(facts))).toEqual({ ok: true, value: undefined });
    expect(ledger.apply(recorded(facts.slice(5, 9), 5)).ok).toBe(true);
    expect(ledger.apply([]).ok).toBe(true);
    expect(contentOf(path)).toEqual(before);
    expect(ledger.progress()).toBe(facts.length);
    ledger.close();
  });

  test("a gap is refused, and following the journal closes it", () => {
    const ledger = opened();
    ledger.apply(recorded(facts.slice(0, 5)));
    expect(ledger.apply(recorded(facts.slice(10), 10))).toEqual({
      ok: false,
      error: { kind: "gap", detail: "facts 6 to 10 are missing here" },
    });
    expect(ledger.progress()).toBe(5);
    expect(ledger.follow(journalOf(facts)).ok).toBe(true);
    expect(ledger.progress()).toBe(facts.length);
    ledger.close();
  });

  test("rebuilt in one go it equals what grew fact by fact, however the facts were cut", () => {
    const grown = ledgerFile();
    const rebuilt = ledgerFile();
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 });
    const order = fc.shuffledSubarray(facts, { minLength: 0 });
    fc.assert(
      fc.property(sizes, order, (cuts, some) => {
        const journal = journalOf(some); // any facts in any order: a copy has no opinion
        const [one, two] = [opened(grown), opened(rebuilt)];
        one.rebuild(memoryJournal());
        let from = 0;
        for (const size of cuts) {
          one.apply(recorded(some.slice(from, from + size), from));
          from += size;
        }
        expect(one.follow(journal).ok).toBe(true);
        expect(two.rebuild(journal).ok).toBe(true);
        expect(contentOf(grown)).toEqual(contentOf(rebuilt));
        one.close();
        two.close();
      }),
      { numRuns: 20 },
    );
  });

  test("a rebuild reports its progress, and readers see the old rows until the new are whole", () => {
    const path = ledgerFile();
    const ledger = opened(path);
    ledger.apply(recorded(facts));
    const reader = openLedgerReadOnly(path);
    if (!reader.ok) expect.fail(reader.error.detail);
    const seen: [number, number][] = [];
    const during: number[] = [];
    ledger.rebuild(journalOf(sampleFacts(2_500)), (done, total) => {
      seen.push([done, total]);
      during.push(reader.value.progress());
    });
    expect(seen).toEqual([
      [1_000, 2_500],
      [2_000, 2_500],
      [2_500, 2_500],
    ]);
    expect(during).toEqual(Array(3).fill(facts.length));
    expect(reader.value.progress()).toBe(2_500);
    expect(reader.value.trades()).toEqual([]);
    reader.value.close();
    ledger.close();
  });

  test.each([
    ["a shorter one", facts.slice(0, 20)],
    ["another one", [accountOpened(), ...sampleFacts(100)]],
  ])("a journal that was replaced by %s is recognised", (_, others) => {
    const ledger = opened();
    ledger.apply(recorded(facts));
    expect(ledger.follow(journalOf(others)).ok).toBe(true);
    expect(ledger.progress()).toBe(others.length);
    const fresh = ledgerOf(others);
    expect(ledger.trades()).toEqual(fresh.trades());
    fresh.close();
    ledger.close();
  });

  test("following an unchanged journal is no work", () => {
    const ledger = ledgerOf(facts);
    const seen: number[] = [];
    ledger.follow(journalOf(facts), (done) => seen.push(done));
    expect(seen).toEqual([facts.length]);
    ledger.close();
  });

  test("a full disk leaves it as it was", () => {
    const ledger = opened(ledgerFile(), 40);
    ledger.apply(recorded(facts.slice(0, 10)));
    const full = { ok: false, error: { kind: "full" } };
    expect(ledger.apply(recorded(sampleFacts(1_000), 10))).toMatchObject(full);
    expect(ledger.rebuild(journalOf(sampleFacts(1_000)))).toMatchObject(full);
    expect(ledger.progress()).toBe(10);
    expect(ledger.trades()).toHaveLength(1);
    ledger.close();
  });
});

describe("the file", () => {
  test("outlives the program", () => {
    const path = ledgerFile();
    const ledger = opened(path);
    ledger.apply(recorded(STORY));
    ledger.close();
    const again = opened(path);
    expect(again.progress()).toBe(STORY.length);
    expect(again.trades()).toHaveLength(1);
    again.close();
  });

  test("damaged beyond use, it is thrown away: it was a copy", () => {
    const path = ledgerFile();
    writeFileSync(path, "rubbish ".repeat(2_000));
    const ledger = opened(path);
    expect(ledger.progress()).toBe(0);
    ledger.close();
  });

  test("written by a newer version, it is made anew", () => {
    const path = ledgerFile();
    opened(path).close();
    const newer = new Database(path);
    newer.exec(`INSERT INTO migrations VALUES (${LEDGER.migrations.length + 1}, 'later', 0)`);
    newer.close();
    opened(path).close();
    const after = new Database(path, { readonly: true });
    const steps = after.prepare("SELECT count(*) FROM migrations").pluck().get();
    expect(steps).toBe(LEDGER.migrations.length);
    after.close();
  });

  test("somebody else's database is left alone", () => {
    const path = ledgerFile();
    const other = new Database(path);
    other.exec("CREATE TABLE songs (title)");
    other.close();
    const result = openLedger(path, { at: millis(NOON) });
    expect(result).toMatchObject({ ok: false, error: { kind: "foreign" } });
  });

  test("missing, there is nothing to read", () => {
    const result = openLedgerReadOnly(ledgerFile());
    expect(result).toMatchObject({ ok: false, error: { kind: "missing" } });
  });
});

test("what anybody wrote and whoever wrote it come back as they were", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.string({ unit: "binary", maxLength: 10 }),
      (text, author) => {
        const [read, planned] = tradeStory(1).facts;
        const said = [
          { ...read, text, author },
          { ...planned, author },
        ] as Fact[];
        const ledger = ledgerOf(said);
        expect(ledger.trades()).toMatchObject([{ text, author }]);
        expect(ledger.trade(1)).toMatchObject({ text, author, targets: samplePlan.targets });
        ledger.close();
      },
    ),
    { numRuns: 30 },
  );
});

test("the fills of one trade are those of its detail", () => {
  const ledger = ledgerOf([...tradeStory(1).facts, ...tradeStory(2).facts]);
  const detail = ledger.trade(2);
  if (detail === null) throw new Error("the second of two trades is there");
  expect(detail.fills.length).toBeGreaterThan(2);
  expect(ledger.fills(detail.id)).toEqual(detail.fills);
});
