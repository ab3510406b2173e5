/** Contracts under the gateway's names, and bars from the prices the venue was fed. */
import { describe, expect, test } from "vitest";
import { INSTRUMENTS } from "../../../../src/core/model/instruments.ts";
import { millis, toDollars } from "../../../../src/core/model/units.ts";
import {
  type Envelope,
  type StandInDesk,
  standInDesk,
  type WireContract,
} from "../../../kit/stand-in.ts";

const search = (desk: StandInDesk, searchText: string, live = false): readonly WireContract[] =>
  desk.call("/api/Contract/search", { searchText, live }).contracts;

test("every product of ours is listed once, with our tick size and value", () => {
  const desk = standInDesk();
  const { contracts } = desk.call("/api/Contract/available", { live: false });
  for (const [root, { tickUnits, decimals, tickValue }] of Object.entries(INSTRUMENTS)) {
    const found = contracts.filter((one) => one.id === desk.idOf(root as never));
    expect(found, root).toMatchObject([
      {
        tickSize: Number((tickUnits / 10 ** decimals).toFixed(decimals)),
        tickValue: toDollars(tickValue),
        activeContract: true,
      },
    ]);
  }
  const symbols = contracts.map((one) => one.symbolId);
  expect(new Set(symbols).size).toBe(symbols.length);
  expect(contracts).toContainEqual({
    id: "CON.F.US.EP.Z26",
    name: "ESZ6",
    description: expect.any(String),
    tickSize: 0.25,
    tickValue: 12.5,
    activeContract: true,
    symbolId: "F.US.EP",
  });
});

test.each([
  ["ES", "EP"],
  ["MES", "MES"],
  ["NQ", "ENQ"],
  ["MNQ", "MNQ"],
  ["YM", "YM"],
  ["RTY", "RTY"],
  ["CL", "CLE"],
  ["MCL", "MCLE"],
  ["NG", "NGE"],
  ["GC", "GCE"],
  ["SI", "SIE"],
  ["SIL", "SIL"],
  ["ZB", "USA"],
  ["ZN", "TYA"],
  ["ZF", "FVA"],
  ["ZT", "TUA"],
  ["6E", "EU6"],
] as const)("%s is called %s there", (root, name) => {
  expect(standInDesk().idOf(root)).toMatch(
    new RegExp(`^CON\\.F\\.US\\.${name}\\.[FGHJKMNQUVXZ]2[67]$`),
  );
});

test("a search finds strangers and the next month, and the wanted one is not first", () => {
  const desk = standInDesk();
  const symbols = new Set(search(desk, "nq").map((one) => one.symbolId));
  for (const one of ["F.US.ENQ", "F.US.MNQ", "F.US.NQM", "F.US.NQG"])
    expect(symbols).toContain(one);
  const mes = search(desk, "MES").filter((one) => one.symbolId === "F.US.MES");
  expect(mes.map((one) => [one.id, one.activeContract])).toEqual([
    ["CON.F.US.MES.H27", false],
    ["CON.F.US.MES.Z26", true],
  ]);
  expect(search(desk, "").length).toBe(20);
  expect(search(desk, "F.US.MES")).toHaveLength(2);
  expect(search(desk, "CON.F.US.MES.Z26")).toHaveLength(1);
  expect(search(desk, "us").map((one) => one.symbolId)).toEqual(["F.US.USA", "F.US.USA"]);
  expect(search(desk, "ZZZZ")).toEqual([]);
});

test("simulated accounts have no live contracts", () => {
  const desk = standInDesk();
  expect(search(desk, "MES", true)).toEqual([]);
  expect(desk.call("/api/Contract/available", { live: true }).contracts).toEqual([]);
});

test("a contract is found by its id, expired or foreign too", () => {
  const desk = standInDesk();
  const byId = (contractId: string) => desk.call("/api/Contract/searchById", { contractId });
  expect(byId("CON.F.US.MES.Z26").contract).toMatchObject({ name: "MESZ6", activeContract: true });
  expect(byId("CON.F.US.MES.M26").contract).toMatchObject({ activeContract: false });
  expect(byId("CON.F.US.NQG.Z26").contract).toMatchObject({ name: "QGZ6", tickSize: 0.005 });
  const none = { contract: null, success: false, errorCode: 1, errorMessage: null };
  for (const id of ["CON.F.US.XYZ.Z26", "CON.F.US.MES.F26", "MES"]) expect(byId(id)).toEqual(none);
});

test("the active contract changes on its roll date", () => {
  expect(standInDesk({ at: "2026-12-11T15:00:00Z" }).contract).toBe("CON.F.US.MES.Z26");
  expect(standInDesk({ at: "2026-12-14T15:00:00Z" }).contract).toBe("CON.F.US.MES.H27");
});

