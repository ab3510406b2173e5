/**
 * What a fact changes in the ledger: a pure table from kinds of facts to row changes. A kind that
 * is absent changes nothing there; the journal has it all the same.
 */
import type { AlertDecision } from "../../core/model/alert-record.ts";
import type { Fact, FactOf } from "../../core/model/fact.ts";
import { tagOf } from "../../core/model/ids.ts";
import type { MessageRef } from "../../core/model/message.ts";
import type { ExitWay } from "../../core/model/trade.ts";
import { tradeDateOf } from "../../core/model/trade-date.ts";
import type { Recorded } from "../../ports/journal.ts";
import type { LedgerWrite } from "./ledger-writes.ts";

export interface RowChange {
  readonly write: LedgerWrite;
  readonly values: Values;
}
type Values = Readonly<Record<string, string | number | null>>;

export function rowChangesOf({ sequence, fact }: Recorded): readonly RowChange[] {
  const changes = CHANGES[fact.kind] as Changes<Fact> | undefined;
  return changes?.(fact, sequence) ?? [];
}

type Changes<F> = (fact: F, sequence: number) => readonly RowChange[];
type ChangesByKind = { readonly [Kind in Fact["kind"]]?: Changes<FactOf<Kind>> };

const CHANGES: ChangesByKind = {
  AccountOpened: ({ account, balance, at }) => [row("openAccount", { account, balance, at })],
  AccountSettled: ({ account, balance, at }) => [row("settleAccount", { account, balance, at })],

  AlertRead: (fact, sequence) => [
    row("addAlert", {
      ...heard(fact, sequence),
      ...understood(fact),
      kind: "entry",
      reason: null,
    }),
  ],
  MessageIgnored: (fact, sequence) => [
    noEntry(fact, sequence, fact.review === true ? "unsure" : "none", fact.reason),
  ],
  UpdateRead: (fact, sequence) => [
    noEntry(fact, sequence, "update", fact.updates.map(({ action }) => action).join(", ")),
  ],
  UpdateSettled: ({ message, how, reason, bound, at }, sequence) => {
    const settled = { sequence, message, account: null, decision: how, why: reason, at };
    return [decision(bound === null ? settled : { ...settled, trade: bound })];
  },
  AlertTracked: (fact, sequence) => [noEntry(fact, sequence, "tracked", "not executed here")],
  AlertRefused: (fact, sequence) => [refused({ ...fact, account: null }, sequence)],
  TradeRefused: (fact, sequence) => [refused(fact, sequence)],
  AlertShadowed: ({ message, account, at }, sequence) => [
    decision({ sequence, message, account, decision: "shadowed", at }),
  ],
  ApprovalAsked: ({ message, at }, sequence) => [
    decision({ sequence, message, account: null, decision: "asked", at }),
  ],
  ApprovalEnded: ({ message, how, by, at }, sequence) => [
    decision({ sequence, message, account: null, decision: how, why: by, at }),
  ],
  TradePlanned: (fact, sequence) => planned(fact, sequence),

  EntrySent: (fact) => [entryChange(fact, { state: "sent" })],
  EntryAccepted: (fact) => [
    row("enterTrade", { trade: fact.trade }),
    ...sent(fact),
    entryChange(fact, { state: "working", order: fact.order }),
  ],
  EntryRejected: (fact) => [entryChange(fact, { state: "rejected", reason: fact.reason })],
  EntryUnknown: (fact) => [
    row("doubtTrade", { trade: fact.trade }),
    entryChange(fact, { state: "unknown", reason: fact.reason }),
  ],
  EntryNotSent: (fact) => [entryChange(fact, { state: "not-sent", reason: fact.reason })],
  EntryFilled: (fact, sequence) => [
    ...filled(fact, "entry", sequence),
    ...sent(fact),
    row("reachPrices", entryReach(fact)),
  ],
  EntryWithdrawn: ({ trade, reason }) => [row("giveReason", { trade, reason })],
  EntryEnded: (fact) => [entryChange(fact, { state: fact.how })],

  LegPlaced: ({ trade, tranche, leg, price, quantity, attempt, at }) => {
    const tag = tagOf(trade, leg === "stop" ? "s" : "t", tranche, attempt);
    return [row("addOrder", { trade, tranche, leg, tag, state: "sent", price, quantity, at })];
  },
  LegConfirmed: ({ trade, tranche, leg, order, price, quantity, at }) => [
    row("confirmOrder", { trade, tranche, leg, order, price, quantity, at }),
  ],
  LegChangeRefused: (fact) => [orderChange(fact, { reason: fact.reason })],
  LegRejected: (fact) => [orderChange(fact, { state: "rejected", reason: fact.reason })],
  LegUnknown: (fact) => [orderChange(fact, { state: "unknown", reason: fact.reason })],
  LegEnded: (fact) => [orderChange(fact, { state: fact.how })],
  ExitFilled: (fact, sequence) => [
    ...filled(fact, fact.by, sequence),
    row("reachPrices", exitReach(fact)),
  ],

  TargetHit: ({ trade, target }) => [row("hitTarget", { trade, target })],
  TargetAimed: ({ trade, why }) =>
    why === "filled-beyond-target" ? [row("giveReason", { trade, reason: why })] : [],
  ExitBegun: ({ trade, reason }) => [row("giveReason", { trade, reason })],
  TradeClosed: ({ trade, how, gross, fees, net, at }, sequence) => [
    row("closeTrade", { trade, how, gross, fees, net, at, tradeDate: tradeDateOf(at) }),
    row("addEquity", { trade, sequence }),
  ],
  TradeAbandoned: ({ trade, reason, at }) => [
    row("abandonTrade", { trade, reason, at, tradeDate: tradeDateOf(at) }),
  ],
  TradeReopened: ({ trade }) => [row("reopenTrade", { trade }), row("dropEquity", { trade })],
};

