import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import {
  contractCode,
  contractNamed,
  contractsFrom,
  firstNoticeDate,
  frontContract,
  holdingEnds,
  lastTradeDate,
  rollDate,
} from "../../../../src/core/model/expiry.ts";
import type { Root } from "../../../../src/core/model/instrument.ts";
import { INSTRUMENTS, instrumentOf } from "../../../../src/core/model/instruments.ts";
import { addDays, type TradeDate, tradeDate } from "../../../../src/core/model/trade-date.ts";
import oracle from "../../../data/domain-oracle.json" with { type: "json" };

/** `CLF26` or `H26` as year and month. */
function monthOf(code: string): [year: number, month: number] {
  return [2000 + Number(code.slice(-2)), "FGHJKMNQUVXZ".indexOf(code.at(-3) ?? "") + 1];
}

const frontOn = (root: Root, date: string): string => frontContract(root, tradeDate(date)).code;

const roots = fc.constantFrom(...(Object.keys(INSTRUMENTS) as Root[]));
const dates = fc
  .integer({ min: 0, max: 6000 })
  .map((days) => addDays(tradeDate("2020-01-01"), days));

describe("the last trade date", () => {
  it.each(oracle.equityIndexExpiries)("of index futures $code is $expiry", (row) => {
    for (const root of ["ES", "MES", "NQ", "MNQ", "YM", "MYM", "RTY", "M2K"] as const) {
      expect(lastTradeDate(root, ...monthOf(row.code))).toBe(row.expiry);
    }
  });

  it.each(oracle.crudeOil)("of $code is $lastTrade, of its micro a business day less", (row) => {
    expect(lastTradeDate("CL", ...monthOf(row.code))).toBe(row.lastTrade);
    expect(lastTradeDate("MCL", ...monthOf(row.code))).toBe(row.mclLastTrade);
  });

  it.each(oracle.natGas)("of $code is $lastTrade", (row) => {
    expect(lastTradeDate("NG", ...monthOf(row.code))).toBe(row.lastTrade);
  });

  it.each(oracle.gold)("of $code is $lastTrade", (row) => {
    expect(lastTradeDate("GC", ...monthOf(row.code))).toBe(row.lastTrade);
    expect(lastTradeDate("MGC", ...monthOf(row.code))).toBe(row.lastTrade);
  });

  it("of silver follows the rule of gold in its own months", () => {
    expect(lastTradeDate("SI", 2026, 12)).toBe("2026-12-29");
    expect(lastTradeDate("SIL", 2026, 12)).toBe("2026-12-29");
    expect(lastTradeDate("SIL", 2027, 1)).toBe("2027-01-27");
  });

  it.each(oracle.treasuries)("of bonds and ten-year notes $code is $lastTrade", (row) => {
    expect(lastTradeDate("ZB", ...monthOf(row.code))).toBe(row.lastTrade);
    expect(lastTradeDate("ZN", ...monthOf(row.code))).toBe(row.lastTrade);
    expect(firstNoticeDate(...monthOf(row.code))).toBe(row.firstNoticeApprox);
  });

  it("of the short notes is the last business day of the month", () => {
    expect(lastTradeDate("ZF", 2026, 12)).toBe("2026-12-31");
    expect(lastTradeDate("ZT", 2026, 12)).toBe("2026-12-31");
    expect(lastTradeDate("ZT", 2026, 3)).toBe("2026-03-31");
  });

  it.each(oracle.euroFx)("of $code is $lastTrade", (row) => {
    expect(lastTradeDate("6E", ...monthOf(row.code))).toBe(row.lastTrade);
    expect(lastTradeDate("M6E", ...monthOf(row.code))).toBe(row.lastTrade);
  });

  it("of a year without a holiday table counts weekdays", () => {
    expect(lastTradeDate("ES", 2031, 3)).toBe("2031-03-21");
    expect(lastTradeDate("CL", 2032, 1)).toBe("2031-12-22"); // Christmas is not known there
  });

  it("exists only for months in which the product is listed", () => {
    expect(() => lastTradeDate("ES", 2026, 1)).toThrow("ES has contracts in month 1");
    expect(() => lastTradeDate("CL", 2026, 0)).toThrow("CL has contracts in month 0");
    expect(() => lastTradeDate("CL", 2026, 13)).toThrow("CL has contracts in month 13");
    expect(() => rollDate("GC", 2026, 3)).toThrow("GC has contracts in month 3");
  });
});

