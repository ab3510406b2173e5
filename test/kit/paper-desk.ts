/**
 * A desk at the pure paper venue, for tests: it keeps the state, counts time, and lets a test say
 * what happens in a line. Prices are plain ticks of MES.
 */
import { expect } from "vitest";
import { accountId, type OrderId, orderId } from "../../src/core/model/ids.ts";
import type { Root } from "../../src/core/model/instrument.ts";
import type { Quote } from "../../src/core/model/quote.ts";
import { contracts, dollars, millis, ticks } from "../../src/core/model/units.ts";
import type {
  Outcome,
  VenueFill,
  VenueOrder,
  VenueReport,
  VenueRequest,
} from "../../src/core/model/venue.ts";
import type { VenueEvent } from "../../src/core/paper/event.ts";
import { DEFAULT_VENUE, type VenueSettings } from "../../src/core/paper/settings.ts";
import { emptyVenue, type PaperAccount, type VenueState } from "../../src/core/paper/state.ts";
import { applyToVenue } from "../../src/core/paper/venue.ts";
import { getIn } from "../../src/std/trie.ts";

type Place = Extract<VenueRequest, { kind: "place" }>;

export const ALICE = accountId("alice");
export const BOB = accountId("bob");
export const MES = "MESZ26";
export const NOON = millis(Date.UTC(2026, 10, 18, 18, 0, 0));

/** One tick wide around the last price, unless a test says otherwise. */
function quoteAt(last: number, more: Partial<Record<keyof Quote, number>> = {}): Quote {
  return {
    instrument: "MES",
    at: NOON,
    last: ticks(last),
    bid: ticks(last),
    ask: ticks(last + 1),
    high: ticks(last),
    low: ticks(last),
    ...more,
  } as Quote;
}

export interface OrderWish {
  readonly tag?: string;
  readonly account?: Place["account"];
  readonly contract?: string;
  readonly role?: Place["role"];
  readonly side?: Place["side"];
  readonly type?: Place["type"];
  readonly quantity?: number;
  readonly price?: number | null;
  /** Stop and target distance. */
  readonly bracket?: readonly [number, number] | null;
}

export function placeRequest(wish: OrderWish): Place {
  const tag = wish.tag ?? "e1";
  const price = wish.price ?? null;
  const bracket = wish.bracket ?? null;
  return {
    kind: "place",
    id: `place-${tag}`,
    account: wish.account ?? ALICE,
    contract: wish.contract ?? MES,
    tag: tag as Place["tag"],
    role: wish.role ?? "entry",
    side: wish.side ?? "buy",
    type: wish.type ?? (price === null ? "market" : "limit"),
    quantity: (wish.quantity ?? 1) as Place["quantity"],
    price: price as Place["price"],
    bracket: bracket && { stopTicks: ticks(bracket[0]), targetTicks: ticks(bracket[1]) },
  };
}

export class PaperDesk {
  state: VenueState;
  /** The newest price; requests arrive with it. */
  quote: Quote | null = null;
  at = NOON;
  readonly events: VenueEvent[] = [];
  /** Reports of the last thing that happened. */
  last: readonly VenueReport[] = [];

  constructor(settings: Partial<VenueSettings> = {}) {
    this.state = emptyVenue({ ...DEFAULT_VENUE, ...settings });
    for (const account of [ALICE, BOB]) this.opens(account);
  }

  opens(account: Place["account"], balance = 50_000): void {
    const fees = { kind: "flat", roundTurn: dollars(2.5) } as const;
    this.apply({ kind: "account", at: this.at, account, balance: dollars(balance), fees });
  }

  apply(event: VenueEvent): readonly VenueReport[] {
    const step = applyToVenue(this.state, event);
    this.state = step.state;
    this.events.push(event);
    this.last = step.reports;
    return step.reports;
  }

  /** The market trades here; every order it reaches is dealt with. */
  price(last: number, more: Partial<Record<keyof Quote, number>> = {}): readonly VenueReport[] {
    this.at = millis(this.at + 1);
    const quote = quoteAt(last, { at: this.at, ...more });
    this.quote = quote;
    return this.apply({ kind: "price", at: this.at, quote });
  }

  session(session: "open" | "closed" | "halted", quotesFrom = 0, instrument: Root = "MES"): void {
    this.apply({
      kind: "session",
      at: this.at,
      instrument,
      session,
      quotesFrom: millis(quotesFrom),
    });
  }

  request(request: VenueRequest): Outcome {
    this.apply({ kind: "request", at: this.at, request, quote: this.quote });
    const answers = this.last.filter((report) => report.kind === "answer");
    expect(answers).toHaveLength(1);
    return (answers[0] as Extract<VenueReport, { kind: "answer" }>).outcome;
  }

  place(wish: OrderWish): Outcome {
    return this.request(placeRequest(wish));
  }

  modify(tag: string, price: number | null, quantity: number | null = null): Outcome {
    return this.request({
      kind: "modify",
      id: `modify-${tag}`,
      account: ALICE,
      contract: MES,
      order: this.idOf(tag),
      price: price as null,
      quantity: quantity as null,
    });
  }

  cancel(tag: string): Outcome {
    const order = this.idOf(tag);
    return this.request({ kind: "cancel", id: "cancel", account: ALICE, contract: MES, order });
  }

  close(contract = MES): Outcome {
    return this.request({ kind: "close", id: "close", account: ALICE, contract });
  }

  closePart(quantity: number): Outcome {
    const part = { kind: "close-part", id: "part", account: ALICE, contract: MES } as const;
    return this.request({ ...part, quantity: contracts(quantity) });
  }

  account(account = ALICE): PaperAccount {
    return getIn(this.state.accounts, account)!;
  }

  net(contract = MES, account = ALICE): number {
    return this.account(account).positions.find((one) => one.contract === contract)?.net ?? 0;
  }

  /** The order of that tag as the world sees it, live or ended. */
  order(tag: string, account = ALICE): VenueOrder {
    const { live, ended } = this.account(account);
    const all = [...live.map((order) => order.view), ...ended.map((one) => one.order)];
    return all.find((order) => order.tag === tag)!;
  }

  /** `status price quantity filled`, for a table. */
  brief(tag: string): string {
    const { status, price, quantity, filled } = this.order(tag);
    return `${status} @${price ?? "-"} ${filled}/${quantity}`;
  }

  idOf(tag: string): OrderId {
    return this.order(tag)?.order ?? orderId("nobody-knows");
  }

  fills(): readonly VenueFill[] {
    return this.last.flatMap((report) => (report.kind === "fill" ? [report.fill] : []));
  }

  /** `role side quantity@price` of the last event. */
  filled(): readonly string[] {
    return this.fills().map((fill) => `${fill.role} ${fill.side} ${fill.quantity}@${fill.price}`);
  }
}

export const codeOf = (outcome: Outcome): string =>
  outcome.kind === "refused" ? outcome.code : outcome.kind;
