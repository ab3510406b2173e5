import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { userSubscriptions } from "../../../../src/shell/topstepx/hub-events.ts";
import { HubLink, type Watchdog } from "../../../../src/shell/topstepx/hub-link.ts";
import { type ScriptedHubs, scriptedHubs } from "../../../kit/scripted-hubs.ts";

interface Setup {
  readonly seed?: number;
  readonly watchdog?: Watchdog;
  readonly hubs?: ScriptedHubs;
}

/** A link on the user hub, what its owner heard, and the keeper of its token. */
function linked({ seed = 1, watchdog, hubs = scriptedHubs() }: Setup = {}) {
  const heard: string[] = [];
  const keeper = {
    token: "t0" as string | null,
    logins: 0,
    refused: [] as string[],
    answers: true,
  };
  const link = new HubLink({
    ...{ hub: "user", transport: hubs.transport, seed, watchdog: watchdog ?? null },
    tokens: {
      token: () => keeper.token,
      login(done) {
        keeper.logins += 1;
        if (!keeper.answers) return;
        hubs.clock.schedule(hubs.clock.now(), () => {
          keeper.token = `t${keeper.logins}`;
          done();
        });
      },
      tokenRefused(token) {
        keeper.refused.push(token);
        keeper.token = null;
      },
    },
    owner: {
      up: () => heard.push("up"),
      down: (reason) => heard.push(`down: ${reason}`),
      event: (target, args) => heard.push(`${target} ${args.join()}`),
      contested: (reason) => heard.push(`contested: ${reason}`),
    },
  });
  return { hubs, heard, keeper, link };
}

/** When each try was made, in seconds after the one before. */
const waits = ({ lines }: ScriptedHubs): number[] =>
  lines.slice(1).map(({ at }, index) => (at - lines[index]!.at) / 1_000);