describe("S14 bars", () => {
  const ask = (desk: StandInDesk, more: object = {}): Envelope =>
    desk.call("/api/History/retrieveBars", {
      contractId: desk.contract,
      live: false,
      startTime: "2026-11-01T00:00:00Z",
      endTime: "2026-12-31T00:00:00Z",
      unit: 2,
      unitNumber: 1,
      limit: 20_000,
      includePartialBar: false,
      ...more,
    });

  /** A price a second for three minutes and a half. */
  function fedDesk(): StandInDesk {
    const desk = standInDesk();
    for (let second = 0; second < 210; second += 1) {
      desk.price(6300 + (second % 60) * 0.25);
      desk.advance(1_000);
    }
    return desk;
  }

  test("come newest first, without the unfinished one unless asked for", () => {
    const desk = fedDesk();
    const { bars } = ask(desk);
    expect(bars).toHaveLength(3);
    expect(bars[0]).toEqual({
      t: "2026-11-20T15:02:00.000000+00:00",
      o: 6300,
      h: 6314.75,
      l: 6300,
      c: 6314.75,
      v: 60,
    });
    const all = ask(desk, { includePartialBar: true }).bars;
    expect(all[0]).toMatchObject({ t: "2026-11-20T15:03:00.000000+00:00", v: 30 });
    expect(ask(desk, { limit: 2 }).bars.map((one) => one.t)).toEqual(
      bars.slice(0, 2).map((one) => one.t),
    );
    const window = { startTime: "2026-11-20T15:01:00Z", endTime: "2026-11-20T15:02:00Z" };
    expect(ask(desk, window).bars).toHaveLength(1);
  });

  test("come in every unit", () => {
    const desk = fedDesk();
    const at = (unit: number, unitNumber = 1) =>
      ask(desk, { unit, unitNumber, includePartialBar: true }).bars.map((one) =>
        one.t.slice(0, 16),
      );
    expect(at(1, 30)).toHaveLength(7);
    expect(at(3)).toEqual(["2026-11-20T15:00"]);
    expect(at(4)).toEqual(["2026-11-19T23:00"]);
    expect(at(4, 7)).toHaveLength(1);
    expect(at(5)).toEqual(["2026-11-13T23:00"]);
    expect(
      ask(desk, { unit: 6, includePartialBar: true, startTime: "2026-10-01T00:00:00Z" }).bars[0]?.t,
    ).toContain("2026-10-30T22:00");
    expect(at(7, 100)).toHaveLength(3);
    expect(ask(desk, { unit: 7, unitNumber: 100 }).bars).toHaveLength(2);
    expect(ask(desk, { unit: 7, unitNumber: 70 }).bars).toHaveLength(3);
  });

  test.each([
    [1, { contractId: "CON.F.US.XYZ.Z26" }],
    [2, { unit: 0 }],
    [2, { unit: 8 }],
    [3, { unitNumber: 0 }],
    [4, { limit: 0 }],
    [4, { limit: 20_001 }],
  ])("are null with code %i for %o", (errorCode, more) => {
    expect(ask(standInDesk(), more)).toEqual({
      bars: null,
      success: false,
      errorCode,
      errorMessage: null,
    });
  });

  test("of the live kind there are none, and of what nobody fed neither", () => {
    expect(ask(fedDesk(), { live: true }).bars).toEqual([]);
    expect(ask(standInDesk()).bars).toEqual([]);
  });

  test("history may be fed, and what lies ahead is played at its time", () => {
    const desk = standInDesk();
    const now = desk.clock.now();
    const fed = desk.venue.feed(desk.contract, [
      { at: millis(now - 120_000), last: 6300, high: 6302, low: 6299, volume: 9 },
      { at: millis(now - 60_000), last: 6301 },
      { at: millis(now + 1_000), last: 6310, high: 6312, low: 6305 },
      { at: millis(now + 2_000), last: 6311 },
    ]);
    expect(fed.ok).toBe(true);
    expect(ask(desk).bars).toMatchObject([
      { o: 6301, c: 6301, v: 1 },
      { o: 6299, h: 6302, l: 6299, c: 6300, v: 27 },
    ]);
    expect(desk.place().success).toBe(false);
    desk.advance(1_000);
    expect(desk.place().success).toBe(true);
    expect(desk.trades()[0]?.price).toBe(6310.25);
    desk.advance(1_000);
    expect(ask(desk, { includePartialBar: true }).bars[0]).toMatchObject({
      o: 6305,
      h: 6312,
      l: 6305,
      c: 6311,
    });
    desk.venue.feed(desk.contract, [{ at: millis(now + 9_000), last: 6400 }]);
    desk.venue.close();
    desk.advance(60_000);
  });

  test("what is no price is refused, and so is a product without a market", () => {
    const { venue, contract } = standInDesk();
    const at = millis(0);
    expect(venue.setQuote(contract, { last: 6300.1 })).toMatchObject({ ok: false });
    expect(venue.setQuote("CON.F.US.NQG.Z26", { last: 3 })).toMatchObject({ ok: false });
    expect(venue.feed(contract, [{ at, last: 6300, bid: Number.NaN }])).toMatchObject({
      ok: false,
    });
    expect(venue.feed("x", [{ at, last: 3 }])).toMatchObject({ ok: false });
  });

  test("the oldest seconds go when there are too many", () => {
    const desk = standInDesk();
    const start = desk.clock.now() - 200_000_000;
    const quotes = Array.from({ length: 181_000 }, (_, index) => ({
      at: millis(start + index * 1_000),
      last: 6300,
    }));
    desk.venue.feed(desk.contract, quotes);
    const { bars } = ask(desk, { unit: 3, includePartialBar: true });
    const volume = bars.reduce((sum, one) => sum + one.v, 0);
    expect(volume).toBeLessThan(181_000);
    expect(volume).toBeGreaterThanOrEqual(90_000);
  });
});

test("the venue may be made to misstate a contract", () => {
  const desk = standInDesk();
  desk.venue.misstate(desk.contract, { tickSize: 0.5 });
  const { contract } = desk.call("/api/Contract/searchById", { contractId: desk.contract });
  expect(contract).toMatchObject({ tickSize: 0.5, tickValue: 1.25 });
  const found = search(desk, "MES").find((one) => one.id === desk.contract);
  expect(found?.tickSize).toBe(0.5);
  const { contracts } = desk.call("/api/Contract/available", { live: false });
  expect(contracts).toContainEqual(contract);
});
