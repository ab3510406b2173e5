import { describe, expect, it } from "vitest";
import { evolve } from "../../../src/core/evolve.ts";
import { DEFAULT_CONFIG } from "../../../src/core/model/defaults.ts";
import type { Fact, FactOf } from "../../../src/core/model/fact.ts";
import { type AccountId, tradeIdOf, twinOf } from "../../../src/core/model/ids.ts";
import { DEFAULT_SCORE } from "../../../src/core/model/score-table.ts";
import { dollars } from "../../../src/core/model/units.ts";
import { scoreOf } from "../../../src/core/risk/score.ts";
import { initialState, type State, tradeOf } from "../../../src/core/state.ts";
import { ALERT, AT, entered, left, PAPER, planned } from "./sample-trade.ts";

const opened = (account: AccountId): readonly Fact[] => [
  { at: AT, kind: "SettingsAdopted", settings: DEFAULT_CONFIG.settings },
  { at: AT, kind: "AccountOpened", account, balance: dollars(50_000) },
];

const closed = (net: number): FactOf<"TradeClosed"> => ({
  at: AT,
  kind: "TradeClosed",
  trade: tradeIdOf(ALERT, PAPER),
  how: "stop",
  gross: dollars(net),
  fees: dollars(0),
  net: dollars(net),
});

const folded = (account: AccountId, ...facts: readonly Fact[]): State =>
  [...opened(account), planned({}, { account, author: "jo" }), ...facts]
    .map((fact) => ("trade" in fact ? { ...fact, trade: tradeIdOf(ALERT, account) } : fact) as Fact)
    .reduce(evolve, initialState);

const fills = [entered(0, "6326.00", 1), left("stop", 0, "6316.00", 1)];

describe("what an author's alerts have come to", () => {
  it("is folded from the ends of their trades, in thousandths of what was risked", () => {
    // One of the three planned contracts filled: a third of $191.16.
    const { records } = folded(PAPER, ...fills, closed(-63.72));
    expect(records).toEqual([
      {
        source: ALERT.source,
        channel: ALERT.channel,
        author: "jo",
        results: [{ message: ALERT.id, net: -1_000 }],
      },
    ]);
  });

  it("counts a trade that ends again once", () => {
    const again: Fact = { at: AT, kind: "TradeReopened", trade: tradeIdOf(ALERT, PAPER) };
    const { records } = folded(PAPER, ...fills, closed(-63.72), again, closed(31.86));
    expect(records[0]?.results).toEqual([{ message: ALERT.id, net: 500 }]);
  });

  it("leaves out what risked nothing, and the twin on paper", () => {
    expect(folded(PAPER, closed(0)).records).toEqual([]);
    expect(folded(twinOf(PAPER), ...fills, closed(-63.72)).records).toEqual([]);
  });
});

describe("a trade", () => {
  it("keeps the risk score it was planned with, where its journal says one", () => {
    const found = {
      ...{ stop: 956, floor: null, streak: 0, drawdown: 0 },
      ...{ concurrency: 0, volatility: null, time: 0, record: null },
    };
    const score = scoreOf(found, DEFAULT_SCORE);
    const plan = planned({}, { score });
    const state = [...opened(PAPER), plan].reduce(evolve, initialState);
    expect(tradeOf(state, plan.trade).score).toBe(score.total);
    expect("score" in tradeOf(folded(PAPER), plan.trade)).toBe(false);
  });
});
