/**
 * The two hubs: who is connected, what each connection asked to hear, and the shapes of the events.
 *
 * ```text
 * user     GatewayUserOrder({action, data})      nulls left out; flat or in a list, as switched
 * market   GatewayQuote(contract, {...})         the first one whole, then only what changed
 *          GatewayTrade(contract, [{...}, null])
 * ```
 *
 * Subscriptions belong to a connection and die with it; without one nothing is heard. Events wait
 * in an outbox until the venue has finished what caused them: a listener may speak at once and
 * finds everything in order.
 */
import type { HubPeer, HubSession } from "./stand-in.ts";
import type { Switches } from "./switches.ts";
import type { Session } from "./tokens.ts";

export type HubName = "user" | "market";
export type UserTopic = "Accounts" | "Orders" | "Positions" | "Trades";
export type MarketTopic = "ContractQuotes" | "ContractTrades" | "ContractMarketDepth";

export interface Hubs {
  connect(hub: HubName, session: Session, peer: HubPeer): HubSession;
  tellUser(news: UserNews): void;
  /** `content` is made for each connection, which may have heard some of it before. */
  tellMarket(news: MarketNews): void;
  /** Sends what has been said since the last time. */
  flush(): void;
  /** To every connection of that user, or to all. */
  logOut(user: string | null): void;
  /** Ends connections whose token is that one, or all of them. */
  drop(token: string | null, error: string | null): void;
  connections(): readonly { readonly hub: HubName; readonly subscriptions: readonly string[] }[];
}

export interface UserNews {
  readonly topic: UserTopic;
  readonly account: number;
  /** Null when everybody may hear it. */
  readonly owner: string | null;
  readonly action: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface MarketNews {
  readonly topic: MarketTopic;
  readonly contract: string;
  content(heard: Heard): unknown;
}

/** What one connection has heard of one subject, for content that says only what is new. */
export interface Heard {
  last: Readonly<Record<string, unknown>> | null;
}

interface Connection {
  readonly hub: HubName;
  readonly session: Session;
  readonly peer: HubPeer;
  readonly subscriptions: Map<string, Heard>;
}

const TARGETS: Readonly<Record<UserTopic | MarketTopic, string>> = {
  Accounts: "GatewayUserAccount",
  Orders: "GatewayUserOrder",
  Positions: "GatewayUserPosition",
  Trades: "GatewayUserTrade",
  ContractQuotes: "GatewayQuote",
  ContractTrades: "GatewayTrade",
  ContractMarketDepth: "GatewayDepth",
};

const TOPICS: Readonly<Record<HubName, readonly string[]>> = {
  user: ["Accounts", "Orders", "Positions", "Trades"],
  market: ["ContractQuotes", "ContractTrades", "ContractMarketDepth"],
};

/** A connection that asks for more than this is not a trader's. */
const SUBSCRIPTIONS_MAX = 4_000;
const NO_METHOD = "Method does not exist.";
const BAD_ARGUMENTS = "Failed to invoke due to an error on the server.";

export interface HubParts {
  readonly switches: () => Switches;
  /** Somebody subscribed: what the venue says first, if anything. */
  readonly subscribed: (topic: MarketTopic, contract: string) => void;
}

export function hubs(parts: HubParts): Hubs {
  const connections = new Set<Connection>();
  const outbox: (() => void)[] = [];
  let isFlushing = false;

  function send(connection: Connection, target: string, args: readonly unknown[]): void {
    outbox.push(() => {
      if (connections.has(connection)) connection.peer.send(target, args);
    });
  }

  return {
    connect(hub, session, peer) {
      const connection: Connection = { hub, session, peer, subscriptions: new Map() };
      connections.add(connection);
      return {
        invoke: (method, args) => invoke(connection, method, args, parts.subscribed),
        gone: () => void connections.delete(connection),
      };
    },
    tellUser(news) {
      const key = keyOf(news.topic, news.account);
      for (const one of connections) {
        const mayHear = news.owner === null || news.owner === one.session.user;
        if (one.hub !== "user" || !mayHear || !one.subscriptions.has(key ?? "")) continue;
        send(one, TARGETS[news.topic], [shaped(news, parts.switches().userEvents)]);
      }
    },
    tellMarket({ topic, contract, content }) {
      for (const one of connections) {
        const heard = one.subscriptions.get(keyOf(topic, contract) ?? "");
        if (one.hub !== "market" || heard === undefined) continue;
        const said = content(heard);
        if (said !== null) send(one, TARGETS[topic], [contract, said]);
      }
    },
    flush() {
      // Who hears something may cause more of it: that waits its turn.
      if (isFlushing) return;
      isFlushing = true;
      for (const task of outbox) task();
      outbox.length = 0;
      isFlushing = false;
    },
    logOut(user) {
      for (const one of connections) {
        if (user === null || one.session.user === user) send(one, "GatewayLogout", []);
      }
    },
    drop(token, error) {
      for (const one of [...connections]) {
        if (token !== null && one.session.token !== token) continue;
        connections.delete(one);
        one.peer.end(error);
      }
    },
    connections: () =>
      [...connections].map(({ hub, subscriptions }) => ({
        hub,
        subscriptions: [...subscriptions.keys()],
      })),
  };
}

/** Null, or the error of the completion. */
function invoke(
  { hub, subscriptions }: Connection,
  method: string,
  args: readonly unknown[],
  subscribed: HubParts["subscribed"],
): string | null {
  const match = /^(Un)?[Ss]ubscribe(.+)$/.exec(method);
  const topic = TOPICS[hub].find((one) => one === match?.[2]);
  if (topic === undefined) return `Failed to invoke '${method}'. HubException: ${NO_METHOD}`;
  const key = keyOf(topic, args[0]);
  if (key === null) return BAD_ARGUMENTS;
  if (match?.[1] === "Un") {
    subscriptions.delete(key);
    return null;
  }
  if (subscriptions.size >= SUBSCRIPTIONS_MAX) return BAD_ARGUMENTS;
  subscriptions.set(key, { last: null });
  if (hub === "market") subscribed(topic as MarketTopic, args[0] as string);
  return null;
}

/** Null where the argument is of no use. Accounts are heard of without naming one. */
function keyOf(topic: string, about: unknown): string | null {
  if (topic === "Accounts") return topic;
  const wanted = topic.startsWith("Contract") ? "string" : "number";
  return typeof about === wanted ? `${topic} ${about}` : null;
}

function shaped(news: UserNews, shape: Switches["userEvents"]): unknown {
  if (shape === "flat") return news.data;
  const wrapped = { action: news.action, data: withoutNulls(news.data) };
  return shape === "array" ? [wrapped] : wrapped;
}

function withoutNulls(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const rest: Record<string, unknown> = {};
  for (const key in data) if (data[key] !== null) rest[key] = data[key];
  return rest;
}