const row = (write: LedgerWrite, values: Values): RowChange => ({ write, values });

/** Always the same text for the same message, so that it serves as a key. */
export const keyOf = ({ source, channel, id }: MessageRef): string =>
  JSON.stringify({ source, channel, id });

type Heard = FactOf<"AlertRead" | "MessageIgnored" | "UpdateRead" | "AlertTracked">;

const noEntry = (fact: Heard, sequence: number, kind: string, reason: string): RowChange =>
  row("addAlert", { ...heard(fact, sequence), ...NOT_UNDERSTOOD, kind, reason });

function heard(fact: Heard, sequence: number): Values {
  const { message, author, text, at } = fact;
  const sentAt = fact.kind === "MessageIgnored" ? null : fact.sentAt;
  return { sequence, message: keyOf(message), author, text, at, sentAt };
}

function understood({ alert, receivedAt, market, at }: FactOf<"AlertRead">): Values {
  const { instrument, side, entry, stop } = alert;
  const { bid = null, ask = null, age: quoteAge = null } = market ?? {};
  const seen = { receivedAt: receivedAt ?? at, bid, ask, quoteAge };
  return { instrument, side, entry, stop, alert: JSON.stringify(alert), ...seen };
}

const NOT_UNDERSTOOD: Values = {
  instrument: null,
  side: null,
  entry: null,
  stop: null,
  alert: null,
  receivedAt: null,
  bid: null,
  ask: null,
  quoteAge: null,
};

interface DecisionValues {
  readonly sequence: number;
  readonly message: MessageRef;
  readonly account: string | null;
  readonly decision: AlertDecision["decision"];
  readonly why?: string;
  readonly refusal?: string;
  readonly trade?: string;
  readonly at: number;
}

function decision({ message, ...values }: DecisionValues): RowChange {
  const empty = { why: null, refusal: null, trade: null };
  return row("addDecision", { ...empty, ...values, message: keyOf(message) });
}

type Refused = Pick<FactOf<"AlertRefused">, "message" | "refusal" | "at"> & {
  readonly account: string | null;
};

function refused({ message, account, refusal, at }: Refused, sequence: number): RowChange {
  const why = refusal.kind;
  const text = JSON.stringify(refusal);
  return decision({ sequence, message, account, decision: "refused", why, refusal: text, at });
}

function planned(fact: FactOf<"TradePlanned">, sequence: number): readonly RowChange[] {
  const { trade, number, account, author, message, plan, at, size: sizeLetter = null } = fact;
  const { instrument, contract, side, stop, risk, entry, alerted } = plan;
  const size = plan.tranches.reduce((sum, tranche) => sum + tranche.quantity, 0);
  const targets = JSON.stringify(plan.targets);
  const market = { instrument, contract, side, size, stop, targets, risk, alerted, sizeLetter };
  return [
    decision({ sequence, message, account, decision: "planned", trade, at }),
    row("addTrade", { trade, number, account, author, message: keyOf(message), ...market, at }),
    ...plan.tranches.map(({ quantity }, tranche) => {
      const tag = tagOf(trade, "e", tranche, 1); // an entry is never tried twice
      const state = tranche === 0 ? "sent" : "planned";
      const price = entry.kind === "limit" ? entry.limit : null;
      const order = { trade, tranche, leg: "entry", tag, state, price, quantity, at };
      return row("addOrder", order);
    }),
  ];
}

interface OfOrder {
  readonly trade: string;
  readonly tranche: number;
  readonly leg: string;
  readonly at: number;
}

function orderChange({ trade, tranche, leg, at }: OfOrder, change: Values): RowChange {
  const empty = { state: null, order: null, reason: null };
  return row("changeOrder", { ...empty, ...change, trade, tranche, leg, at });
}

const entryChange = (fact: Omit<OfOrder, "leg">, change: Values): RowChange =>
  orderChange({ ...fact, leg: "entry" }, change);

function filled(
  fact: FactOf<"EntryFilled" | "ExitFilled">,
  role: "entry" | ExitWay,
  sequence: number,
): readonly RowChange[] {
  const { trade, tranche, fill, order, price, quantity, fees, at } = fact;
  return [
    row("addFill", { sequence, trade, tranche, role, fill, order, price, quantity, fees, at }),
    row("fillOrder", { trade, tranche, role, order, quantity, at }),
    role === "entry"
      ? row("addEntry", { trade, price, quantity, fees, at, filledAt: fact.filledAt ?? at })
      : row("addExit", { trade, tranche, role, price, quantity, fees }),
  ];
}

const sent = ({ trade, sentAt }: FactOf<"EntryAccepted" | "EntryFilled">): readonly RowChange[] =>
  sentAt === undefined ? [] : [row("sendTrade", { trade, sentAt })];

/** Where the house listens, a fill is heard of in good time: what came between is in no stretch. */
const HEARD_LATE = 5_000;

function entryReach({ trade, price, at, filledAt = at }: FactOf<"EntryFilled">): Values {
  const lasted = at - filledAt;
  const late =
    lasted > HEARD_LATE ? { unseen: "heard-late", lasted } : { unseen: null, lasted: null };
  return { trade, high: price, low: price, by: null, ...late };
}

function exitReach({ trade, price, stretch }: FactOf<"ExitFilled">): Values {
  const high = Math.max(price, stretch?.high ?? price);
  const low = Math.min(price, stretch?.low ?? price);
  const { why = null, lasted = null } = stretch?.unseen ?? {};
  const unseen = stretch === undefined ? "no-prices" : why;
  return { trade, high, low, by: stretch?.by ?? null, unseen, lasted };
}
