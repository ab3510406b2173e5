import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { userNews } from "../../../../src/shell/topstepx/user-events.ts";

const ORDER = {
  id: 3_400_000_001,
  accountId: 101,
  contractId: "CON.F.US.MES.Z26",
  symbolId: "F.US.MES",
  creationTimestamp: "2026-11-23T16:00:00.1234567+00:00",
  updateTimestamp: "2026-11-23T16:00:00.1434567+00:00",
  status: 1,
  type: 4,
  side: 1,
  size: 2,
  limitPrice: null,
  stopPrice: 6315.25,
  fillVolume: 0,
  filledPrice: null,
  customTag: "ts-abc-SL",
  parentOrderId: 3_400_000_000,
  linkedOrderId: null,
};

const POSITION = {
  ...{ id: 820_000_001, accountId: 101, contractId: "CON.F.US.MES.Z26" },
  ...{ creationTimestamp: "2026-11-23T16:00:00Z", type: 1, size: 2, averagePrice: 6325.25 },
};

const TRADE = {
  ...{ id: 3_000_000_001, accountId: 101, contractId: "CON.F.US.MES.Z26" },
  ...{ creationTimestamp: "2026-11-23T16:00:00Z", price: 6325.25, profitAndLoss: null },
  ...{ fees: 0.72, commissions: 0.5, side: 0, size: 2, voided: false, orderId: 3_400_000_001 },
};

const ACCOUNT = {
  ...{ id: 101, name: "PRAC-V2-101", balance: 50_123.45 },
  ...{ canTrade: true, isVisible: true, simulated: true },
};

const EVENTS: Readonly<Record<string, object>> = {
  GatewayUserOrder: ORDER,
  GatewayUserPosition: POSITION,
  GatewayUserTrade: TRADE,
  GatewayUserAccount: ACCOUNT,
};

const withoutNulls = (data: object): object =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));

const asText = (data: object): object =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === "number" ? String(value) : value,
    ]),
  );

/** Every shape in which the same event was ever seen. */
const SHAPES: readonly ((data: object) => readonly unknown[])[] = [
  (data) => [data],
  (data) => [{ action: 1, data }],
  (data) => [[data]],
  (data) => [[{ action: 0, data }]],
  (data) => [{ action: 1, data: [data] }],
  (data) => [null, data],
];

const DRESSES = [(data: object) => data, withoutNulls, asText];

describe("events of the user hub", () => {
  test.each([
    ["GatewayUserOrder", "order"],
    ["GatewayUserPosition", "position"],
    ["GatewayUserTrade", "trade"],
    ["GatewayUserAccount", "account"],
  ])("%s tells of one %s, whatever it is wrapped in", (target, kind) => {
    const data = EVENTS[target] ?? {};
    const { symbolId: _, ...kept } = data as Record<string, unknown>;
    for (const shape of SHAPES) {
      for (const dress of DRESSES) {
        expect(userNews(target, shape(dress(data)))).toEqual({
          ok: true,
          value: [{ kind, [kind]: kept }],
        });
      }
    }
  });

  test("tell of a position that is gone, with or without its direction", () => {
    const { type: _, ...flat } = { ...POSITION, size: 0 };
    const gone = {
      ok: true,
      value: [{ kind: "position", position: { ...POSITION, type: 0, size: 0 } }],
    };
    expect(userNews("GatewayUserPosition", [{ action: 2, data: { ...flat, type: 0 } }])).toEqual(
      gone,
    );
    expect(userNews("GatewayUserPosition", [{ action: 2, data: flat }])).toEqual(gone);
  });

  test("name the field at fault and never what stands in it", () => {
    const bad = { ...ORDER, size: "a secret" };
    expect(userNews("GatewayUserOrder", [{ action: 1, data: bad }])).toEqual({
      ok: false,
      error: "GatewayUserOrder[0].size: expected a whole number",
    });
    expect(userNews("GatewayDepth", [])).toEqual({
      ok: false,
      error: "no event of this hub: GatewayDepth",
    });
  });

  test("never throw, whatever is sent", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(EVENTS)),
        fc.array(fc.anything()),
        (name, args) => {
          const news = userNews(name, args);
          expect(typeof news.ok).toBe("boolean");
        },
      ),
      { numRuns: 300 },
    );
  });
});
