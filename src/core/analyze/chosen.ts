/**
 * Some of the trades: those of a stretch of trade dates, of an account, of an author. A trade belongs
 * to the date on which it was closed.
 */
import type { Root } from "../model/instrument.ts";
import {
  type ClosedTrade,
  columnsBuilder,
  type Label,
  type TradeColumns,
} from "../model/trade-columns.ts";
import { type TradeDate, tradeDateEnd, tradeDateStart } from "../model/trade-date.ts";
import { inSlices, type Sliced } from "./slices.ts";

/** Null = whatever it is. Both dates included. */
export interface Choice {
  readonly from: TradeDate | null;
  readonly to: TradeDate | null;
  readonly account: string | null;
  readonly author: string | null;
}

export interface Chosen {
  readonly trades: TradeColumns;
  /** Money that the account, or all of them, had made before the first date, whoever the author. */
  readonly before: number;
}

export function* chosen(all: TradeColumns, choice: Choice): Sliced<Chosen> {
  const { from, to, account, author } = choice;
  if ([from, to, account, author].every((one) => one === null)) return { trades: all, before: 0 };
  const begin = from === null ? Number.NEGATIVE_INFINITY : tradeDateStart(from);
  const end = to === null ? Number.POSITIVE_INFINITY : tradeDateEnd(to);
  const isOfAccount = isNamed(all, "account", account);
  const isOfAuthor = isNamed(all, "author", author);
  const builder = columnsBuilder();
  let before = 0;
  const take = (at: number): void => {
    const exitAt = all.exitAt[at] as number;
    if (!isOfAccount(at) || exitAt >= end) return;
    if (exitAt < begin) before += all.net[at] as number;
    else if (isOfAuthor(at)) builder.add(closedTrade(all, at));
  };
  yield* inSlices(all.length, (first, until) => {
    for (let at = first; at < until; at++) take(at);
  });
  return { trades: builder.finish(), before };
}

function isNamed({ labels }: TradeColumns, label: Label, name: string | null) {
  const { codes, names } = labels[label];
  const code = name === null ? null : names.indexOf(name);
  return (at: number): boolean => code === null || codes[at] === code;
}

/** One row of the columns. */
export function closedTrade(all: TradeColumns, at: number): ClosedTrade {
  const of = (column: Float64Array): number => column[at] as number;
  const named = (name: Label): string => {
    const { codes, names } = all.labels[name];
    return names[codes[at] as number] as string;
  };
  return {
    entryAt: of(all.entryAt),
    exitAt: of(all.exitAt),
    net: of(all.net),
    fees: of(all.fees),
    quantity: of(all.quantity),
    direction: of(all.direction),
    pointWorth: of(all.pointWorth),
    risk: of(all.risk),
    mae: of(all.mae),
    mfe: of(all.mfe),
    labels: {
      // They came from trades.
      instrument: named("instrument") as Root,
      author: named("author"),
      tag: named("tag"),
      account: named("account"),
      sizeLetter: named("sizeLetter"),
      exit: named("exit"),
    },
  };
}
