/** `tradestream venue-sim` with the real stand-in behind it, met by plain HTTP and by the real client. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";

const SCRIPT = "0 price MES 6326.00 6325.75 6326.00\n";

interface Envelope {
  readonly success: boolean;
  readonly errorCode: number;
  readonly token?: string;
  readonly orderId?: number;
  readonly [list: string]: unknown;
}

type Row = Readonly<Record<string, unknown>>;

/** A venue that plays the script, and somebody who has logged in. */
async function opened(script = SCRIPT, ...words: readonly string[]) {
  const here = temporaryFolder();
  writeFileSync(join(here, "day.txt"), script);
  const shell = terminal({ here });
  const running = shell.run(
    ...["venue-sim", "--port", "0", "--script", "day.txt", "--always-open", ...words],
  );
  onTestFinished(async () => {
    shell.signal("SIGTERM");
    await running;
  });
  await shell.shows("prices");
  const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(shell.out()) ?? [];
  let token = "";
  const call = async (path: string, body: object = {}): Promise<Envelope> => {
    const answer = await fetch(`${url}/api/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    return (await answer.json()) as Envelope;
  };
  const login = await call("Auth/loginKey", { userName: "trader", apiKey: "practice-key" });
  token = login.token ?? "";
  const cue = async (body: string): Promise<unknown> =>
    (await fetch(`${url}/__sim/do`, { method: "POST", body })).json();
  const rows = async (path: string, list: string, body: object): Promise<readonly Row[]> =>
    ((await call(path, body))[list] ?? []) as readonly Row[];
  const contracts = await rows("Contract/search", "contracts", { searchText: "MES", live: false });
  const active = contracts.find((one) => one["activeContract"] && one["symbolId"] === "F.US.MES");
  const contractId = String(active?.["id"]);
  const place = (more: object = {}, accountId = 101): Promise<Envelope> =>
    call("Order/place", { accountId, contractId, type: 2, side: 0, size: 1, ...more });
  const positions = (accountId = 101) => rows("Position/searchOpen", "positions", { accountId });
  const hub = (name: "user" | "market", direct: boolean, inQuery: boolean) => {
    const connection = new HubConnectionBuilder()
      .withUrl(`${url}/hubs/${name}${inQuery ? `?access_token=${token}` : ""}`, {
        skipNegotiation: direct,
        transport: HttpTransportType.WebSockets,
        ...(inQuery ? {} : { accessTokenFactory: () => token }),
      })
      .configureLogging(LogLevel.None)
      .build();
    onTestFinished(() => connection.stop());
    return connection;
  };
  return { shell, running, url, here, call, cue, rows, place, positions, hub, contractId };
}

const BRACKET = {
  stopLossBracket: { ticks: -40, type: 4 },
  takeProfitBracket: { ticks: 28, type: 1 },
};

describe("a trading day against the stand-in", () => {
  test("a bracket is placed, moved and hit, and everything can be looked up", async () => {
    const { call, cue, rows, place, positions, contractId } = await opened();
    const { orderId } = await place({ customTag: "one", ...BRACKET });
    const search = { accountId: 101, startTimestamp: "2020-01-01T00:00:00Z" };
    await expect
      .poll(async () => (await rows("Order/searchOpen", "orders", search)).length)
      .toBe(2);
    expect(await positions()).toMatchObject([{ contractId, size: 1, type: 1 }]);
    const legs = await rows("Order/searchOpen", "orders", { accountId: 101 });
    const stop = legs.find((one) => one["customTag"] === "one-SL");
    expect(stop).toMatchObject({ status: 1, type: 4, parentOrderId: orderId });
    const moved = { accountId: 101, orderId: stop?.["id"], stopPrice: 6326.5 };
    expect(await call("Order/modify", moved)).toMatchObject({ success: false, errorCode: 3 });
    expect(await call("Order/modify", { ...moved, stopPrice: 6320 })).toMatchObject({
      success: true,
    });
    await cue("price MES 6333.50");
    await expect.poll(positions).toEqual([]);
    const trades = await rows("Trade/search", "trades", search);
    expect(trades.map((one) => one["profitAndLoss"])).toEqual([35, null]);
    await expect
      .poll(async () => (await rows("Order/search", "orders", search)).map((one) => one["status"]))
      .toEqual([2, 3, 2]);
    const filter = { filter: { accountId: 101, statuses: [3] } };
    expect(await rows("Order/v2/query", "orders", filter)).toMatchObject([{ customTag: "one-SL" }]);
  });

  test.each([
    ["direct, token in the header", true, false],
    ["direct, token in the query", true, true],
    ["negotiated, token in the header", false, false],
    ["negotiated, token in the query", false, true],
  ])("both hubs tell what happens: %s", async (_, direct, inQuery) => {
    const { cue, place, hub, contractId } = await opened();
    const [user, market] = [hub("user", direct, inQuery), hub("market", direct, inQuery)];
    const statuses: unknown[] = [];
    const prices: unknown[] = [];
    user.on("GatewayUserOrder", ({ data }) => statuses.push(data.status));
    market.on("GatewayQuote", (contract, { lastPrice }) => prices.push([contract, lastPrice]));
    await Promise.all([user.start(), market.start()]);
    await user.invoke("SubscribeOrders", 101);
    await market.invoke("SubscribeContractQuotes", contractId, true);
    await expect(user.invoke("SubscribeNothing", 101)).rejects.toThrow();
    await place();
    await cue("price MES 6330.00");
    await expect.poll(() => statuses).toEqual([6, 2]);
    await expect.poll(() => prices.at(-1)).toEqual([contractId, 6330]);
  });

  test("a file of ticks is played, the risk desk flattens, a call is refused", async () => {
    const { cue, place, positions, here } = await opened();
    const row = (second: number, price: number): string =>
      `2026-11-18T15:00:0${second}Z,${price}.00,1\n`;
    writeFileSync(join(here, "ticks.csv"), `time,price,size\n${row(0, 6400)}${row(1, 6401)}`);
    expect(await cue("ticks MES ticks.csv")).toEqual({ done: 1 });
    await place();
    await expect.poll(positions).toMatchObject([{ averagePrice: 6400.25 }]);
    expect(await cue("flatten 101\nrefuse Order/place 2 Not today.")).toEqual({ done: 2 });
    await expect.poll(positions).toEqual([]);
    expect(await place()).toMatchObject({ errorCode: 2, errorMessage: "Not today." });
    await cue("account 101 canTrade false");
    expect(await place()).toMatchObject({ success: false });
    expect(await cue("ticks MES none.csv\nend")).toMatchObject({ done: 0 });
    expect(await cue("account 9 canTrade false")).toEqual({ error: "no account 9", done: 0 });
    expect(await cue("switch cancelLeg maybe")).toEqual({
      error: "line 1: cancelLeg is one of sibling-stays, sibling-cancelled",
    });
    expect(await cue("switch cancelLeg sibling-cancelled\nsession closed\nsession clock")).toEqual({
      done: 3,
    });
  });

  test("the legs of a bracket may be late, or refused", async () => {
    const { cue, rows, place, positions } = await opened();
    await cue("delay activation 60s");
    await place({ customTag: "late", ...BRACKET });
    await place({ customTag: "plain" });
    // Both filled: the delay that counts is the one there is when the entry fills.
    await expect.poll(positions).toMatchObject([{ size: 2 }]);
    const open = await rows("Order/searchOpen", "orders", { accountId: 101 });
    expect(open).toEqual([]);
    await cue("delay activation 0\nrefuse bracket/target 2 No.");
    await place({ customTag: "half", ...BRACKET });
    await expect
      .poll(async () =>
        (await rows("Order/searchOpen", "orders", { accountId: 101 })).map(
          (one) => one["customTag"],
        ),
      )
      .toEqual(["half-SL"]);
  });

  test("GatewayLogout is heard, and a revoked token opens nothing", async () => {
    const { cue, hub, call } = await opened();
    const user = hub("user", true, false);
    const heard = new Promise((resolve) => user.on("GatewayLogout", () => resolve("logged out")));
    await user.start();
    await cue("logout");
    expect(await heard).toBe("logged out");
    await cue("revoke");
    await expect(call("Account/search", { onlyActiveAccounts: true })).rejects.toThrow();
    await expect(hub("user", true, false).start()).rejects.toThrow();
  });

  test("has as many accounts as it was asked for", async () => {
    const { shell, rows, place, positions } = await opened(SCRIPT, "--accounts", "5");
    expect(shell.out()).toContain("103 PRAC-V2-TRADER-3 $150000, and 2 more");
    const all = await rows("Account/search", "accounts", { onlyActiveAccounts: true });
    expect(all.map(({ id }) => id)).toEqual([101, 102, 103, 104, 105]);
    await place({}, 105);
    await expect.poll(() => positions(105)).toMatchObject([{ size: 1 }]);
    expect(await positions(101)).toEqual([]);
  });
});

describe("the program", () => {
  test("tells each fault by its name, and at its end how often it struck", async () => {
    const { shell, running, place } = await opened(
      SCRIPT,
      ...["--fault", "forbidden=0", "--switch", "bracketIds=gapped", "--unlimited"],
    );
    expect(shell.out()).toContain("  switches  bracketIds=gapped\n  faults    forbidden=0\n");
    await place();
    shell.signal("SIGINT");
    expect(await running).toBe(0);
    expect(shell.out()).toMatch(/ CT {2}closed: SIGINT\n$/);
  });

  test("in JSON, every line is an object", async () => {
    const here = temporaryFolder();
    const script = "0 fault request-lost once\n0 ticks MES day.txt\n0 end\n";
    writeFileSync(join(here, "day.txt"), script);
    const shell = terminal({ here });
    expect(await shell.run("venue-sim", "--port", "0", "--script", "day.txt", "--json")).toBe(0);
    expect(shell.values()).toEqual([
      {
        venue: {
          ...{ rest: expect.any(String), userHub: expect.stringMatching(/\/hubs\/user$/) },
          ...{ marketHub: expect.any(String), control: expect.stringMatching(/\/__sim\/do$/) },
          ...{ userName: "trader", apiKey: "practice-key", prices: "day.txt, 3 cues" },
          accounts: [{ id: 101, name: "PRAC-V2-TRADER-1", balance: 150_000 }],
          ...{ faults: [], switches: [] },
        },
      },
      { stopped: "the end of its script", struck: {} },
    ]);
  });

  test("tells a fault that strikes in JSON too, and how often", async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, "day.txt"), "0 fault forbidden once ping\n");
    const shell = terminal({ here });
    const running = shell.run("venue-sim", "--port", "0", "--script", "day.txt", "--json");
    await shell.shows("venue");
    const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(shell.out()) ?? [];
    expect((await fetch(`${url}/api/Status/ping`)).status).toBe(403);
    shell.signal("SIGTERM");
    expect(await running).toBe(0);
    expect(shell.values().slice(1)).toEqual([
      { fault: "forbidden#0", struck: "/api/Status/ping" },
      { stopped: "SIGTERM", struck: { forbidden: 1 } },
    ]);
  });

  test("says which line of its script it stumbled over", async () => {
    const { shell } = await opened(`${SCRIPT}+0 ticks MES day.txt`);
    await shell.shows("day.txt, line 2:");
    expect(shell.err()).toContain("expected a header");
  });

  test("has a market and an hour of history of its own", async () => {
    const here = temporaryFolder();
    const shell = terminal({ here });
    const running = shell.run("venue-sim", "--port", "0", "--always-open", "--seed", "7");
    await shell.shows("simulated, seed 7: ES MES NQ MNQ CL MCL GC MGC");
    const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(shell.out()) ?? [];
    const state = (await (await fetch(`${url}/__sim/state`)).json()) as Row;
    expect(state).toMatchObject({ venue: { accounts: [{ id: 101 }], orders: [] } });
    shell.signal("SIGTERM");
    expect(await running).toBe(0);
  });

  test("refuses what makes no sense with 2, and a port that is taken with 1", async () => {
    const here = temporaryFolder();
    for (const words of [
      ["--fault", "x=1"],
      ["--switch", "x=1"],
      ["--accounts", "0"],
      ["--script", "none.txt"],
    ]) {
      expect(await terminal({ here }).run("venue-sim", ...words)).toBe(2);
    }
    const { url } = await opened();
    const shell = terminal({ here });
    expect(await shell.run("venue-sim", "--port", new URL(url).port)).toBe(1);
    expect(shell.err()).toContain("another program listens there already; end it, or choose");
  });
});
