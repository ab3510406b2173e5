import { describe, expect, it } from "vitest";
import type { Account } from "../../../../src/core/model/account.ts";
import type { AccountRisk, Tally } from "../../../../src/core/model/account-risk.ts";
import type { SizeLetter } from "../../../../src/core/model/alert.ts";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import type { DailyLoss, DayLimits, LossSteps } from "../../../../src/core/model/limits.ts";
import type { Rules, Sizing } from "../../../../src/core/model/rules.ts";
import { tradeDateEnd } from "../../../../src/core/model/trade-date.ts";
import { dollars, millis, money } from "../../../../src/core/model/units.ts";
import type { AccountView } from "../../../../src/core/risk/account-limits.ts";
import {
  cutsBefore,
  fitDay,
  type Moment,
  type Part,
  partsOf,
  refuseDay,
  refuseExposure,
  refusePartLoss,
} from "../../../../src/core/risk/day-limits.ts";
import { beginningOf } from "../../../../src/core/risk/firm-books.ts";
import { NO_NEWS } from "../../../../src/core/risk/firm-news.ts";
import { riskOf } from "../../../../src/core/risk/memory.ts";
import type { TotalView } from "../../../../src/core/risk/total-view.ts";
import {
  anAccount,
  anOpenTrade,
  aPlan,
  aQuote,
  aTrade,
  later,
  NOW,
  someRules,
  TODAY,
} from "../../../kit/builders.ts";
import { FIRM_PLAN, minis } from "../../../kit/firm-plans.ts";

const MES = instrumentOf("MES");
const NQ = instrumentOf("MNQ");
const END = tradeDateEnd(TODAY);
const until = later(60_000);

const moment = (at = NOW, parts: readonly Part[] = []): Moment => ({
  at,
  tradeDate: TODAY,
  quoteOf: () => aQuote(),
  parts,
});

/** Rules that limit nothing of the day but this. */
function rulesWith(day: DayLimits, sizing?: Sizing): Rules {
  const { limits, ...others } = someRules(sizing === undefined ? {} : { sizing });
  const { dailyLoss, total, entriesPerMinute, consecutiveLosses, breakers, ...free } = limits;
  return { ...others, limits: { ...free, ...day } };
}

const remembering = (risk: Partial<AccountRisk>, change: Partial<Account> = {}): Account =>
  anAccount({ ...change, risk: { ...riskOf({}), ...risk } });

const viewOf = (account: Account, change: Partial<AccountView> = {}): AccountView => ({
  account,
  openTrades: [],
  ...change,
});

const aTotal = (change: Partial<TotalView> = {}): TotalView => ({
  opening: dollars(100_000),
  realised: money(0),
  open: money(0),
  wantedIn: () => 0,
  reached: 0,
  ...change,
});

const loss = (limit: DailyLoss["limit"], change: Partial<LossSteps> = {}): DailyLoss => ({
  limit,
  steps: { warn: [], half: 750, block: 900, flatten: 1_000, ...change },
});

describe("the lock of a daily loss", () => {
  const lock = { until, scope: "account", reached: 900, limit: dollars(500) } as const;

  it("holds to the millisecond, whatever the settings say, and no longer", () => {
    const view = viewOf(remembering({ lock }));
    for (const rules of [someRules(), rulesWith({})]) {
      const at = (time: number) => refuseDay(rules, view, moment(millis(time)));
      for (const time of [NOW, until - 1]) {
        expect(at(time)).toEqual({ kind: "daily-loss", ...lock });
      }
      expect([until, until + 1].map(at)).toEqual([null, null]);
    }
  });

  it("is said before anything else that shuts the day", () => {
    const tripped = [{ breaker: "losses", at: NOW, until, measured: 3, limit: 3 }] as const;
    const account = remembering({ lock, tripped });
    expect(refuseDay(someRules(), viewOf(account), moment())).toMatchObject({ kind: "daily-loss" });
  });
});

