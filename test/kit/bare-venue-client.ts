/**
 * A second client of the gateway, on bare HTTP and WebSocket, importing nothing of `src`.
 *
 * It is what somebody else's program looks like: it logs in, asks, trades and listens as the
 * venue's documentation says, with no library in between. Whatever serves it unchanged is a venue
 * to others as well, and not only to the client it grew up with.
 *
 * ```text
 * POST /api/..   {"accountId":..}    ─►  {"success":true, ..}
 * hub            (negotiate ─►) upgrade ─► handshake ─► invocations, events, signs of life
 * ```
 */
import { Agent } from "node:http";
import { type BareAnswer, bareExchange, bareLine, type Row } from "./bare-wire.ts";

export interface BareSettings {
  /** `http://127.0.0.1:5001` */
  readonly url: string;
  readonly userName: string;
  readonly apiKey: string;
  /** Where the hubs are told the token. */
  readonly tokenIn: "header" | "query";
  /** Whether it asks how to connect before it does. */
  readonly negotiates: boolean;
}

export interface BareOrder {
  readonly accountId: number;
  readonly contractId: string;
  /** 1 limit, 2 market, 4 stop. */
  readonly type: number;
  /** 0 buy, 1 sell. */
  readonly side: number;
  readonly size: number;
  readonly limitPrice?: number;
  readonly stopPrice?: number;
  readonly customTag?: string;
  readonly stopLossBracket?: { readonly ticks: number; readonly type: number };
  readonly takeProfitBracket?: { readonly ticks: number; readonly type: number };
}

export interface BareVenueClient {
  login(): Promise<void>;
  ping(): Promise<string>;
  accounts(): Promise<readonly Row[]>;
  contracts(searchText: string): Promise<readonly Row[]>;
  bars(contractId: string, from: string, to: string): Promise<readonly Row[]>;
  place(order: BareOrder): Promise<number>;
  modify(change: {
    readonly accountId: number;
    readonly orderId: number;
    readonly size?: number;
    readonly limitPrice?: number;
    readonly stopPrice?: number;
  }): Promise<void>;
  cancel(accountId: number, orderId: number): Promise<void>;
  closeContract(accountId: number, contractId: string): Promise<void>;
  partialClose(accountId: number, contractId: string, size: number): Promise<void>;
  order(accountId: number, orderId: number): Promise<Row>;
  openOrders(accountId: number): Promise<readonly Row[]>;
  ordersOf(accountId: number, statuses: readonly number[]): Promise<readonly Row[]>;
  positions(accountId: number): Promise<readonly Row[]>;
  trades(accountId: number, from: string): Promise<readonly Row[]>;
  /** Connected, hands shaken. */
  hub(name: "user" | "market"): Promise<BareHub>;
  close(): void;
}

export interface BareEvent {
  readonly target: string;
  /** A market event names its contract first. */
  readonly args: readonly unknown[];
  /** Of a user event: what it tells of, out of whatever it came wrapped in. */
  readonly data: Row;
}

export interface BareHub {
  invoke(method: string, ...args: readonly unknown[]): Promise<void>;
  events(): readonly BareEvent[];
  /** The first event, heard already or still to come, for which `holds`. */
  until(what: string, holds: (event: BareEvent) => boolean): Promise<BareEvent>;
  /** Why it ended, once it has. */
  readonly ended: Promise<string>;
  close(): void;
}

