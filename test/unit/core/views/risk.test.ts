import { describe, expect, it } from "vitest";
import type { FirmPlan, NewsRule } from "../../../../src/core/model/firm-plan.ts";
import type { FirmState } from "../../../../src/core/model/firm-state.ts";
import { accountId, twinOf } from "../../../../src/core/model/ids.ts";
import type { News } from "../../../../src/core/model/news.ts";
import type { Rules } from "../../../../src/core/model/rules.ts";
import { dollars, millis, money } from "../../../../src/core/model/units.ts";
import { beginningOf } from "../../../../src/core/risk/firm-books.ts";
import { riskOf } from "../../../../src/core/risk/memory.ts";
import { limitsView, renderLimits } from "../../../../src/core/views/limits.ts";
import { type RiskAccount, renderRisk, riskViews } from "../../../../src/core/views/risk.ts";
import {
  anAccount,
  anOpenTrade,
  aPlan,
  aQuote,
  aTrade,
  es,
  later,
  NOW,
  someRules,
  TODAY,
} from "../../../kit/builders.ts";
import { DAILY_LIMIT, FIRM_PLAN } from "../../../kit/firm-plans.ts";

const rules = (limits: Partial<Rules["limits"]> = {}): Rules =>
  someRules({ limits, fees: { kind: "none" } });

const bare = (): Rules => {
  const { limits, ...others } = rules();
  const { dailyLoss, total, consecutiveLosses, entriesPerMinute, breakers, ...known } = limits;
  return { ...others, limits: known };
};

const one = (change: Partial<RiskAccount> = {}): RiskAccount => ({
  account: anAccount(),
  rules: rules(),
  trades: [],
  totalReached: 0,
  plan: null,
  ...change,
});

const shown = (accounts: readonly RiskAccount[], price: number | null = 6320) =>
  riskViews({
    at: NOW,
    accounts,
    news: [],
    quoteOf: () => (price === null ? null : aQuote(es(price))),
  }).map((view) => renderRisk(view));

const open = anOpenTrade(aPlan(), 1);

const CPI: NewsRule = {
  ...{ events: ["cpi"], before: millis(120_000), after: millis(120_000) },
  action: { kind: "flat" },
};

describe("what stands between an account and its limits", () => {
  it("is everything on a fresh day", () => {
    expect(shown([one()])).toEqual([
      [
        "Paper, trade date 2026-11-19",
        "  daily loss       $0.00 of $500.00 lost (0%), $250.00 to warn at 50%, $500.00 to the limit",
        "  next entry       may lose $200.00",
        "  losses in a row  0 of 3",
        "  trades today     0 of 10",
        "  breakers         all closed",
      ],
    ]);
  });

  it("counts open trades where they stand, and at their stops for the next entry", () => {
    const account = anAccount({ realisedToday: dollars(-100), balance: dollars(49_900) });
    const [lines = []] = shown([one({ account, trades: [open] })]);
    expect(lines[1]).toMatch(/^ {2}daily loss {7}\$19\d\.\d\d of \$500\.00 lost/);
    expect(lines[2]).toMatch(/^ {19}3 MES long: \d+ ticks to the limit$/);
    expect(lines[3]).toMatch(/^ {2}next entry {7}may lose \$2\d\d\.\d\d$/);
    const [entering = []] = shown([one({ account, trades: [aTrade()] })]);
    expect(entering.join()).not.toContain("ticks");
    const [unpriced = []] = shown([one({ account, trades: [open] })], null);
    expect(unpriced[1]).toContain("lost (20%, no price)");
  });

  it("shows the total where several accounts share it, twins by themselves", () => {
    const two = one({ account: anAccount({ id: accountId("two"), name: "Two" }), trades: [open] });
    const twin = one({ account: anAccount({ id: twinOf(accountId("two")), name: "Twin" }) });
    const views = shown([one({ trades: [open], totalReached: 500 }), two, twin]);
    expect(views[0]?.[3]).toContain("  all accounts");
    expect(views[0]?.[4]).toMatch(/6 MES long: \d+ ticks/);
    expect(views[2]?.join()).not.toContain("all accounts");
  });

  it("shows a total that is tighter than the account's own", () => {
    const steps = { warn: [], half: null, block: null, flatten: null };
    const total = { dailyLoss: { limit: dollars(150), steps } };
    const [lines = []] = shown([one({ rules: rules({ total }) })]);
    expect(lines[2]).toBe("  all accounts     $0.00 of $150.00 lost (0%), $150.00 to the limit");
    expect(lines[3]).toBe("  next entry       may lose $150.00");
  });

  it("says until when nothing is entered, and which breakers are not closed", () => {
    const until = later(60_000);
    const tripped = { at: NOW, until, measured: 3, limit: 3 };
    const risk = {
      ...riskOf({}),
      reached: 1_000,
      streak: 3,
      lock: { until, scope: "account", reached: 900, limit: dollars(500) } as const,
      tripped: [
        { ...tripped, breaker: "losses" } as const,
        { ...tripped, breaker: "errors", until: NOW } as const,
        { ...tripped, breaker: "drawdown", until: NOW } as const,
      ],
    };
    const [lines = []] = shown([one({ account: anAccount({ risk }) })]);
    expect(lines.slice(1)).toEqual([
      "  daily loss       $0.00 of $500.00 lost (0%), $500.00 to the limit",
      "  next entry       none before Thursday 09:01 CT",
      "  losses in a row  3 of 3",
      "  trades today     0 of 10",
      "  breaker losses   open: 3 losing trades in a row, limit 3; until Thursday 09:01 CT",
      "  breaker errors   half-open: 3 orders refused or unanswered, limit 3; until Thursday 09:00 CT",
    ]);
    const gone = { ...risk, lock: { ...risk.lock, until: millis(NOW - 1) } };
    expect(shown([one({ account: anAccount({ risk: gone }) })])[0]?.[2]).toContain("may lose");
  });

  it("says where nothing is limited, and what is left of an account without rules", () => {
    const [free = []] = shown([one({ rules: bare() })]);
    expect(free.slice(1, 4)).toEqual([
      "  daily loss       not limited",
      "  next entry       may lose $200.00",
      "  losses in a row  0, not limited",
    ]);
    const account = anAccount({ tradesToday: 10 });
    expect(shown([one({ account })])[0]?.[2]).toBe(
      "  next entry       none: every trade of the day is taken",
    );
    const [none = []] = shown([one({ rules: null, trades: [open] })]);
    expect(none[1]).toBe("  daily loss       not limited");
    expect(none[2]).toBe("  next entry       not limited");
  });
});