describe("settings that were tightened after the loss", () => {
  it("lock too, at what the account reached, for the rest of its trade date", () => {
    const rules = rulesWith({ dailyLoss: loss({ ofBalance: 100 }) });
    // 50,000 dollars now, 1,000 of them lost today: one per cent of 51,000.
    const refusal = (reached: number) =>
      refuseDay(
        rules,
        viewOf(remembering({ reached }, { realisedToday: dollars(-1_000) })),
        moment(),
      );
    expect(refusal(899)).toBeNull();
    expect(refusal(900)).toEqual({
      kind: "daily-loss",
      scope: "account",
      reached: 900,
      limit: dollars(510),
      until: END,
    });
  });

  it("lock every account at once where the limit over all of them is what was reached", () => {
    const rules = rulesWith({ total: { dailyLoss: loss({ ofBalance: 100 }) } });
    const refusal = (total: TotalView | null) =>
      refuseDay(rules, viewOf(anAccount(), { total }), moment());
    expect(refusal(aTotal({ reached: 899 }))).toBeNull();
    expect(refusal(aTotal({ reached: 900 }))).toEqual({
      kind: "daily-loss",
      scope: "total",
      reached: 900,
      limit: dollars(1_000),
      until: END,
    });
    expect(refusal(null)).toBeNull();
  });

  it("do not lock where neither has such a limit any more", () => {
    const view = viewOf(remembering({ reached: 1_000 }), { total: aTotal({ reached: 1_000 }) });
    expect(refuseDay(rulesWith({}), view, moment())).toBeNull();
    expect(refuseDay(rulesWith({ total: { exposure: {} } }), view, moment())).toBeNull();
  });
});

describe("a breaker that tripped", () => {
  const tripped = { breaker: "errors", at: NOW, until, measured: 4, limit: 3 } as const;
  const refusal = (at: number, plannedAt?: number) => {
    const trade = aTrade({ plannedAt: millis(plannedAt ?? 0) }, aPlan(), 7);
    const view = viewOf(remembering({ tripped: [tripped] }), {
      openTrades: plannedAt === undefined ? [] : [trade],
    });
    return refuseDay(rulesWith({}), view, moment(millis(at)));
  };

  it("refuses with what it measured, up to its end", () => {
    const breaker = { kind: "breaker", breaker: "errors", measured: 4, limit: 3, until };
    expect(refusal(until - 1)).toEqual(breaker);
    expect(refusal(until)).toBeNull();
  });

  it("then lets one trade prove it, and nothing beside that trade", () => {
    const proving = { kind: "half-open", breaker: "errors", trade: 7 };
    expect(refusal(until + 5, until)).toEqual(proving);
    // One from before it tripped proves nothing, and is in nobody's way.
    expect(refusal(until + 5, until - 1)).toBeNull();
  });

  it("asks for no proof where its kind needs none", () => {
    const drawdown = { ...tripped, breaker: "drawdown" } as const;
    const view = viewOf(remembering({ tripped: [drawdown] }), {
      openTrades: [aTrade({ plannedAt: later(90_000) })],
    });
    expect(refuseDay(rulesWith({}), view, moment(later(90_000)))).toBeNull();
  });
});

describe("entries in haste", () => {
  const rules = rulesWith({ entriesPerMinute: 2 });
  const refusal = (...agos: readonly number[]) => {
    const entries = agos.map((ago) => millis(NOW - ago));
    return refuseDay(rules, viewOf(remembering({ entries })), moment());
  };

  it("are refused while as many as allowed are not yet a minute old", () => {
    expect(refusal()).toBeNull();
    expect(refusal(0)).toBeNull();
    expect(refusal(59_999, 0)).toEqual({ kind: "entries-per-minute", taken: 2, limit: 2 });
    expect(refusal(60_000, 0)).toBeNull();
    expect(refusal(90_000, 59_999, 1, 0)).toMatchObject({ taken: 3 });
  });

  it("are nobody's business without such a limit", () => {
    const account = remembering({ entries: [NOW, NOW, NOW] });
    expect(refuseDay(rulesWith({}), viewOf(account), moment())).toBeNull();
  });
});