export function bareVenueClient(settings: BareSettings): BareVenueClient {
  const agent = new Agent({ keepAlive: true });
  const hubs: BareHub[] = [];
  let token = "";

  async function ask(path: string, body: Row): Promise<Row> {
    const answer = await exchange(settings.url, { agent, token, path, body: JSON.stringify(body) });
    if (answer.status !== 200) throw new Error(`${path}: HTTP ${answer.status}`);
    const said = JSON.parse(answer.body) as Row;
    if (said["success"] !== true) {
      throw new Error(`${path}: ${said["errorCode"]} ${said["errorMessage"]}`);
    }
    return said;
  }
  const rows = async (path: string, body: Row, key: string): Promise<readonly Row[]> =>
    (await ask(path, body))[key] as readonly Row[];
  const told = async (path: string, body: Row): Promise<void> => void (await ask(path, body));

  return {
    async login() {
      const { userName, apiKey } = settings;
      token = String((await ask("/api/Auth/loginKey", { userName, apiKey }))["token"]);
    },
    async ping() {
      const answer = await exchange(settings.url, { agent, token: "", path: "/api/Status/ping" });
      return answer.body;
    },
    accounts: () => rows("/api/Account/search", { onlyActiveAccounts: true }, "accounts"),
    contracts: (searchText) =>
      rows("/api/Contract/search", { searchText, live: false }, "contracts"),
    bars: (contractId, startTime, endTime) =>
      rows(
        "/api/History/retrieveBars",
        {
          ...{ contractId, live: false, startTime, endTime },
          ...{ unit: 2, unitNumber: 1, limit: 100, includePartialBar: true },
        },
        "bars",
      ),
    place: async (order) => Number((await ask("/api/Order/place", { ...order }))["orderId"]),
    modify: (change) => told("/api/Order/modify", { ...change }),
    cancel: (accountId, orderId) => told("/api/Order/cancel", { accountId, orderId }),
    closeContract: (accountId, contractId) =>
      told("/api/Position/closeContract", { accountId, contractId }),
    partialClose: (accountId, contractId, size) =>
      told("/api/Position/partialCloseContract", { accountId, contractId, size }),
    order: async (accountId, orderId) =>
      (await ask("/api/Order/searchById", { accountId, orderId }))["order"] as Row,
    openOrders: (accountId) => rows("/api/Order/searchOpen", { accountId }, "orders"),
    ordersOf: (accountId, statuses) =>
      rows("/api/Order/v2/query", { filter: { accountId, statuses } }, "orders"),
    positions: (accountId) => rows("/api/Position/searchOpen", { accountId }, "positions"),
    trades: (accountId, startTimestamp) =>
      rows("/api/Trade/search", { accountId, startTimestamp }, "trades"),
    async hub(name) {
      const hub = await openHub(await hubAddress(settings, { name, token, agent }));
      hubs.push(hub);
      return hub;
    },
    close() {
      for (const hub of hubs) hub.close();
      agent.destroy();
    },
  };
}

interface Asked {
  readonly agent: Agent;
  readonly token: string;
  readonly path: string;
  /** Absent: a GET. */
  readonly body?: string;
}

function exchange(url: string, { agent, token, path, body }: Asked): Promise<BareAnswer> {
  const headers = {
    ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const method = body === undefined ? "GET" : "POST";
  return bareExchange(url, { agent, method, path, headers, body: body ?? "" });
}

interface Address {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

async function hubAddress(
  settings: BareSettings,
  { name, token, agent }: { readonly name: string; readonly token: string; readonly agent: Agent },
): Promise<Address> {
  const url = new URL(`/hubs/${name}`, settings.url);
  url.protocol = "ws:";
  if (settings.negotiates) {
    const path = `/hubs/${name}/negotiate?negotiateVersion=1`;
    const answer = await exchange(settings.url, { agent, token, path, body: "" });
    if (answer.status !== 200) throw new Error(`${path}: HTTP ${answer.status}`);
    url.searchParams.set("id", String((JSON.parse(answer.body) as Row)["connectionToken"]));
  }
  if (settings.tokenIn === "header") return { url, headers: { authorization: `Bearer ${token}` } };
  url.searchParams.set("access_token", token);
  return { url, headers: {} };
}

async function openHub({ url, headers }: Address): Promise<BareHub> {
  const line = await bareLine(url, headers);
  if (typeof line === "number") throw new Error(`${url.pathname}: HTTP ${line}`);
  line.send('{"protocol":"json","version":1}\x1e');
  const greeting = await line.until("the handshake", (frame) => !("type" in frame));
  if ("error" in greeting) throw new Error(`handshake: ${String(greeting["error"])}`);
  line.say({ type: 6 });
  let invocations = 0;
  return {
    async invoke(target, ...args) {
      const invocationId = String(invocations++);
      line.say({ type: 1, target, arguments: args, invocationId });
      const { error } = await line.until(
        target,
        (frame) => frame["type"] === 3 && frame["invocationId"] === invocationId,
      );
      if (typeof error === "string") throw new Error(`${target}: ${error}`);
    },
    events: () => line.frames.flatMap((frame) => (frame["type"] === 1 ? [eventOf(frame)] : [])),
    async until(what, holds) {
      const heard = await line.until(what, (one) => one["type"] === 1 && holds(eventOf(one)));
      return eventOf(heard);
    },
    ended: line.ended,
    close: line.close,
  };
}

function eventOf(frame: Row): BareEvent {
  const args = frame["arguments"] as readonly unknown[];
  let data: unknown = args[0];
  if (Array.isArray(data)) [data] = data as readonly unknown[];
  if (isRow(data) && "data" in data) data = data["data"];
  return { target: String(frame["target"]), args, data: isRow(data) ? data : {} };
}

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null;
