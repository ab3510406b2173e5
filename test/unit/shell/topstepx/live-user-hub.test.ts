import { describe, expect, test } from "vitest";
import { liveUserHub } from "../../../../src/shell/topstepx/live-user-hub.ts";
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
    hub.restart("its counters disagree");
    hubs.pass(2_000);
    hubs.line().tell("GatewayUserOrder", { id: 1 });
    expect(heard).toEqual(["up", "down: its counters disagree"]);
    expect(hub.health()).toMatchObject({ connected: false, unread: 1, reconnects: 1 });
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
