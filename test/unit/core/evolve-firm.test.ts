/** Which trade dates count as traded: those on which something filled, whatever came of it. */
import { expect, it } from "vitest";
import { evolve } from "../../../src/core/evolve.ts";
import { filledOn } from "../../../src/core/evolve-firm.ts";
import { fillId, orderId } from "../../../src/core/model/ids.ts";
import { tradeDate } from "../../../src/core/model/trade-date.ts";
import { contracts, dollars, type Millis, millis } from "../../../src/core/model/units.ts";
import { accountOf, initialState, type State, withAccount } from "../../../src/core/state.ts";
import type { FactOfTrade } from "../../../src/core/track/evolve-trade.ts";
import { ACCOUNT, anAccount, es, TRADE } from "../../kit/builders.ts";
import { aFirmState } from "../../kit/firm-plans.ts";

const AT = {
  friday: millis(Date.parse("2026-11-20T16:00:00Z")),
  monday: millis(Date.parse("2026-11-23T16:00:00Z")),
  tuesday: millis(Date.parse("2026-11-24T16:00:00Z")),
};

const fill = (at: Millis): FactOfTrade => ({
  ...{ at, trade: TRADE, tranche: 0, kind: "EntryFilled", fill: fillId("f1") },
  ...{ order: orderId("o1"), price: es(6326), quantity: contracts(1), fees: dollars(0) },
});

const firm = aFirmState(dollars(48_000));
const house = withAccount(initialState, anAccount({ firm }));
const filled = (state: State, at: Millis): State => filledOn(state, fill(at), ACCOUNT);
const tradedIn = (state: State) => accountOf(state, ACCOUNT).firm?.traded;

it("keeps the first and the last date of fills until a close has counted them", () => {
  expect(tradedIn(house)).toBeUndefined();
  const once = filled(house, AT.friday);
  expect(tradedIn(once)).toEqual(["2026-11-20"]);
  expect(tradedIn(filled(once, AT.friday))).toEqual(["2026-11-20"]);
  const later = filled(filled(once, AT.monday), AT.tuesday);
  expect(tradedIn(later)).toEqual(["2026-11-20", "2026-11-24"]);
});

it("leaves a fill of the date that begins to that date", () => {
  const state = filled(filled(house, AT.friday), AT.monday);
  const day = { ...firm.day, date: tradeDate("2026-11-23") };
  const result = { date: firm.day.date, net: dollars(0), payouts: 0 };
  const about = { at: AT.monday, kind: "FirmDayClosed", account: ACCOUNT, result } as const;
  const closed = evolve(state, { ...about, peak: firm.peak, floor: firm.floor, day });
  expect(tradedIn(closed)).toEqual(["2026-11-23"]);
});

it("asks for a fill, and for an account with a firm", () => {
  const sent: FactOfTrade = { at: AT.friday, trade: TRADE, tranche: 0, kind: "EntrySent" };
  expect(filledOn(house, sent, ACCOUNT)).toBe(house);
  const free = withAccount(initialState, anAccount());
  expect(filled(free, AT.friday)).toBe(free);
});
