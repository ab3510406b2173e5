import { describe, expect, it } from "vitest";
import { feePerSide } from "../../../../src/core/model/fees.ts";
import { priceToTicks, type Root, worthOf } from "../../../../src/core/model/instrument.ts";
import {
  INSTRUMENTS,
  instrumentOf,
  isRoot,
  microOf,
  pointValue,
} from "../../../../src/core/model/instruments.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { toDollars } from "../../../../src/core/model/units.ts";
import oracle from "../../../data/domain-oracle.json" with { type: "json" };

/** The day the examples' fee table was read. */
const TABLE_DATE = tradeDate("2026-09-23");

/** The two notes the oracle leaves out, from what the gateway reports for them. */
const shortNotes = {
  ZF: { exchange: "CBOT", tickSize: 0.0078125, tickValue: 7.8125, pointValue: 1000 },
  ZT: { exchange: "CBOT", tickSize: 0.00390625, tickValue: 7.8125, pointValue: 2000 },
};
const specifications = {
  ...oracle.contracts,
  ZF: { ...shortNotes.ZF, months: "HMUZ", family: "ZF" },
  ZT: { ...shortNotes.ZT, months: "HMUZ", family: "ZT" },
};

const ticksOf = (root: Root, points: number): number => {
  const read = priceToTicks(instrumentOf(root), points);
  if (!read.ok) throw new Error(`${points} is ${read.error} in ${root}`);
  return read.value;
};

describe("the table of instruments", () => {
  it.each(Object.entries(specifications))("%s is as the exchange specifies it", (root, wanted) => {
    const instrument = instrumentOf(root as Root);

    expect(instrument.root).toBe(root);
    expect(instrument.exchange).toBe(wanted.exchange);
    expect(instrument.family).toBe(wanted.family);
    expect(instrument.months).toBe(wanted.months);
    expect(instrument.tickUnits / 10 ** instrument.decimals).toBe(wanted.tickSize);
    expect(toDollars(instrument.tickValue)).toBe(wanted.tickValue);
    expect(toDollars(pointValue(instrument))).toBe(wanted.pointValue);
  });

  it("holds exactly the products of the specification, each under its own name", () => {
    expect(Object.keys(INSTRUMENTS).sort()).toEqual(Object.keys(specifications).sort());
  });

  it("writes a tick of each product with no more decimals than it needs", () => {
    for (const { root, tickUnits, decimals } of Object.values(INSTRUMENTS)) {
      expect([root, decimals === 0 || tickUnits % 10 !== 0]).toEqual([root, true]);
    }
  });

  it("keeps a mini and its micro in one family and one group", () => {
    for (const { group, family } of Object.values(INSTRUMENTS)) {
      expect(instrumentOf(family).group).toBe(group);
    }
  });

  it("groups by what shares holidays and expiry customs", () => {
    const groups = Object.values(INSTRUMENTS).map(({ root, group }) => `${root} ${group}`);

    expect(groups.join(", ")).toBe(
      "ES equity, MES equity, NQ equity, MNQ equity, YM equity, MYM equity, RTY equity, " +
        "M2K equity, CL energy, MCL energy, NG energy, GC metals, MGC metals, SI metals, " +
        "SIL metals, ZB rates, ZN rates, ZF rates, ZT rates, 6E fx, M6E fx",
    );
  });
});

describe("a typed word", () => {
  it("names an instrument only in its exact spelling", () => {
    expect(["ES", "M6E", "6E"].every(isRoot)).toBe(true);
    expect(["es", "ESZ6", "", "toString", "__proto__"].some(isRoot)).toBe(false);
  });
});

describe("profit and loss", () => {
  it.each(oracle.pnlExamples)("$side $qty $symbol from $entry to $exit is $gross", (trade) => {
    const root = trade.symbol as Root;
    const sign = trade.side === "long" ? 1 : -1;
    const moved = sign * (ticksOf(root, trade.exit) - ticksOf(root, trade.entry));
    const gross = worthOf(instrumentOf(root), moved, trade.qty);
    const fee = feePerSide({ kind: "table" }, root, TABLE_DATE);

    expect(toDollars(gross)).toBe(trade.gross);
    expect((gross - 2 * trade.qty * fee) / 10_000).toBe(trade.net);
  });
});

it("a mini has a micro where one is listed, and the point values say how many make one", () => {
  const said = (root: Root) => {
    const micro = microOf(instrumentOf(root));
    return micro && `${micro.ratio} ${micro.instrument.root}`;
  };
  expect(["ES", "NQ", "GC", "SI", "6E"].map((root) => said(root as Root))).toEqual([
    "10 MES",
    "10 MNQ",
    "10 MGC",
    "5 SIL",
    "10 M6E",
  ]);
  expect([said("MES"), said("NG")]).toEqual([null, null]);
});
