import { describe, expect, it } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { asking } from "../../../../src/shell/topstepx/asking.ts";
import { flattenAccount } from "../../../../src/shell/topstepx/flatten.ts";
import type { WireOrder, WirePosition } from "../../../../src/shell/topstepx/wire-types.ts";
import { patient } from "../../../kit/patient.ts";
import {
  done,
  type GatewayScript,
  scriptedGateway,
  silence,
} from "../../../kit/scripted-gateway.ts";

const MES = "CON.F.US.MES.Z26";
const AT = "2026-11-20T15:00:00Z";

const position = (change: Partial<WirePosition> = {}): WirePosition => ({
  ...{ id: 1, accountId: 7, contractId: MES, creationTimestamp: AT, type: 1, size: 2 },
  averagePrice: 6326,
  ...change,
});

const order = (id: number, change: Partial<WireOrder> = {}): WireOrder => ({
  ...{ id, accountId: 7, contractId: MES, creationTimestamp: AT, updateTimestamp: null },
  ...{ status: 1, type: 4, side: 1, size: 2, limitPrice: null, stopPrice: 6316 },
  ...{ fillVolume: 0, filledPrice: null, customTag: null, parentOrderId: 1, linkedOrderId: null },
  ...change,
});

interface Venue {
  positions: readonly WirePosition[];
  orders: readonly WireOrder[];
}

function flattening(venue: Venue, change: GatewayScript = {}, patience = 5_000) {
  const clock = virtualClock(millis(Date.parse(AT)));
  const gateway = scriptedGateway(clock, {
    "Position/searchOpen": () => done({ positions: venue.positions }),
    "Order/v2/query": ({ pageOffset = 0 }) =>
      done({ orders: venue.orders.slice(pageOffset, pageOffset + 100) }),
    "Position/closeContract": ({ contractId }) => {
      venue.positions = venue.positions.filter((one) => one.contractId !== contractId);
      return done({});
    },
    "Order/cancel": ({ orderId }) => {
      venue.orders = venue.orders.filter(({ id }) => id !== orderId);
      return done({});
    },
    ...change,
  });
  const said: string[] = [];
  const end = flattenAccount({
    ...{ ask: asking(gateway), clock, accountId: 7, patience: millis(patience) },
    say: (line) => void said.push(line),
  });
  const changes = () =>
    gateway.calls
      .filter(({ name }) => !/search|query/.test(name))
      .map(({ name, asked }) => `${name} ${JSON.stringify(asked)}`);
  return { clock, end, said, changes, gateway };
}

describe("an account", () => {
  it("that is flat is read twice, and nothing is sent", async () => {
    const { clock, end, changes } = flattening({ positions: [], orders: [] });
    expect(await patient(clock, end)).toMatchObject({ isFlat: true, says: /read 2 times/ });
    expect(changes()).toEqual([]);
  });

  it("loses its entries first, then its position, then the legs that a close leaves", async () => {
    const entry = order(9, { parentOrderId: null, side: 0, type: 1 });
    const venue = { positions: [position()], orders: [entry, order(2), order(3, { type: 1 })] };
    const { clock, end, changes, said } = flattening(venue);
    expect((await patient(clock, end)).isFlat).toBe(true);
    expect(
      changes().map((one) => one.replace(/\{.*(?:orderId|contractId)":/, "").replace("}", "")),
    ).toEqual([
      `Position/closeContract "${MES}"`,
      "Order/cancel 9",
      "Order/cancel 2",
      "Order/cancel 3",
    ]);
    expect(said).toContain(`closed 2 ${MES}`);
  });

  it("keeps the stop of a position that cannot be closed, and says so at the end", async () => {
    const closed = { kind: "refused", code: 5, name: "OrderRejected", reason: "closed" } as const;
    const stop = order(2, { parentOrderId: null });
    const entry = order(9, { parentOrderId: null, side: 0 });
    const venue = { positions: [position()], orders: [stop, order(3), entry] };
    const { clock, end, changes, said } = flattening(venue, {
      "Position/closeContract": () => closed,
    });
    const { isFlat, says } = await patient(clock, end);
    expect([isFlat, says]).toEqual([false, `still there: 2 ${MES} long, 2 orders`]);
    expect(said).toContain(`${MES} could not be closed: closed`);
    expect(changes().filter((one) => one.startsWith("Order/cancel"))).toEqual([
      `Order/cancel ${JSON.stringify({ accountId: 7, orderId: 9 })}`,
    ]);
  });

  it("is closed again when a leg filled in between", async () => {
    const venue: Venue = { positions: [position()], orders: [order(2)] };
    let closes = 0;
    const { clock, end } = flattening(venue, {
      "Position/closeContract": () => {
        closes += 1;
        venue.positions = closes === 1 ? [position({ type: 2, size: 1 })] : [];
        return done({});
      },
    });
    expect((await patient(clock, end)).isFlat).toBe(true);
    expect(closes).toBe(2);
  });

  it("that cannot be read is not called flat", async () => {
    const venue = { positions: [], orders: [] };
    for (const name of ["Position/searchOpen", "Order/v2/query"] as const) {
      const { clock, end, said } = flattening(venue, { [name]: () => silence });
      const says = "cannot be read: no answer in 10 s";
      expect(await patient(clock, end)).toEqual({ isFlat: false, says });
      expect(said).toEqual([`${says}; trying on: close it on the platform by hand meanwhile`]);
    }
  });

  it("with more orders than a page loses all of them; a refused cancel is tried again", async () => {
    const orders = Array.from({ length: 130 }, (_, index) => order(index + 1));
    const venue: Venue = { positions: [], orders };
    let refusals = 1;
    const { clock, end, said } = flattening(venue, {
      "Order/cancel": ({ orderId }) => {
        if (refusals-- > 0) return { kind: "refused", code: 5, name: "Unknown", reason: "" };
        venue.orders = venue.orders.filter(({ id }) => id !== orderId);
        return done({});
      },
    });
    expect((await patient(clock, end)).isFlat).toBe(true);
    expect(said).toContain("order 1 could not be cancelled: Unknown (code 5)");
  });
});
