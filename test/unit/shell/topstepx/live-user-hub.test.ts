import { describe, expect, test } from "vitest";
import { isoOf } from "../../../../src/core/model/iso-time.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { liveUserHub } from "../../../../src/shell/topstepx/live-user-hub.ts";
import { done, scriptedGateway, silence } from "../../../kit/scripted-gateway.ts";
import { scriptedHubs } from "../../../kit/scripted-hubs.ts";
import { silentLog } from "../../../kit/silent-log.ts";

const POSITION = {
  ...{ id: 1, accountId: 101, contractId: "CON.F.US.MES.Z26", creationTimestamp: "" },
  ...{ type: 1, size: 2, averagePrice: 6325.25 },
};

function opened() {
  const hubs = scriptedHubs();
  const heard: string[] = [];
  const hub = liveUserHub({
    ...{ transport: hubs.transport, log: silentLog, accounts: [101, 102], seed: 1 },
    clockOffset: () => null,
    tokens: { token: () => "t", login() {}, tokenRefused() {} },
  });
  hub.open({
    up: () => heard.push("up"),
    down: (reason) => heard.push(`down: ${reason}`),
    news: (one) => heard.push(one.kind),
    contested: () => heard.push("contested"),
  });
  hubs.pass(1);
  return { hubs, heard, hub };
}

describe("the user hub", () => {
  test("hears of every account, and tells what is news", () => {
    const { hubs, heard } = opened();
    expect(hubs.line().invoked).toEqual([
      "SubscribeAccounts",
      ...[101, 102].flatMap((id) =>
        ["Orders", "Positions", "Trades"].map((what) => `Subscribe${what} ${id}`),
      ),
    ]);
    hubs.line().tell("GatewayUserPosition", { action: 1, data: POSITION });
    hubs.line().tell("GatewayUserPosition", [POSITION, POSITION]);
    expect(heard).toEqual(["up", "position", "position", "position"]);
  });

  test("takes an event it cannot read for a gap, and tells of one every ten seconds", () => {
    const { hubs, heard, hub } = opened();
    for (let count = 0; count < 3; count += 1) hubs.line().tell("GatewayUserOrder", { id: 1 });
    expect(heard).toEqual(["up", "up"]);
    hubs.pass(10_000);
    hubs.line().tell("GatewayUserOrder", { id: 1 });
    expect([heard, hub.health().unread]).toEqual([["up", "up", "up"], 4]);
  });

  test("tells of no gap while it is down: all is compared when it is up", () => {
    const { hubs, heard, hub } = opened();
    hubs.mood.grant = () => "silence";
    hubs.line().down("dropped");
    hubs.pass(2_000);
    hubs.line().tell("GatewayUserOrder", { id: 1 });
    expect(heard).toEqual(["up", "down: dropped"]);
    expect(hub.health()).toMatchObject({ connected: false, unread: 1, reconnects: 1 });
  });

  test("leaves a connection that does not tell what a list shows", () => {
    const { hubs, heard, hub } = opened();
    const trade = {
      ...{ id: 7, accountId: 101, contractId: "CON.F.US.MES.Z26", price: 6325.25 },
      ...{ creationTimestamp: isoOf(millis(hubs.clock.now() + 2_000)), profitAndLoss: null },
      ...{ fees: 0.36, commissions: null, side: 0, size: 1, voided: false, orderId: 3 },
    };
    const gateway = hub.comparing(
      scriptedGateway(hubs.clock, {
        "Trade/search": () => done({ trades: [trade] }),
        "Account/search": () => done({ accounts: [] }),
        "Order/search": () => silence,
      }),
    );
    const asked = { accountId: 101, startTimestamp: "2026-11-23T00:00:00Z" };
    const answers: string[] = [];
    hubs.pass(2_100);
    gateway.call("Trade/search", asked, "read", ({ kind }) => answers.push(kind));
    gateway.call("Order/search", asked, "read", ({ kind }) => answers.push(kind));
    gateway.call("Account/search", { onlyActiveAccounts: true }, "read", ({ kind }) =>
      answers.push(kind),
    );
    hubs.pass(2_999);
    expect([answers, hub.health().deaf]).toEqual([["done", "unknown", "done"], 0]);
    hubs.pass(1);
    expect(heard.at(-1)).toBe("down: deaf: a list shows trade 7, and 3 s later it was not told");
    expect(hub.health().deaf).toBe(1);
    hubs.pass(5_000);
    expect(heard.at(-1)).toBe("up");
    // Now it is older than the connection.
    gateway.call("Trade/search", asked, "read", () => {});
    hubs.pass(60_000);
    expect(hub.health()).toMatchObject({ deaf: 1, reconnects: 1 });
  });

  test("passes a quarrel over the session on", () => {
    const { hubs, heard, hub } = opened();
    for (let count = 0; count < 5; count += 1) {
      hubs.line().tell("GatewayLogout");
      hubs.pass(3_000);
    }
    expect(heard.at(-1)).toBe("contested");
    hub.close();
    hubs.pass(600_000);
    expect(hubs.clock.pending()).toBe(0);
  });
});