describe("the limits of an account", () => {
  it("are listed one a line, in dollars as well where they are parts", () => {
    const view = limitsView({
      account: anAccount(),
      rules: rules({
        dailyLoss: {
          limit: { ofBalance: 100 },
          steps: { warn: [], half: 750, block: null, flatten: 1_000 },
        },
        exposure: { ES: 3 },
        total: { exposure: { ES: 6 } },
        bySize: { A: { tradesPerDay: 2, lossPerTrade: dollars(90), dailyLoss: { ofBalance: 50 } } },
        bySource: { discord: { lossPerTrade: dollars(90) }, webhook: { tradesPerDay: 1 } },
      }),
    });
    expect(renderLimits(view, 120).map((line) => line.replaceAll(/ +/g, " "))).toEqual([
      "Paper, by the rules default",
      "LIMIT VALUE",
      "loss per trade $200.00",
      "daily loss 1% of the balance: $500.00",
      "its steps half size from 75%, all closed at 100%",
      "daily loss, all accounts off",
      "losses in a row 3",
      "trades a day 10",
      "entries a minute 5",
      "contracts of a family 5",
      "contracts of ES 3",
      "contracts over all accounts of ES 6",
      "size A 2 trades a day, $90.00 a trade, 0.5% of the balance: $250.00 a day",
      "source discord $90.00 a trade",
      "source webhook 1 trades a day",
      "breaker: drawdown $500.00",
      "breaker: errors 5 in 5 min, then 15 min without entries",
      "breaker: slippage mean of 5 fills, 2 ticks",
      "breaker: feed 30 s after an old price",
      "risk score refused from off",
      "size by risk score off",
    ]);
    expect(view.limits[1]).toEqual({
      limit: "daily loss",
      value: "1% of the balance: $500.00",
      usd: 500,
    });
  });

  it("name what the risk score changes", () => {
    const score = {
      cutOff: 80,
      sizeCurve: [
        { from: 50, share: 750 },
        { from: 65, share: 500 },
      ],
    };
    const { limits } = limitsView({ account: anAccount(), rules: { ...rules(), score } });
    expect(limits.slice(-2).map(({ value }) => value)).toEqual(["80", "75% from 50, 50% from 65"]);
  });

  it("have their steps beside them", () => {
    const { limits } = limitsView({ account: anAccount(), rules: rules() });
    expect(limits[2]?.value).toBe(
      "warn 50/75/90%, half size from 75%, no entries from 90%, all closed at 100%",
    );
  });

  it("that are off say so; of an account without rules there are none", () => {
    const values = limitsView({ account: anAccount(), rules: bare() }).limits;
    expect(values.filter(({ value }) => value === "off").map(({ limit }) => limit)).toEqual([
      "daily loss",
      "daily loss, all accounts",
      "losses in a row",
      "entries a minute",
      "breaker: drawdown",
      "breaker: errors",
      "breaker: slippage",
      "breaker: feed",
      "risk score refused from",
      "size by risk score",
    ]);
    expect(limitsView({ account: anAccount(), rules: null }).limits).toEqual([]);
  });
});