describe("the roll date", () => {
  it.each(oracle.equityIndexExpiries)("of index futures $code is $rollMonday", (row) => {
    expect(rollDate("ES", ...monthOf(row.code))).toBe(row.rollMonday);
    expect(rollDate("M2K", ...monthOf(row.code))).toBe(row.rollMonday);
  });

  it.each([
    ["6E", "H26", "2026-03-16"],
    ["CL", "Z26", "2026-11-17"],
    ["MCL", "Z26", "2026-11-17"],
    ["NG", "Z26", "2026-11-20"],
    ["GC", "Z26", "2026-11-25"],
    ["SIL", "Z26", "2026-11-25"],
    ["ZN", "H26", "2026-02-25"],
    ["ZT", "Z26", "2026-11-25"],
  ] as const)("of %s%s is %s", (root, code, wanted) => {
    expect(rollDate(root, ...monthOf(code))).toBe(wanted);
  });
});

describe("the front contract", () => {
  it("of an index changes on the Monday of expiry week", () => {
    expect(frontOn("MES", "2026-09-11")).toBe("MESU26");
    expect(frontOn("MES", "2026-09-14")).toBe("MESZ26");
    expect(frontOn("ES", "2026-06-12")).toBe("ESM26");
    expect(frontOn("ES", "2026-06-15")).toBe("ESU26");
  });

  it("crosses into the next year", () => {
    expect(frontOn("MES", "2026-12-14")).toBe("MESH27");
    expect(frontOn("CL", "2026-11-17")).toBe("CLF27");
    expect(frontOn("GC", "2026-11-25")).toBe("GCG27");
    expect(frontContract("MES", tradeDate("2026-12-14"))).toEqual({
      root: "MES",
      year: 2027,
      month: 3,
      code: "MESH27",
    });
  });

  it("passes over the quiet months, as the broker's own flag did in September 2026", () => {
    expect(frontOn("GC", "2026-09-29")).toBe("GCZ26");
    expect(frontOn("MGC", "2026-09-29")).toBe("MGCZ26");
    expect(frontOn("SIL", "2026-12-10")).toBe("SILH27");
    expect(frontOn("MCL", "2026-09-29")).toBe("MCLX26");
  });

  it("has never expired, and has not reached its own roll", () => {
    fc.assert(
      fc.property(roots, dates, (root, date) => {
        const { year, month } = frontContract(root, date);
        expect(lastTradeDate(root, year, month) > date).toBe(true);
        expect(rollDate(root, year, month) > date).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("never goes back to an earlier month", () => {
    const monthNumber = (root: Root, date: TradeDate): number => {
      const { year, month } = frontContract(root, date);
      return year * 12 + month;
    };
    fc.assert(
      fc.property(roots, dates, fc.nat(200), (root, date, later) => {
        const then = monthNumber(root, addDays(date, later));
        expect(then).toBeGreaterThanOrEqual(monthNumber(root, date));
      }),
      { numRuns: 200 },
    );
  });

  it("is the same month for a mini and its micro, on every date", () => {
    fc.assert(
      fc.property(roots, dates, (root, date) => {
        const own = frontContract(root, date);
        const mini = frontContract(instrumentOf(root).family, date);
        expect([own.year, own.month]).toEqual([mini.year, mini.month]);
      }),
      { numRuns: 300 },
    );
  });

  it("leaves metals and treasuries before anybody may be given delivery", () => {
    const deliverable = fc.constantFrom<Root>("GC", "MGC", "SI", "SIL", "ZB", "ZN", "ZF", "ZT");
    fc.assert(
      fc.property(deliverable, dates, (root, date) => {
        const { year, month } = frontContract(root, date);
        expect(firstNoticeDate(year, month) > date).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the contracts of a product", () => {
  it("are listed nearest first, the expiring one until its last trade date", () => {
    const codes = (root: Root, date: string): string[] =>
      contractsFrom(root, tradeDate(date), 3).map((contract) => contract.code);

    expect(codes("MES", "2026-09-18")).toEqual(["MESU26", "MESZ26", "MESH27"]);
    expect(codes("MES", "2026-09-19")).toEqual(["MESZ26", "MESH27", "MESM27"]);
    expect(codes("GC", "2026-09-29")).toEqual(["GCV26", "GCZ26", "GCG27"]);
    expect(codes("CL", "2026-11-21")).toEqual(["CLF27", "CLG27", "CLH27"]);
  });

  it("include the front one", () => {
    fc.assert(
      fc.property(roots, dates, (root, date) => {
        const codes = contractsFrom(root, date, 4).map((contract) => contract.code);
        expect(codes).toContain(frontContract(root, date).code);
      }),
      { numRuns: 100 },
    );
  });

  it("are named by root, month code and two digits of the year", () => {
    expect(contractCode("MES", 2026, 12)).toBe("MESZ26");
    expect(contractCode("6E", 2101, 3)).toBe("6EH01");
    expect(() => contractCode("ES", 2026, 13)).toThrow("ES has contracts in month 13");
  });
});

describe("the code of a contract", () => {
  it("leads back to the contract it names", () => {
    expect(contractNamed("MES", "MESZ26")).toEqual({
      root: "MES",
      year: 2026,
      month: 12,
      code: "MESZ26",
    });
    expect(contractNamed("6E", "6EH27")).toMatchObject({ year: 2027, month: 3 });
  });

  it.each([
    ["MES", "MESX26"], // not listed in November
    ["MES", "MESZ6"],
    ["MES", "MNQZ26"],
    ["MES", "MES"],
  ] as const)("%s has no contract %s", (root, code) => {
    expect(contractNamed(root, code)).toBeNull();
  });
});

describe("the end of holding", () => {
  const ends = (root: Root, code: string): string => {
    const contract = contractNamed(root, code);
    if (contract === null) throw new Error(code);
    return holdingEnds(contract);
  };

  it("is the last trade date of what is settled in cash, and of crude", () => {
    expect(ends("MES", "MESZ26")).toBe("2026-12-18");
    expect(ends("6E", "6EZ26")).toBe("2026-12-14");
    expect(ends("MCL", "MCLF27")).toBe("2026-12-18");
  });

  it("is the first notice day of what is delivered, where that comes first", () => {
    expect(ends("GC", "GCZ26")).toBe("2026-11-30");
    expect(ends("ZN", "ZNZ26")).toBe("2026-11-30");
    expect(ends("ZT", "ZTZ26")).toBe("2026-11-30");
  });

  it("never comes before the roll", () => {
    for (const { root, months } of Object.values(INSTRUMENTS)) {
      for (const letter of months) {
        const contract = contractNamed(root, `${root}${letter}27`);
        if (contract === null) throw new Error(root);
        expect(rollDate(root, 2027, contract.month) <= holdingEnds(contract)).toBe(true);
      }
    }
  });
});

describe("another calendar", () => {
  const date = tradeDate("2026-12-16");
  const all = "closed" as const;
  const ends = { equity: all, rates: all, energy: all, metals: all, fx: all };
  const calendar = {
    ...CME_CALENDAR,
    days: [...CME_CALENDAR.days, { date, name: "a day off", businessDay: false, ends }],
  };

  it("moves what is counted back over its days, and only for whoever asks by it", () => {
    expect(lastTradeDate("CL", 2027, 1, calendar)).toBe("2026-12-21");
    expect(rollDate("CL", 2027, 1)).toBe("2026-12-16");
    expect(rollDate("CL", 2027, 1, calendar)).toBe("2026-12-15");
    const front = (by?: typeof calendar) => frontContract("CL", tradeDate("2026-12-15"), by).code;
    expect([front(), front(calendar), front()]).toEqual(["CLF27", "CLG27", "CLF27"]);
  });
});
