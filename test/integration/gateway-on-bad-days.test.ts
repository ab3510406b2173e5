/**
 * Our own client of the gateway against the stand-in venue over the network, with faults: what it says
 * of a call is laid beside what the venue has in its books.
 */
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/shell/host/clock.ts";
import { LIMITS } from "../../src/shell/topstepx/call-limits.ts";
import type { Called } from "../../src/shell/topstepx/gateway.ts";
import { createGateway } from "../../src/shell/topstepx/gateway-client.ts";
import { httpTransport } from "../../src/shell/topstepx/http-transport.ts";
import { activeId } from "../../src/shell/topstepx-sim/contracts.ts";
import type { FaultName } from "../../src/shell/topstepx-sim/fault-names.ts";
import type { FaultRates } from "../../src/shell/topstepx-sim/fault-odds.ts";
import { withFaults } from "../../src/shell/topstepx-sim/faults.ts";
import { serveStandIn } from "../../src/shell/topstepx-sim/server.ts";
import { DEFAULT_STAND_IN, NO_DELAYS } from "../../src/shell/topstepx-sim/settings.ts";
import { createStandIn } from "../../src/shell/topstepx-sim/venue.ts";
import { silentLog } from "../kit/silent-log.ts";

type Placed = Called<{ readonly orderId: number | null }>;

async function house(rates: FaultRates = {}, seed = 1) {
  const clock = systemClock({ unref: true });
  const settings = { ...DEFAULT_STAND_IN, delays: NO_DELAYS, rates: null };
  const venue = createStandIn({ clock, settings: { ...settings, hours: "always-open" } });
  const contractId = activeId("MES", clock.now());
  venue.setQuote(contractId, { last: 6326 });
  const faults = withFaults({ venue, clock, seed, rates: {} });
  const served = await serveStandIn({ standIn: faults, clock, host: "127.0.0.1", port: 0 });
  if (!served.ok) throw new Error(served.error);
  const http = httpTransport({ restUrl: served.value.url });
  const gateway = createGateway({
    transport: { clock, exchange: http.exchange, connect: () => unused(), close: http.close },
    credentials: { userName: "trader", apiKey: "practice-key" },
    log: silentLog,
    limits: { ...LIMITS, callsMax: 10_000 },
    timeouts: {
      login: 500,
      reduce: 500,
      protect: 500,
      rescue: 500,
      check: 500,
      complete: 500,
      enter: 500,
      read: 500,
      history: 500,
    },
  });
  onTestFinished(async () => {
    gateway.close();
    http.close();
    await served.value.close();
  });
  const placed = (customTag: string): Promise<Placed> =>
    new Promise((resolve) => {
      const order = { accountId: 101, contractId, type: 2, side: 0, size: 1, customTag };
      gateway.call("Order/place", order, "enter", resolve);
    });
  await new Promise<void>((resolve, reject) =>
    gateway.login((result) => (result.ok ? resolve() : reject(new Error(result.error.reason)))),
  );
  for (const [name, rate] of Object.entries(rates)) faults.setRate(name as FaultName, rate);
  const tags = (): readonly unknown[] =>
    venue.dump().orders.map((order) => (order as { customTag: unknown }).customTag);
  return { faults, gateway, placed, tags, venue };
}

const unused = (): never => {
  throw new Error("no hub is used here");
};

describe("an entry", () => {
  test.each<[FaultName, Placed["kind"], number]>([
    ["request-lost", "unknown", 0],
    ["answer-lost", "unknown", 1],
    ["answer-late", "unknown", 1],
    ["fill-first", "done", 1],
    ["executed-late", "unknown", 0],
    ["rate-limited", "unknown", 0],
    ["rate-limited-until", "unknown", 0],
    ["server-error", "unknown", 0],
    ["server-error-executed", "unknown", 1],
    ["unauthorized", "unknown", 0],
    ["forbidden", "unknown", 0],
    ["malformed", "unknown", 1],
  ])("struck by %s ends %s, and %d such order exists", async (name, kind, exists) => {
    // With this seed the answer is later than anybody waits.
    const { faults, placed, tags } = await house({}, 2);
    faults.strike(name, 1, "Order/place");
    expect((await placed("one")).kind).toBe(kind);
    expect(tags()).toEqual(exists === 1 ? ["one"] : []);
    expect(faults.counts()[name]).toBe(1);
  });

  test("that is done exists, one that is refused or not sent does not, whatever strikes", async () => {
    const rate = 0.08;
    const { placed, tags, faults } = await house({
      ...{ "request-lost": rate, "answer-lost": rate, "server-error": rate, malformed: rate },
      ...{ "server-error-executed": rate, forbidden: rate, "fill-first": rate },
    });
    const names = Array.from({ length: 300 }, (_, index) => `entry-${index}`);
    const ends = await Promise.all(names.map((name) => placed(name)));
    const there = new Set(tags());
    expect(there.size).toBe(tags().length);
    const wrong = names.filter((name, index) => {
      const kind = ends[index]?.kind;
      return kind === "unknown" ? false : there.has(name) !== (kind === "done");
    });
    expect(wrong).toEqual([]);
    expect(ends.filter(({ kind }) => kind === "unknown").length).toBeGreaterThan(50);
    expect(ends.filter(({ kind }) => kind === "done").length).toBeGreaterThan(100);
    expect(faults.counts()["answer-lost"]).toBeGreaterThan(5);
  });
});

describe("a read", () => {
  test("whose list is absent is unknown, and never empty", async () => {
    const { faults, gateway } = await house();
    const open = (): Promise<Called<unknown>> =>
      new Promise((resolve) =>
        gateway.call("Position/searchOpen", { accountId: 101 }, "read", resolve),
      );
    expect(await open()).toEqual({ kind: "done", value: { positions: [] } });
    faults.strike("list-absent");
    expect((await open()).kind).toBe("unknown");
    faults.strike("malformed");
    expect((await open()).kind).toBe("unknown");
  });

  test("that meets a 401 is asked again with a new token", async () => {
    const { gateway, venue } = await house();
    venue.revokeTokens();
    const open = new Promise<Called<unknown>>((resolve) =>
      gateway.call("Order/searchOpen", { accountId: 101 }, "read", resolve),
    );
    expect(await open).toEqual({ kind: "done", value: { orders: [] } });
  });
});