describe("the firm of an account", () => {
  const plan: FirmPlan = { ...FIRM_PLAN, dailyLimit: DAILY_LIMIT };
  const begun = beginningOf(
    plan,
    { plan: plan.id, buffer: dollars(100) },
    { balance: dollars(50_000), shift: money(0), date: TODAY },
  );
  const following = (change: Partial<FirmState> = {}): RiskAccount => {
    const firm = { ...begun, ...change };
    return one({ account: anAccount({ balance: dollars(49_850), firm }), plan });
  };
  const linesFor = (account: RiskAccount): readonly string[] =>
    shown([account])
      .flat()
      .filter((text) => /^ {2}firm|^ {2}next/.test(text));

  it("is shown in dollars, and bounds the next entry", () => {
    expect(linesFor(following())).toEqual([
      "  firm             house/evaluation",
      "  firm floor       $48000.00: $1850.00 above it (7.5% used), $1750.00 until everything is closed",
      "  firm daily limit $150.00 of $1000.00 lost (15%), $850.00 to the limit",
      "  firm size        0 of 5 minis held",
      "  next entry       may lose $200.00",
    ]);
    const near = { at: dollars(49_650), lock: dollars(50_000) };
    expect(linesFor(following({ floor: near })).at(-1)).toBe("  next entry       may lose $100.00");
  });

  it("is shown in ticks where something is open", () => {
    const open = { ...following(), trades: [anOpenTrade()] };
    expect(
      shown([open])
        .flat()
        .filter((text) => /until then/.test(text)),
    ).toEqual([expect.stringMatching(/^ +3 MES long: \d+ ticks until then$/)]);
  });

  it("tells the next window of each of its rules around reports, soonest first", () => {
    const report = { source: "a test", verified: TODAY, validUntil: TODAY };
    const hours = (count: number) => millis(NOW + 3_600_000 * count);
    const news: News = [
      { name: "CPI", event: "cpi", times: [hours(2)], ...report },
      { name: "payrolls", event: "payrolls", times: [hours(1)], ...report },
    ];
    const { before, after } = CPI;
    const below: NewsRule = {
      ...{ events: ["payrolls"], before, after, action: { kind: "below-maximum" } },
    };
    const unlisted: NewsRule = { ...CPI, events: ["fomc"] };
    const account = { ...following(), plan: { ...plan, news: [CPI, below, unlisted] } };
    const source = { at: NOW, accounts: [account], news, quoteOf: () => null };
    const [view] = riskViews(source);
    expect(view?.firm?.news.map(({ report: name, asks }) => [name, asks])).toEqual([
      ["payrolls", "below-maximum"],
      ["CPI", "flat"],
    ]);
    expect(riskViews(source).flatMap((one) => renderRisk(one, 120))).toContain(
      "  firm news        CPI on Thursday 2026-11-19 11:00 CT, from Thursday 10:58 CT to Thursday 11:02 CT: nothing is held",
    );
    const nothing = { ...account, plan: { ...plan, news: null } };
    expect(riskViews({ ...source, accounts: [nothing] })[0]?.firm?.news).toEqual([]);
  });

  it("tells of a lock, and of an account that is lost", () => {
    const until = millis(NOW + 8 * 3_600_000);
    const lock = { until, limit: dollars(1_000) };
    expect(linesFor(following({ lock }))[0]).toBe(
      "  firm             house/evaluation: no entries before Thursday 17:00 CT",
    );
    expect(linesFor(following({ lock })).at(-1)).toBe(
      "  next entry       none before Thursday 17:00 CT",
    );
    expect(linesFor(following({ lock: { ...lock, until: NOW } }))[0]).toBe(
      "  firm             house/evaluation",
    );
    const of = "floor" as const;
    const breach = { at: NOW, of, equity: dollars(47_000), level: dollars(48_000) };
    expect(linesFor(following({ breach }))[0]).toBe(
      "  firm             house/evaluation: the account is lost",
    );
    expect(linesFor(following({ breach })).at(-1)).toBe(
      "  next entry       none: the account is lost",
    );
  });

  it("has no daily limit where the plan sets none, and its floor may be locked", () => {
    const day = { ...begun.day, dailyLimit: null };
    const floor = { at: dollars(48_000), lock: dollars(48_000) };
    const lines = linesFor({ ...following({ day, floor }), plan: FIRM_PLAN });
    expect(lines[1]).toMatch(/\$48000.00, locked: /);
    expect(lines[2]).toBe("  firm daily limit none");
  });

  it("is in the limits as well", () => {
    const rows = limitsView(following()).limits.filter(({ limit }) => limit.startsWith("firm"));
    expect(rows).toEqual([
      { limit: "firm", value: "house/evaluation" },
      { limit: "firm: floor", value: "$48000.00", usd: 48_000 },
      { limit: "firm: buffer above it", value: "$100.00", usd: 100 },
      { limit: "firm: daily limit", value: "$1000.00", usd: 1_000 },
      { limit: "firm: size", value: "5 minis" },
      { limit: "firm: flat by", value: "15:10 CT" },
      { limit: "firm: hedging", value: "allowed" },
    ]);
    const asked = { ...following(), plan: { ...plan, news: [CPI] } };
    expect(limitsView(asked).limits).toContainEqual({
      limit: "firm: news",
      value: "2 min before to 2 min after cpi: nothing is held",
    });
    expect(limitsView({ ...asked, plan: { ...plan, news: null } }).limits).toContainEqual({
      limit: "firm: news",
      value: "not known, so nothing is kept",
    });
    const day = { ...begun.day, dailyLimit: null };
    expect(limitsView(following({ day })).limits).toContainEqual({
      limit: "firm: daily limit",
      value: "none",
    });
  });
});