describe("a link to a hub", () => {
  test("is up when everything it wants was granted, and not before", () => {
    const { hubs, heard, link } = linked();
    hubs.mood.grant = (method) => (method === "SubscribeTrades" ? "silence" : null);
    link.want(userSubscriptions([101]));
    link.open();
    hubs.pass(1);
    expect(hubs.line().invoked).toEqual([
      "SubscribeAccounts",
      "SubscribeOrders 101",
      "SubscribePositions 101",
      "SubscribeTrades 101",
    ]);
    expect([heard, link.health().connected, link.health().pending]).toEqual([[], false, 1]);
    hubs.mood.grant = () => null;
    hubs.pass(12_000);
    expect(heard).toEqual(["up"]);
    expect(hubs.lines).toHaveLength(2);
  });

  test("is up at once where nothing is wanted", () => {
    const { hubs, heard, link } = linked();
    link.open();
    link.open();
    hubs.pass(0);
    expect([heard, hubs.lines.length]).toEqual([["up"], 1]);
  });

  test("passes events on, even between two grants", () => {
    const { hubs, heard, link } = linked();
    link.want(userSubscriptions([101]));
    hubs.mood.grant = () => "silence";
    link.open();
    hubs.pass(5);
    hubs.line().tell("GatewayUserOrder", "a");
    expect(heard).toEqual(["GatewayUserOrder a"]);
    expect(link.health().lastEventAt).toBe(hubs.clock.now());
  });

  test("comes back after a drop, and subscribes to everything anew", () => {
    const { hubs, heard, link } = linked();
    link.want(userSubscriptions([101]));
    link.open();
    hubs.pass(1);
    hubs.line().down("Connection closed with an error.");
    hubs.pass(1);
    expect(heard).toEqual(["up", "down: Connection closed with an error."]);
    hubs.pass(1_250);
    expect(heard.at(-1)).toBe("up");
    expect(hubs.line().invoked).toHaveLength(4);
    expect(link.health()).toMatchObject({ connected: true, reconnects: 1, pending: 0 });
  });

  test("waits 0, 1, 2, 5, 10, 30, 30 ... seconds and up to a quarter more, by its seed", () => {
    const times = (seed: number) => {
      const { hubs, link } = linked({ seed });
      hubs.mood.accepts = false;
      link.open();
      for (let count = 0; count < 600; count += 1) {
        hubs.pass(1_000);
        hubs.line().down("refused");
      }
      return waits(hubs);
    };
    expect(times(7)).toEqual(times(7));
    expect(times(7)).not.toEqual(times(8));
    const series = times(7);
    expect(series.length).toBeGreaterThan(18);
    for (const [index, wait] of series.slice(0, 5).entries()) {
      const least = [1, 2, 5, 10, 30][index] ?? 0;
      expect(wait).toBeGreaterThanOrEqual(least);
      expect(wait).toBeLessThanOrEqual(least * 1.25 + 1);
    }
  });

  test("begins its waits anew only after a connection that held", () => {
    const { hubs, link } = linked();
    link.open();
    hubs.pass(0);
    for (let drops = 0; drops < 3; drops += 1) {
      hubs.line().down("dropped at once");
      hubs.pass(8_000);
    }
    // 1, 2 and 5 seconds: it never was up for ten.
    const [first = 0, second = 0, third = 0] = waits(hubs);
    expect([first >= 1, second >= 2, third >= 5]).toEqual([true, true, true]);
    hubs.pass(20_000);
    const before = hubs.lines.length;
    hubs.line().down("dropped later");
    hubs.pass(0);
    expect(hubs.lines.length).toBe(before + 1);
  });

  test("gives up a try that does not end", () => {
    const { hubs, link } = linked();
    hubs.mood.accepts = false;
    link.open();
    hubs.pass(14_999);
    expect(hubs.line().isClosed()).toBe(false);
    hubs.pass(1);
    expect(hubs.line().isClosed()).toBe(true);
    expect(link.health().trouble).toBe("no connection within 15 s");
    hubs.pass(2_000);
    expect(hubs.lines).toHaveLength(2);
  });

  test("takes a refused subscription for a lost connection", () => {
    const { hubs, heard, link } = linked();
    link.want(userSubscriptions([101]));
    hubs.mood.grant = (method) => (method === "SubscribeOrders" ? "no such account" : null);
    link.open();
    hubs.pass(100);
    expect([heard, link.health().trouble]).toEqual([
      [],
      "SubscribeOrders was refused: no such account",
    ]);
    hubs.mood.grant = () => null;
    hubs.pass(2_000);
    expect(heard).toEqual(["up"]);
  });

  test("asks for what is wanted more, takes back what is wanted less", () => {
    const { hubs, heard, link } = linked();
    link.want(userSubscriptions([101]));
    link.open();
    hubs.pass(1);
    hubs.line().invoked.length = 0;
    hubs.mood.grant = (method) => (method.startsWith("Un") ? "there was none" : null);
    link.want(userSubscriptions([102]));
    hubs.pass(1);
    expect(hubs.line().invoked).toEqual([
      ...["Orders", "Positions", "Trades"].map((what) => `Unsubscribe${what} 101`),
      ...["Orders", "Positions", "Trades"].map((what) => `Subscribe${what} 102`),
    ]);
    expect(heard).toEqual(["up"]);
  });

  test("asks sixteen things at a time, however much is wanted", () => {
    const { hubs, heard, link } = linked();
    hubs.mood.grant = () => "silence";
    link.want(userSubscriptions(Array.from({ length: 1_000 }, (_, index) => index)));
    link.open();
    hubs.pass(1);
    expect([hubs.line().invoked.length, link.health().pending]).toEqual([16, 3_001]);
    hubs.mood.grant = () => null;
    hubs.pass(12_000);
    expect([hubs.line().invoked.length, heard]).toEqual([3_001, ["up"]]);
  });

  test("does not believe a hub that is asked and asked and answers nothing", () => {
    const { hubs, heard, link } = linked();
    link.open();
    hubs.pass(1);
    hubs.mood.grant = () => "silence";
    for (let round = 0; round < 5; round += 1) {
      const accounts = Array.from({ length: 1_000 }, (_, index) => round * 1_000 + index);
      link.want(userSubscriptions(accounts));
    }
    expect(heard).toEqual(["up", "down: more is asked of it than it answers"]);
  });

  test("is not moved by what a line says that it gave up", () => {
    const { hubs, heard, link } = linked();
    link.want(userSubscriptions([101]));
    link.open();
    hubs.pass(1);
    const old = hubs.line();
    link.restart("its counters disagree");
    old.up();
    old.tell("GatewayUserOrder", "late");
    old.down("late");
    expect(heard).toEqual(["up", "down: its counters disagree"]);
    hubs.pass(2_000);
    expect([heard.at(-1), hubs.lines.length]).toEqual(["up", 2]);
  });

  test("does nothing more once it is closed", () => {
    const { hubs, heard, link } = linked();
    link.open();
    hubs.pass(1);
    link.close();
    link.restart("for nothing");
    hubs.pass(3_600_000);
    expect([heard, hubs.lines.length, hubs.clock.pending()]).toEqual([["up"], 1, 0]);
    expect(hubs.line().isClosed()).toBe(true);
  });

  test("may be closed by its owner in the middle of a loss", () => {
    const hubs = scriptedHubs();
    const link = new HubLink({
      ...{ hub: "user", transport: hubs.transport, seed: 1, watchdog: null },
      tokens: { token: () => "t", login() {}, tokenRefused() {} },
      owner: { up() {}, event() {}, contested() {}, down: () => link.close() },
    });
    link.open();
    hubs.pass(1);
    hubs.line().down("gone");
    hubs.pass(60_000);
    expect(hubs.lines).toHaveLength(1);
  });
});

