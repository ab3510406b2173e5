import { expect, it } from "vitest";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import { dollars, millis } from "../../../../src/core/model/units.ts";
import { cutsBefore, fitDay, refuseDay } from "../../../../src/core/risk/day-limits.ts";
import { riskOf } from "../../../../src/core/risk/memory.ts";
import { anAccount, aQuote, later, NOW, someRules, TODAY } from "../../../kit/builders.ts";

const MES = instrumentOf("MES");
const moment = (at = NOW) => ({
  at,
  tradeDate: TODAY,
  quoteOf: () => aQuote(),
  parts: [],
});
const until = later(60_000);

it("a lock holds to the millisecond, whatever the settings say, and no longer", () => {
  const lock = { until, scope: "account", reached: 900, limit: dollars(500) } as const;
  const account = anAccount({ risk: { ...riskOf({}), lock } });
  const { limits, ...others } = someRules();
  const { dailyLoss, total, entriesPerMinute, ...free } = limits;
  for (const rules of [someRules(), { ...others, limits: free }]) {
    const at = (time: number) =>
      refuseDay(rules, { account, openTrades: [] }, moment(millis(time)));
    expect([NOW, until - 1].map((time) => at(time)?.kind)).toEqual(["daily-loss", "daily-loss"]);
    expect([until, until + 1].map((time) => at(time))).toEqual([null, null]);
  }
});

it("a breaker's trade of proof is no smaller than what was meant", () => {
  const losses = { breaker: "losses", at: NOW, until: NOW, measured: 3, limit: 3 } as const;
  const account = anAccount({ risk: { ...riskOf({}), tripped: [losses] } });
  const cuts = (quantity: number) =>
    cutsBefore(
      { instrument: MES, quantity, risk: dollars(60 * quantity) },
      someRules(),
      { account, openTrades: [] },
      NOW,
    );
  expect(cuts(1)).toEqual({ ok: true, value: [] });
  expect(cuts(3)).toMatchObject({ value: [{ why: "half-open", from: 3, to: 1 }] });
});

it("without limits in dollars there is nothing to fit into", () => {
  const { limits, ...others } = someRules();
  const { dailyLoss, total, ...free } = limits;
  const sized = { instrument: MES, quantity: 3, risk: dollars(9_000) };
  const view = { account: anAccount(), openTrades: [] };
  expect(fitDay(sized, { ...others, limits: free }, view, moment())).toEqual({
    ok: true,
    value: null,
  });
});
