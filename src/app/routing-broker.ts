/**
 * Several venues as one: each account's orders go to its own.
 *
 * ```text
 * request, ask ─► whose account? ─┬─ live  ─► the live venue
 *                                 ├─ twin  ─► the paper venue
 *                                 └─ nobody's ─► nowhere, as if that venue could not be reached
 * ```
 *
 * Accounts of an earlier configuration are nobody's: their venue is not plugged in, and an answer
 * made up here would be a lie.
 */
import type { AccountId } from "../core/model/ids.ts";
import type { Broker } from "../ports/broker.ts";

export interface Route {
  readonly owns: (account: AccountId) => boolean;
  readonly broker: Broker;
}

export function routingBroker(first: Route, ...others: readonly Route[]): Broker {
  const routes = [first, ...others];
  const of = (account: AccountId): Broker | null =>
    routes.find(({ owns }) => owns(account))?.broker ?? null;
  return {
    brackets: first.broker.brackets,
    open(listener) {
      for (const { broker } of routes) broker.open(listener);
    },
    send: (request) => of(request.account)?.send(request),
    ask: (account, since) => of(account)?.ask(account, since),
    close() {
      for (const { broker } of routes) broker.close();
    },
  };
}