describe("the token of a link", () => {
  test("is the one that is current when a try begins", () => {
    const { hubs, keeper, link } = linked();
    link.open();
    hubs.pass(1);
    keeper.token = "newer";
    hubs.line().down("dropped");
    hubs.pass(2_000);
    expect(hubs.lines.map(({ token }) => token)).toEqual(["t0", "newer"]);
  });

  test("is asked for when there is none, and again when none came", () => {
    const { hubs, keeper, heard, link } = linked();
    keeper.token = null;
    keeper.answers = false;
    link.open();
    hubs.pass(29_999);
    expect([keeper.logins, hubs.lines.length]).toEqual([1, 0]);
    hubs.pass(1);
    expect(link.health().trouble).toBe("there is no token");
    keeper.answers = true;
    hubs.pass(2_000);
    expect([keeper.logins, heard]).toEqual([2, ["up"]]);
  });

  test("is given back after two refusals in a row, every half minute at most", () => {
    const { hubs, keeper, link } = linked();
    hubs.mood.accepts = false;
    link.open();
    for (let second = 0; second < 60; second += 1) {
      hubs.pass(1_000);
      hubs.line().down(`Unexpected server response: ${second % 2 === 0 ? 401 : 403}`);
    }
    expect(keeper.refused).toEqual(["t0", "t1"]);
    expect(hubs.lines[2]?.token).toBe("t1");
  });

  test("is kept when the hub is merely not there", () => {
    const { hubs, keeper, link } = linked();
    hubs.mood.accepts = false;
    link.open();
    for (let second = 0; second < 60; second += 1) {
      hubs.pass(1_000);
      hubs
        .line()
        .down(hubs.lines.length % 2 === 0 ? "Unexpected server response: 401" : "ECONNREFUSED");
    }
    expect(keeper.refused).toEqual([]);
  });

  test("is forgotten by a link that was closed meanwhile", () => {
    const { hubs, keeper, link } = linked();
    keeper.token = null;
    link.open();
    hubs.clock.runNext(hubs.clock.now()); // it asks
    link.close();
    hubs.pass(60_000);
    expect([keeper.token, hubs.lines.length]).toEqual(["t1", 0]);
  });
});

