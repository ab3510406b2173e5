/** News of the books in the words of the user hub. */
import { type Accounts, accountJson } from "./accounts.ts";
import type { Hubs, UserTopic } from "./hubs.ts";
import { orderJson } from "./orders.ts";
import { positionJson } from "./positions.ts";
import type { Teller } from "./reports.ts";
import { hubStamp } from "./stamps.ts";
import { tradeJson } from "./trades.ts";

export interface TellerParts {
  readonly hubs: Hubs;
  readonly accounts: Accounts;
  readonly balance: (account: number) => number;
}

/** The number every event brings with its data: as seen, whatever it means. */
const ACTION = { changed: 1, closed: 2, traded: 0 } as const;

export function teller({ hubs, accounts, balance }: TellerParts): Teller {
  function tell(
    topic: UserTopic,
    account: number,
    action: number,
    data: Readonly<Record<string, unknown>>,
  ): void {
    hubs.tellUser({ topic, account, owner: accounts.get(account)?.owner ?? null, action, data });
  }

  return {
    order: (row) => tell("Orders", row.account, ACTION.changed, orderJson(row, hubStamp)),
    trade: (row) => tell("Trades", row.order.account, ACTION.traded, tradeJson(row, hubStamp)),
    position(row) {
      const action = row.net === 0 ? ACTION.closed : ACTION.changed;
      tell("Positions", row.account, action, positionJson(row, hubStamp));
    },
    account(id) {
      const row = accounts.get(id);
      if (row !== null) tell("Accounts", id, ACTION.changed, accountJson(row, balance(id)));
    },
  };
}