describe("the parts of an alert", () => {
  const bySize = { A: { tradesPerDay: 1 } };
  const bySource = { discord: { tradesPerDay: 2 }, "#futures": { dailyLoss: dollars(90) } };
  const discord = { name: "source discord", key: "discord", limits: bySource.discord };
  const sizeA = { name: "size A", key: "size A", limits: bySize.A };

  it("are the sources and the letter that have limits of their own, sources first", () => {
    const rules = rulesWith({ bySize, bySource });
    expect(partsOf(rules, "A", ["discord", "elsewhere"])).toEqual([discord, sizeA]);
    expect(partsOf(rules, "A", ["elsewhere"])).toEqual([sizeA]);
    expect(partsOf(rules, "B", ["discord"])).toEqual([discord]);
    expect(partsOf(rules, null, ["#futures", "discord"])).toEqual([
      { name: "source #futures", key: "#futures", limits: bySource["#futures"] },
      discord,
    ]);
  });

  it("are none where nothing was said of sources, or of letters", () => {
    expect(partsOf(rulesWith({}), "A", ["discord"])).toEqual([]);
    expect(partsOf(rulesWith({ bySize }), "A", ["discord"])).toEqual([sizeA]);
    expect(partsOf(rulesWith({ bySource }), "A", ["discord"])).toEqual([discord]);
  });
});

describe("a source or a letter with limits of its own", () => {
  const part = (limits: Part["limits"]): Part => ({ name: "size A", key: "size A", limits });
  const tallyOf = (size: SizeLetter, trades: number, net: number): Tally => ({
    ...{ source: "chat-file", channel: "alerts", size, trades, net: dollars(net) },
  });
  const refusal = (limits: Part["limits"], trades: number, net: number) => {
    const tallies = [tallyOf("A", trades, net)];
    const view = viewOf(remembering({ tallies }, { realisedToday: dollars(1_000) }));
    return refuseDay(rulesWith({}), view, moment(NOW, [part(limits)]));
  };

  it("takes so many trades a day", () => {
    const limits = { tradesPerDay: 2 };
    expect(refusal(limits, 1, -900)).toBeNull();
    const refused = { kind: "part-trades", part: "size A", taken: 2, limit: 2 };
    expect(refusal(limits, 2, 900)).toEqual(refused);
    expect(refusal(limits, 3, 0)).toMatchObject({ taken: 3 });
  });

  it("may lose so much a day, of what the account held when it began", () => {
    const limits = { dailyLoss: { ofBalance: 20 } };
    expect(refusal(limits, 9, -97.99)).toBeNull();
    expect(refusal(limits, 9, 98)).toBeNull();
    expect(refusal(limits, 9, -98)).toEqual({
      kind: "part-loss",
      part: "size A",
      of: "day",
      loss: dollars(98),
      limit: dollars(98),
    });
  });

  it("has used nothing up before its first trade, and nothing of what others took", () => {
    const view = viewOf(anAccount());
    const limits = { tradesPerDay: 1, dailyLoss: dollars(1) };
    const at = moment(NOW, [part(limits)]);
    expect(refuseDay(rulesWith({}), view, at)).toBeNull();
    const others = viewOf(remembering({ tallies: [tallyOf("B", 5, -500)] }));
    expect(refuseDay(rulesWith({}), others, at)).toBeNull();
  });

  it("is refused by the second of its parts as well as by the first", () => {
    const tallies = [tallyOf("A", 1, 0)];
    const at = moment(NOW, [
      { name: "source discord", key: "discord", limits: { tradesPerDay: 1 } },
      part({ tradesPerDay: 1 }),
    ]);
    expect(refuseDay(rulesWith({}), viewOf(remembering({ tallies })), at)).toMatchObject({
      part: "size A",
    });
  });

  it("may lose so much with one trade, and just that much", () => {
    const risked = (risk: number, limits: Part["limits"] = { lossPerTrade: { ofBalance: 20 } }) =>
      refusePartLoss(
        dollars(risk),
        viewOf(anAccount({ realisedToday: dollars(1_000) })),
        moment(NOW, [part({}), part(limits)]),
      );
    expect(risked(98)).toBeNull();
    expect(risked(98.01)).toEqual({
      kind: "part-loss",
      part: "size A",
      of: "trade",
      loss: dollars(98.01),
      limit: dollars(98),
    });
    expect(risked(9_000, { dailyLoss: dollars(1) })).toBeNull();
  });
});

