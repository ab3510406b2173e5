import { describe, expect, it } from "vitest";
import type { Account } from "../../../src/core/model/account.ts";
import { tradeIdOf } from "../../../src/core/model/ids.ts";
import type { Rules } from "../../../src/core/model/rules.ts";
import type { Trade } from "../../../src/core/model/trade.ts";
import { dollars, money } from "../../../src/core/model/units.ts";
import { beginningOf } from "../../../src/core/risk/firm-books.ts";
import { sceneOf, tradeTimesOf } from "../../../src/core/scenery.ts";
import { initialState, withAccount, withTrade } from "../../../src/core/state.ts";
import type { Beside } from "../../../src/core/track/scene.ts";
import { newTurn } from "../../../src/core/turn.ts";
import {
  ACCOUNT,
  anAccount,
  anOpenTrade,
  aPlan,
  aShortPlan,
  aTrade,
  es,
  MESSAGE,
  NOW,
  someFills,
  someRules,
  TODAY,
  withTranche,
} from "../../kit/builders.ts";
import { FIRM_PLAN } from "../../kit/firm-plans.ts";

const other = (trade: Trade): Trade => ({
  ...trade,
  id: tradeIdOf({ ...MESSAGE, id: "other" }, ACCOUNT),
});

const reversed = (trade: Trade): Trade => ({
  ...trade,
  exit: {
    ...{ reason: "reversed", since: NOW, tries: 0, triedAt: NOW },
    ...{ closeAskedAt: null, closeTries: 0 },
  },
});

function besideOf(trade: Trade, ...others: readonly Trade[]): Beside {
  const open = [trade, ...others].map(({ id }) => id);
  const account: Account = anAccount({ open });
  const state = [trade, ...others].reduce(withTrade, withAccount(initialState, account));
  return sceneOf(newTurn(state, NOW, []), trade).beside;
}

describe("what is beside a trade", () => {
  it("is another one of its contract, by its side", () => {
    expect(besideOf(anOpenTrade())).toBe("nothing");
    expect(besideOf(anOpenTrade(), other(anOpenTrade()))).toBe("same-side");
    expect(besideOf(anOpenTrade(), other(anOpenTrade(aShortPlan())))).toBe("opposite");
    expect(besideOf(anOpenTrade(), other(reversed(anOpenTrade())))).toBe("reversed");
    const elsewhere = anOpenTrade(aPlan({ contract: "CLF27" }));
    expect(besideOf(anOpenTrade(), other(elsewhere))).toBe("nothing");
  });

  it("may yet fill, which is as good as held; but not where what left too often is bought back", () => {
    expect(besideOf(anOpenTrade(), other(aTrade()))).toBe("same-side");
    expect(besideOf(reversed(anOpenTrade()), other(aTrade()))).toBe("nothing");
    expect(besideOf(reversed(anOpenTrade()), other(anOpenTrade()))).toBe("same-side");
    // Held in one tranche and sold too much in another: nothing together, and not nothing.
    const even = [1, 2].reduce(
      (trade, quantity, index) =>
        withTranche(trade, index, { exited: someFills(3 - quantity, es(6320)) }),
      anOpenTrade(),
    );
    expect(besideOf(reversed(anOpenTrade()), other(even))).toBe("same-side");
  });
});

describe("the hours a trade is held in", () => {
  const firm = beginningOf(
    FIRM_PLAN,
    { plan: FIRM_PLAN.id, buffer: dollars(100) },
    { balance: dollars(50_000), shift: money(0), date: TODAY },
  );
  const iso = (at: number | null | undefined): string => new Date(at ?? 0).toISOString();

  function timesIn(rules: Rules, account: Account = anAccount({ firm, rules: "default" })) {
    const settings = {
      ruleSets: { default: rules },
      accounts: [],
      plans: { [FIRM_PLAN.id]: FIRM_PLAN },
    };
    const trade = anOpenTrade();
    const state = withAccount({ ...initialState, settings }, account);
    const { entriesEnd, leaveBy } = tradeTimesOf(state, trade, NOW);
    return [iso(entriesEnd), iso(leaveBy?.at)];
  }
  const { hours, ...bare } = someRules();
  if (hours === undefined) throw new Error("the usual rules keep hours");

  it("are those of the house where they end earlier than the firm's", () => {
    const early = { ...hours, entriesUntil: 14 * 60, flatFrom: 14 * 60 + 30 };
    const times = ["2026-11-19T20:00:00.000Z", "2026-11-19T20:30:00.000Z"];
    expect(timesIn({ ...bare, hours: early })).toEqual(times);
  });

  it("are the firm's where those end earlier, or the house has none", () => {
    const times = ["2026-11-19T21:00:00.000Z", "2026-11-19T21:05:00.000Z"];
    const late = { ...hours, entriesUntil: 15 * 60 + 30, flatFrom: 15 * 60 + 40, news: null };
    expect(timesIn({ ...bare, hours: late })).toEqual(times);
    expect(timesIn({ ...bare, hours: { ...late, flatFrom: null } })).toEqual(times);
    expect(timesIn(bare)).toEqual(times);
  });

  it("are kept by an account whose looser rules wait for the next trade date", () => {
    const kept = { "default until 2026-11-19 (1)": someRules() };
    const account = anAccount({ rules: "default until 2026-11-19 (1)" });
    const state = withAccount({ ...initialState, kept }, account);
    const { leaveBy } = tradeTimesOf(state, anOpenTrade(), NOW);
    expect(iso(leaveBy?.at)).toBe("2026-11-19T21:05:00.000Z");
  });

  it("are none where the venue never closes and nobody keeps any", () => {
    const account = anAccount({ firm, rules: "default", sessions: "always-open" });
    expect(timesIn(bare, account)).toEqual([iso(0), iso(0)]);
  });
});
