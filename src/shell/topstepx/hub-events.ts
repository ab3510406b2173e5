/**
 * The few words spoken on the two hubs: which events are heard, what is asked for.
 *
 * Subscriptions live as long as their connection. The library matches names without regard to case,
 * so each is registered in one spelling only: two would be told twice.
 */
import type { HubName } from "./transport.ts";

/** Pushed when the venue ends our session; what it carries is not documented. */
export const LOGOUT = "GatewayLogout";

/** Everything that is listened to; what else a hub says is passed over. */
export const HUB_EVENTS: Readonly<Record<HubName, readonly string[]>> = {
  user: [
    "GatewayUserAccount",
    "GatewayUserOrder",
    "GatewayUserPosition",
    "GatewayUserTrade",
    LOGOUT,
  ],
  market: ["GatewayQuote", "GatewayTrade", LOGOUT],
};

/** Something asked of a hub, and asked again after every connect. */
export interface Subscription {
  /** Begins with `Subscribe`; the same word with `Unsubscribe` takes it back. */
  readonly method: string;
  readonly args: readonly (string | number)[];
}

/** All there is to hear of these accounts. */
export const userSubscriptions = (accounts: readonly number[]): readonly Subscription[] => [
  { method: "SubscribeAccounts", args: [] },
  ...accounts.flatMap((account) =>
    ["SubscribeOrders", "SubscribePositions", "SubscribeTrades"].map((method) => ({
      method,
      args: [account],
    })),
  ),
];

/** Quotes and trades of these contracts, by the venue's ids; depth is not needed. */
export const marketSubscriptions = (contracts: readonly string[]): readonly Subscription[] =>
  contracts.flatMap((contract) =>
    ["SubscribeContractQuotes", "SubscribeContractTrades"].map((method) => ({
      method,
      args: [contract],
    })),
  );