const cuts = (
  quantity: number,
  view: AccountView,
  rules: Rules = someRules(),
  risk = dollars(60 * quantity),
) => cutsBefore({ instrument: MES, quantity, risk }, rules, view, NOW);

describe("an account on probation", () => {
  const live = anAccount({ probation: 2 });

  it("is refused with all it would hold where its one contract is held already", () => {
    const small = anOpenTrade(aPlan({ tranches: aPlan().tranches.slice(0, 1) }));
    expect(cuts(2, viewOf(live, { openTrades: [small] }))).toEqual({
      ok: false,
      error: { kind: "probation", wanted: 3, limit: 1, date: 3, of: 5 },
    });
    expect(cuts(2, viewOf(live, { openTrades: [anOpenTrade()] }))).toMatchObject({
      error: { wanted: 5 },
    });
  });

  it("takes one where it would have taken more", () => {
    expect(cuts(2, viewOf(live))).toEqual({
      ok: true,
      value: [{ why: "probation", from: 2, to: 1, date: 3, of: 5 }],
    });
    expect(cuts(1, viewOf(live))).toEqual({ ok: true, value: [] });
  });
});

describe("a breaker's trade of proof", () => {
  const losses = { breaker: "losses", at: NOW, until: NOW, measured: 3, limit: 3 } as const;
  const view = viewOf(remembering({ tripped: [losses] }));

  it("is the smallest size the letters know, and no larger than what was meant", () => {
    expect(cuts(1, view)).toEqual({ ok: true, value: [] });
    expect(cuts(3, view)).toEqual({
      ok: true,
      value: [{ why: "half-open", from: 3, to: 1, breaker: "losses" }],
    });
    const coarse = rulesWith({}, { kind: "contracts", bySize: { A: 5, B: 3, C: 2 } });
    expect(cuts(5, view, coarse)).toMatchObject({ value: [{ to: 2 }] });
  });

  it("by risk is what the smallest letter's dollars buy, and never nothing", () => {
    const byRisk = (least: number): Rules =>
      rulesWith(
        {},
        { kind: "risk", bySize: { A: dollars(600), B: dollars(400), C: dollars(least) } },
      );
    expect(cuts(5, view, byRisk(130))).toMatchObject({ value: [{ from: 5, to: 2 }] });
    expect(cuts(5, view, byRisk(59))).toMatchObject({ value: [{ from: 5, to: 1 }] });
    // A risk that does not divide is rounded against the trade: 60.01 each, and 120 buy one.
    expect(cuts(5, view, byRisk(120), money(dollars(300) + 1))).toMatchObject({
      value: [{ to: 1 }],
    });
  });
});

