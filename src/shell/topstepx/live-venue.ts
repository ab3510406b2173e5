/**
 * TopstepX behind one login: orders, quotes, and the operator's desk.
 *
 * ```text
 * HTTP, hubs ─► transport ─► gateway ─┬─ desk
 *                                     ├─ contracts ─► market data
 *                                     └─ user hub ──► broker ─► guards of entries and login
 * ```
 *
 * Nothing is connected until somebody asks for the part that needs it: a `doctor` hears no quotes,
 * and paper trading at live quotes has no broker.
 */
import type { TopstepxConfig } from "../../core/model/config.ts";
import { frontContract } from "../../core/model/expiry.ts";
import type { Root } from "../../core/model/instrument.ts";
import { tradeDateOf } from "../../core/model/trade-date.ts";
import type { Broker } from "../../ports/broker.ts";
import type { Clock } from "../../ports/clock.ts";
import type { LiveVenue } from "../../ports/live-venue.ts";
import type { Log } from "../../ports/log.ts";
import { answersFirst } from "./answers-first.ts";
import { TopstepxBroker } from "./broker.ts";
import { checkContract } from "./contract-check.ts";
import { type Contracts, openContracts, type Resolved } from "./contracts.ts";
import { guardedEntries } from "./entry-guard.ts";
import { createGateway, type GatewayClient } from "./gateway-client.ts";
import { httpTransport } from "./http-transport.ts";
import { hubConnector } from "./hub-connection.ts";
import { watchedLines } from "./line-watch.ts";
import { liveUserHub } from "./live-user-hub.ts";
import { guardedLogin } from "./login-guard.ts";
import { type LiveMarket, liveMarket } from "./market-data.ts";
import { networkTransport } from "./network-transport.ts";
import type { Transport } from "./transport.ts";
import { venueDesk } from "./venue-desk.ts";
import { warmLines } from "./warm-lines.ts";

export interface LiveVenueParts {
  readonly config: TopstepxConfig;
  readonly apiKey: string;
  /** What may be traded here. */
  readonly roots: readonly Root[];
  readonly clock: Clock;
  readonly log: Log;
}

interface Line extends LiveVenueParts {
  readonly transport: Transport;
  readonly gateway: GatewayClient;
}

export function openLiveVenue(parts: LiveVenueParts): LiveVenue {
  const { config, apiKey, clock, log, roots } = parts;
  const { restUrl, userHubUrl: user, marketHubUrl: market } = config;
  const { watched, tell } = answersFirst();
  const transport = watchedLines(
    networkTransport({
      clock,
      http: watched(httpTransport({ restUrl })),
      hubs: hubConnector({ urls: { user, market }, log, tell }),
    }),
  );
  const credentials = { userName: config.userName, apiKey };
  const gateway = createGateway({ transport, credentials, log });
  const line: Line = { ...parts, transport, gateway };
  const prices = once(() => pricesOn(line));
  return {
    get broker() {
      return brokerOn(line, prices().contracts);
    },
    get market() {
      return prices().market;
    },
    desk: venueDesk({
      ...{ transport, gateway, config, credentials, roots },
      check: (root, rows) => checkContract(rows, frontContract(root, tradeDateOf(clock.now()))),
    }),
    lines: transport.lines,
    close() {
      prices.made()?.contracts.close();
      gateway.close();
      transport.close();
    },
  };
}

interface LivePrices {
  readonly market: LiveMarket;
  readonly contracts: Contracts;
}

/** Contracts are asked for at once and each trade date; what they are is what is followed. */
function pricesOn({ config, gateway, transport, roots, clock, log }: Line): LivePrices {
  const market = liveMarket({
    ...{ transport, log, tokens: gateway, seed: clock.now() },
    clockOffset: () => gateway.clockOffset(),
    contested: (reason) => log.write("error", "topstepx-market-contested", { reason }),
  });
  const told = ({ contracts, refusals }: Resolved): void => {
    for (const reason of refusals) log.write("error", "topstepx-contract", { reason });
    market.follow(contracts);
  };
  const contracts = openContracts({ gateway, clock, roots, live: !config.simulated, told });
  contracts.open();
  return { market, contracts };
}

function brokerOn({ config, gateway, transport, clock, log }: Line, contracts: Contracts): Broker {
  const { accounts, brackets } = config;
  const hub = liveUserHub({
    ...{ transport, log, tokens: gateway, seed: clock.now() + 1 },
    accounts: accounts.map(({ number }) => number),
  });
  const broker = new TopstepxBroker({
    ...{ clock, gateway, hub, contracts, log, accounts },
    brackets: brackets === "native" ? "native" : "none",
  });
  const guarded = guardedEntries({ broker, clock, refusal: contracts.refusal });
  const ours = accounts.map(({ account }) => account);
  const watched = guardedLogin({
    ...{ broker: guarded, clock, login: gateway, accounts: ours },
    isExposed: () => broker.isExposed,
  });
  const lines = warmLines({ clock, gateway, orders: accounts.length });
  return {
    ...watched,
    close() {
      lines.close();
      watched.close();
    },
  };
}

interface Once<T> {
  (): T;
  /** Null when nobody asked for it. */
  made(): T | null;
}

function once<T>(make: () => T): Once<T> {
  let value: { readonly of: T } | null = null;
  const get = (): T => {
    value ??= { of: make() };
    return value.of;
  };
  return Object.assign(get, { made: () => value?.of ?? null });
}
