/**
 * What the accounts hold, one net row a contract, and what each fill earned.
 *
 * A row keeps its id from the first contract to the last; the next position has a new one. Reducing
 * leaves its average alone, turning round starts average and age anew.
 */
import { instrumentOf } from "../../core/model/instruments.ts";
import { type Millis, type Money, money, type Ticks } from "../../core/model/units.ts";
import { move } from "../../core/paper/position.ts";
import type { PaperPosition } from "../../core/paper/state.ts";
import type { TradedContract } from "./contracts.ts";
import { averagePoints } from "./orders.ts";

export interface PositionRow {
  readonly id: number;
  readonly account: number;
  readonly contract: TradedContract;
  readonly createdAt: Millis;
  /** Net contracts; 0 once it is closed. */
  readonly net: number;
  /** Points. */
  readonly average: number;
}

export interface Filled {
  readonly account: number;
  readonly contract: TradedContract;
  /** Contracts bought, negative when sold. */
  readonly signed: number;
  readonly price: Ticks;
  readonly at: Millis;
}

export interface Moved {
  readonly row: PositionRow;
  /** Contracts that left, and their gross result. */
  readonly closed: number;
  readonly earned: Money;
  /** Contracts that came. */
  readonly opened: number;
}

export interface Positions {
  fill(filled: Filled): Moved;
  find(account: number, contract: string): PositionRow | null;
  of(account: number): readonly PositionRow[];
}

const FIRST_ID = 820_000_001;

interface Held {
  readonly row: PositionRow;
  readonly exact: PaperPosition;
}

export function positions(): Positions {
  const held = new Map<string, Held>();
  let nextId = FIRST_ID;

  function openRow({ account, contract, at }: Filled): PositionRow {
    nextId += 1;
    return { id: nextId - 1, account, contract, createdAt: at, net: 0, average: 0 };
  }

  return {
    fill(filled) {
      const { account, contract, signed, price } = filled;
      const key = `${account} ${contract.id}`;
      const before = held.get(key);
      const exact = before?.exact ?? { contract: contract.code, net: 0, priceSum: 0 };
      const { position, earned } = move(exact, signed, price);
      const row = rowAfter(before?.row ?? openRow(filled), position, filled);
      if (row.net === 0) held.delete(key);
      else held.set(key, { row, exact: position });
      const closed = exact.net * signed < 0 ? Math.min(Math.abs(exact.net), Math.abs(signed)) : 0;
      const worth = money(earned * instrumentOf(contract.root).tickValue);
      return { row, closed, earned: worth, opened: Math.abs(signed) - closed };
    },
    find: (account, contract) => held.get(`${account} ${contract}`)?.row ?? null,
    of: (account) => [...held.values()].map(({ row }) => row).filter(ownedBy(account)),
  };
}

function rowAfter(before: PositionRow, { net, priceSum }: PaperPosition, filled: Filled) {
  const isReduced = Math.abs(net) < Math.abs(before.net) && net * before.net >= 0;
  if (isReduced) return { ...before, net };
  const average = averagePoints(filled.contract, priceSum / net);
  const turnedRound = net * before.net < 0;
  return { ...before, net, average, createdAt: turnedRound ? filled.at : before.createdAt };
}

const ownedBy =
  (account: number) =>
  (row: PositionRow): boolean =>
    row.account === account;

export const positionJson = (row: PositionRow, stamp: (at: Millis) => string) => ({
  id: row.id,
  accountId: row.account,
  contractId: row.contract.id,
  contractDisplayName: row.contract.code,
  creationTimestamp: stamp(row.createdAt),
  type: row.net === 0 ? 0 : row.net > 0 ? 1 : 2,
  size: Math.abs(row.net),
  averagePrice: row.average,
});