describe("a logout", () => {
  test("ends the connection; the next begins two seconds later", () => {
    const { hubs, heard, link } = linked();
    link.open();
    hubs.pass(1);
    hubs.line().tell("GatewayLogout");
    expect(heard.at(-1)).toMatch(/^down: logged out by the venue/);
    expect(hubs.line().isClosed()).toBe(true);
    hubs.pass(1_999);
    expect(hubs.lines).toHaveLength(1);
    hubs.pass(502);
    expect([heard.at(-1), hubs.lines.length]).toEqual(["up", 2]);
    expect(link.health()).toMatchObject({ logouts: 1, reconnects: 1 });
  });

  test("five times in short order is a quarrel: told once, tried on slowly", () => {
    const { hubs, heard, link } = linked();
    link.open();
    hubs.pass(1);
    for (let count = 0; count < 5; count += 1) {
      hubs.line().tell("GatewayLogout");
      hubs.pass(3_000);
    }
    const contested = () => heard.filter((line) => line.startsWith("contested"));
    expect(contested()).toEqual([
      "contested: the user hub logged us out five times within five minutes: does another program use this key? End it, then resume",
    ]);
    expect(hubs.lines).toHaveLength(5);
    hubs.pass(75_000);
    expect(hubs.lines).toHaveLength(6);
    hubs.line().tell("GatewayLogout");
    hubs.pass(80_000);
    expect([contested().length, hubs.lines.length]).toEqual([1, 7]);
  });

  test("five times in a day is none", () => {
    const { hubs, heard, link } = linked();
    link.open();
    hubs.pass(1);
    for (let count = 0; count < 6; count += 1) {
      hubs.line().tell("GatewayLogout");
      hubs.pass(3_600_000);
    }
    expect(heard.filter((line) => line.startsWith("contested"))).toEqual([]);
    expect(link.health().connected).toBe(true);
  });

  test("of a closed link begins nothing", () => {
    const hubs = scriptedHubs();
    const link = new HubLink({
      ...{ hub: "market", transport: hubs.transport, seed: 1, watchdog: null },
      tokens: { token: () => "t", login() {}, tokenRefused() {} },
      owner: { up() {}, event() {}, contested() {}, down: () => link.close() },
    });
    link.open();
    hubs.pass(1);
    hubs.line().tell("GatewayLogout");
    hubs.pass(60_000);
    expect(hubs.clock.pending()).toBe(0);
  });
});

describe("the watchdog", () => {
  const dog = (isDue: (now: number) => boolean): Watchdog => ({
    silenceMax: millis(15_000),
    proof: "GatewayQuote",
    isDue,
  });

  test("ends a connection on which no quote came for 15 seconds", () => {
    const { hubs, heard, link } = linked({ watchdog: dog(() => true) });
    link.open();
    hubs.pass(10_000);
    hubs.line().tell("GatewayQuote", 1);
    hubs.pass(14_000);
    hubs.line().tell("GatewayTrade", 2);
    expect(link.health().connected).toBe(true);
    hubs.pass(6_000);
    expect(heard).toContain("down: nothing was heard for 15 s while the market is open");
    expect(hubs.lines[0]?.isClosed()).toBe(true);
  });

  test("is patient with a market that is closed, and begins to count when it opens", () => {
    const opensAt = { value: Number.MAX_SAFE_INTEGER };
    const { hubs, link } = linked({ watchdog: dog((now) => now >= opensAt.value) });
    link.open();
    hubs.pass(600_000);
    opensAt.value = hubs.clock.now();
    hubs.pass(14_000);
    expect(link.health()).toMatchObject({ connected: true, reconnects: 0 });
    hubs.pass(7_000);
    expect(link.health().reconnects).toBe(1);
  });

  test("waits longer from one deaf connection to the next", () => {
    const { hubs, link } = linked({ watchdog: dog(() => true) });
    link.open();
    hubs.pass(400_000);
    const pauses = waits(hubs);
    expect(pauses[0]).toBeLessThan(17);
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(45);
  });

  test("thinks a quiet hub held while the market is closed", () => {
    const { hubs, link } = linked({ watchdog: dog(() => false) });
    hubs.mood.accepts = false;
    link.open();
    for (let tries = 0; tries < 4; tries += 1) {
      hubs.pass(6_000);
      hubs.line().down("refused");
    }
    hubs.mood.accepts = true;
    hubs.pass(40_000);
    const before = hubs.lines.length;
    hubs.line().down("dropped");
    hubs.pass(0);
    expect(hubs.lines.length).toBe(before + 1);
  });
});