describe("half the size", () => {
  const own = rulesWith({ dailyLoss: loss({ ofBalance: 100 }) });
  const down = (reached: number) =>
    viewOf(remembering({ reached }, { realisedToday: dollars(-1_000) }));

  it("is all an account gets from its step on, rounded down, and one stays one", () => {
    expect(cuts(5, down(749), own)).toEqual({ ok: true, value: [] });
    expect(cuts(5, down(750), own)).toEqual({
      ok: true,
      value: [
        {
          why: "half-size",
          from: 5,
          to: 2,
          scope: "account",
          share: 750,
          limit: dollars(510),
        },
      ],
    });
    expect(cuts(2, down(750), own)).toMatchObject({ value: [{ from: 2, to: 1 }] });
    expect(cuts(1, down(750), own)).toEqual({ ok: true, value: [] });
  });

  it("is all anybody gets once the limit over all accounts has come so far", () => {
    const rules = rulesWith({ total: { dailyLoss: loss({ ofBalance: 100 }) } });
    const all = (reached: number) => viewOf(anAccount(), { total: aTotal({ reached }) });
    expect(cuts(4, all(749), rules)).toEqual({ ok: true, value: [] });
    expect(cuts(4, all(800), rules)).toEqual({
      ok: true,
      value: [
        {
          why: "half-size",
          from: 4,
          to: 2,
          scope: "total",
          share: 800,
          limit: dollars(1_000),
        },
      ],
    });
    expect(cuts(4, down(800), rules)).toEqual({ ok: true, value: [] });
  });

  it("is not taken twice, and the account's own is the one that is said", () => {
    const both = rulesWith({
      dailyLoss: loss(dollars(500)),
      total: { dailyLoss: loss(dollars(900)) },
    });
    const view = { ...down(750), total: aTotal({ reached: 800 }) };
    expect(cuts(4, view, both)).toMatchObject({ value: [{ to: 2, scope: "account" }] });
    expect(cuts(4, view, both)).toHaveProperty("value.length", 1);
  });

  it("is not asked for by settings that say nothing of it", () => {
    const view = { ...down(1_000), total: aTotal({ reached: 1_000 }) };
    const never = { half: null, block: null, flatten: null };
    for (const rules of [
      rulesWith({}),
      rulesWith({ total: { exposure: {} } }),
      rulesWith({ dailyLoss: loss(dollars(500), never) }),
    ]) {
      expect(cuts(4, view, rules)).toEqual({ ok: true, value: [] });
    }
  });

  it("comes after the smallest size of a trade of proof", () => {
    const losses = { breaker: "losses", at: NOW, until: NOW, measured: 3, limit: 3 } as const;
    const view = viewOf(remembering({ reached: 800, tripped: [losses] }));
    const rules = rulesWith(
      { dailyLoss: loss(dollars(500)) },
      { kind: "contracts", bySize: { A: 9, B: 6, C: 4 } },
    );
    expect(cuts(9, view, rules)).toMatchObject({
      value: [
        { why: "half-open", from: 9, to: 4 },
        { why: "half-size", from: 4, to: 2 },
      ],
    });
  });
});

describe("what fits into the day", () => {
  const sized = { instrument: MES, quantity: 3, risk: dollars(180) };

  it("is everything where nothing is limited in dollars", () => {
    const large = { ...sized, risk: dollars(9_000) };
    const view = viewOf(anAccount(), { total: aTotal() });
    for (const rules of [rulesWith({}), rulesWith({ total: { exposure: { ES: 1 } } })]) {
      expect(fitDay(large, rules, view, moment())).toEqual({ ok: true, value: null });
    }
  });

  it("is below the account's own limit what it has not lost and what open trades cannot lose", () => {
    const rules = rulesWith({ dailyLoss: loss({ ofBalance: 100 }) });
    const account = anAccount({ realisedToday: dollars(-140) });
    const fits = (openTrades: AccountView["openTrades"]) =>
      fitDay(sized, rules, viewOf(account, { openTrades }), moment());
    expect(fits([])).toEqual({ ok: true, value: null });
    const entry = aTrade({}, aPlan());
    expect(fits([entry])).toEqual({
      ok: true,
      value: {
        why: "room",
        from: 3,
        to: 2,
        scope: "account",
        limit: dollars(501.4),
        lost: dollars(140),
        open: aPlan().risk,
        each: dollars(60),
      },
    });
  });

  it("is below the limit over all accounts what all of them have left", () => {
    const rules = rulesWith({ total: { dailyLoss: loss({ ofBalance: 50 }) } });
    const total = aTotal({ realised: dollars(-250), open: dollars(150) });
    expect(fitDay(sized, rules, viewOf(anAccount(), { total }), moment())).toEqual({
      ok: true,
      value: {
        why: "room",
        from: 3,
        to: 1,
        scope: "total",
        limit: dollars(500),
        lost: dollars(250),
        open: dollars(150),
        each: dollars(60),
      },
    });
    expect(fitDay(sized, rules, viewOf(anAccount()), moment())).toEqual({ ok: true, value: null });
  });

  it("is above the floor of a firm what open trades leave of it, with no limit of one's own", () => {
    const terms = { plan: FIRM_PLAN.id, buffer: dollars(100) };
    const begun = { balance: dollars(48_400), shift: money(0), date: TODAY };
    const account = anAccount({
      balance: begun.balance,
      firm: beginningOf(FIRM_PLAN, terms, begun),
    });
    const reading = {
      plan: FIRM_PLAN,
      product: null,
      late: null,
      news: NO_NEWS,
      one: minis(0.1),
      isCapped: false,
    };
    const fits = (openTrades: AccountView["openTrades"]) =>
      fitDay(sized, rulesWith({}), viewOf(account, { openTrades, reading }), moment());
    expect(fits([])).toEqual({ ok: true, value: null });
    expect(fits([aTrade({}, aPlan())])).toMatchObject({
      value: {
        to: 1,
        scope: "firm-floor",
        limit: dollars(300),
        open: aPlan().risk,
        floor: { cash: dollars(48_400), at: dollars(48_000), buffer: dollars(100) },
      },
    });
  });
});

describe("contracts of one family", () => {
  const refusal = (quantity: number, day: DayLimits, view: AccountView) =>
    refuseExposure({ instrument: MES, quantity, risk: money(0) }, rulesWith(day), view);
  const holding = viewOf(anAccount(), { openTrades: [anOpenTrade()] });

  it("are limited with those the account holds already", () => {
    const day = { exposure: { ES: 4 } };
    expect(refusal(1, day, holding)).toBeNull();
    expect(refusal(2, day, holding)).toEqual({
      kind: "exposure",
      scope: "account",
      family: "ES",
      wanted: 5,
      limit: 4,
    });
    expect(refusal(4, day, viewOf(anAccount()))).toBeNull();
  });

  it("are limited over all accounts with those all of them hold", () => {
    const day = { total: { exposure: { ES: 9 } } };
    const wantedIn: TotalView["wantedIn"] = ({ family }) => (family === "ES" ? 7 : 100);
    const view = viewOf(anAccount(), { total: aTotal({ wantedIn }) });
    expect(refusal(2, day, view)).toBeNull();
    expect(refusal(3, day, view)).toEqual({
      kind: "exposure",
      scope: "total",
      family: "ES",
      wanted: 10,
      limit: 9,
    });
    // The account's own limit is the nearer one, and is the one that is said.
    expect(refusal(3, { ...day, exposure: { ES: 2 } }, view)).toMatchObject({ scope: "account" });
    expect(refusal(3, { ...day, exposure: { ES: 3 } }, view)).toMatchObject({ scope: "total" });
  });

  it("are not limited where the family is not named, or nothing is counted over all", () => {
    const large = viewOf(anAccount(), { total: aTotal({ wantedIn: () => 99 }) });
    const other = { exposure: { NQ: 1 }, total: { exposure: { NQ: 1 } } };
    expect(refusal(9, other, large)).toBeNull();
    expect(refusal(9, {}, large)).toBeNull();
    expect(refusal(9, { total: { dailyLoss: loss(dollars(1)) } }, large)).toBeNull();
    expect(refusal(9, { total: { exposure: { ES: 1 } } }, viewOf(anAccount()))).toBeNull();
    const micro = { instrument: NQ, quantity: 2, risk: money(0) };
    expect(refuseExposure(micro, rulesWith(other), holding)).toMatchObject({
      family: "NQ",
      wanted: 2,
    });
  });
});
