/**
 * The TopstepX broker at a scripted gateway, on virtual time: what the venue's lists say is set by the
 * test, answers to changes come when the test says so, and events are told by hand.
 */
import { type AccountId, accountId, type OrderId, type Tag } from "../../src/core/model/ids.ts";
import { isoOf, parseIso } from "../../src/core/model/iso-time.ts";
import type { BracketSupport } from "../../src/core/model/rules.ts";
import { contracts, type Millis, millis, ticks } from "../../src/core/model/units.ts";
import type { Outcome, VenueReport, VenueRequest } from "../../src/core/model/venue.ts";
import { virtualClock } from "../../src/shell/host/virtual-clock.ts";
import { TopstepxBroker } from "../../src/shell/topstepx/broker.ts";
import { contractOfCode, contractOfId } from "../../src/shell/topstepx/contract-names.ts";
import type { Called, Gateway, Urgency } from "../../src/shell/topstepx/gateway.ts";
import type { UserHubListener } from "../../src/shell/topstepx/user-hub.ts";
import type {
  CallName,
  WireAccount,
  WireOrder,
  WirePosition,
  WireTrade,
} from "../../src/shell/topstepx/wire-types.ts";
import { silentLog } from "./silent-log.ts";

export const NUMBER = 101;
export const ACCOUNT = accountId("101");
export const OTHER = accountId("102");
export const MES_ID = "CON.F.US.MES.Z26";
export const NOON = millis(Date.UTC(2026, 10, 18, 18, 0, 0));

type Place = Extract<VenueRequest, { kind: "place" }>;
type Reply = Called<unknown>;

export interface Sent {
  readonly name: CallName;
  readonly asked: Readonly<Record<string, unknown>>;
  readonly urgency: Urgency;
  readonly at: Millis;
  answer(reply: Reply): void;
}

export const done = (value: unknown): Reply => ({ kind: "done", value });
export const refused = (code: number, name: string, reason = ""): Reply => ({
  kind: "refused",
  ...{ code, name, reason },
});
export const unknown = (reason = "no answer"): Reply => ({ kind: "unknown", reason });

export class TopstepxDesk {
  readonly clock = virtualClock(NOON);
  readonly sent: Sent[] = [];
  readonly reports: VenueReport[] = [];
  readonly broker: TopstepxBroker;
  hub: UserHubListener | null = null;
  /** Calls wanted for what is open, by account. */
  readonly promised = new Map<number, number>();
  /** How often the hub was found deaf. */
  restarts = 0;
  /** What the lists say. */
  accounts: WireAccount[] = [NUMBER, NUMBER + 1].map((id) => ({
    ...{ id, name: `PRAC-${id}`, balance: 50_000, canTrade: true, isVisible: true },
    simulated: true,
  }));
  orders: WireOrder[] = [];
  positions: WirePosition[] = [];
  trades: WireTrade[] = [];
  /** Else every call waits for its turn, and is not begun. */
  isBudgetLeft = true;
  /** Whole answers in place of what the lists say; null: no answer at all. */
  readonly instead = new Map<CallName, Reply | null>();

  constructor(brackets: BracketSupport = "native") {
    const gateway: Gateway = {
      call: (name, asked, urgency, called, begun = () => {}) => {
        const at = this.clock.now();
        if (this.isBudgetLeft) begun();
        // The script answers with what belongs to the call; its types are the test's business.
        const answer = (reply: Reply): void =>
          void this.clock.schedule(this.clock.now(), () => called(reply as Called<never>, at));
        const one: Sent = { name, asked: asked as unknown as Sent["asked"], urgency, at, answer };
        this.sent.push(one);
        const reply = this.#listed(one);
        if (reply !== null) answer(reply);
      },
      promise: (account, calls) => void this.promised.set(account, calls),
    };
    const hub = {
      open: (listener: UserHubListener) => {
        this.hub = listener;
      },
      restart: () => void this.restarts++,
      close: () => {},
    };
    this.broker = new TopstepxBroker({
      clock: this.clock,
      gateway,
      hub,
      contracts: { byCode: contractOfCode, byId: contractOfId },
      log: silentLog,
      accounts: [
        { account: ACCOUNT, number: NUMBER },
        { account: OTHER, number: NUMBER + 1 },
      ],
      brackets,
    });
    this.broker.open((report) => this.reports.push(report));
  }

  /** Lets that much time pass. */
  pass(milliseconds = 0): void {
    this.clock.runUntil(millis(this.clock.now() + milliseconds));
  }

  /** The hub is up, and the account was looked at once. */
  settle(account: AccountId = ACCOUNT): void {
    this.hub?.up();
    this.look(account);
    this.pass(30_000);
    this.sent.length = 0;
    this.reports.length = 0;
  }

  look(account: AccountId = ACCOUNT, since: Millis = millis(NOON - 60_000)): void {
    this.broker.ask(account, since);
    this.pass();
  }

  send(request: VenueRequest): void {
    this.broker.send(request);
    this.pass();
  }

  /** The newest call of that name. */
  last(name: CallName): Sent {
    const found = this.sent.findLast((one) => one.name === name);
    if (found === undefined) throw new Error(`${name} was not called`);
    return found;
  }

  names(): readonly string[] {
    return this.sent.map(({ name }) => name);
  }

  answer(name: CallName, reply: Reply): void {
    this.last(name).answer(reply);
    this.pass();
  }

  outcomes(): readonly Outcome[] {
    return this.reports.flatMap((one) => (one.kind === "answer" ? [one.outcome] : []));
  }

  of<Kind extends VenueReport["kind"]>(
    kind: Kind,
  ): readonly Extract<VenueReport, { kind: Kind }>[] {
    return this.reports.filter(
      (one): one is Extract<VenueReport, { kind: Kind }> => one.kind === kind,
    );
  }

  order(order: Partial<WireOrder> & Pick<WireOrder, "id">): void {
    const creationTimestamp = isoOf(this.clock.now());
    this.hub?.news({ kind: "order", order: anOrder({ creationTimestamp, ...order }) });
    this.pass();
  }

  trade(trade: Partial<WireTrade> & Pick<WireTrade, "id" | "orderId">): void {
    const creationTimestamp = isoOf(this.clock.now());
    this.hub?.news({ kind: "trade", trade: aTrade({ creationTimestamp, ...trade }) });
    this.pass();
  }

  #listed({ name, asked }: Sent): Reply | null {
    const instead = this.instead.get(name);
    if (instead !== undefined) return instead;
    const number = asked["accountId"];
    const own = <T extends { readonly accountId: number }>(list: readonly T[]): readonly T[] =>
      list.filter((one) => number === undefined || one.accountId === number);
    const from = parseIso(String(asked["startTimestamp"])) ?? 0;
    const isRecent = (one: { readonly creationTimestamp: string }): boolean =>
      (parseIso(one.creationTimestamp) ?? 0) >= from;
    switch (name) {
      case "Account/search":
        return done({ accounts: this.accounts });
      case "Position/searchOpen":
        return done({ positions: own(this.positions) });
      case "Order/v2/query":
        return done({ orders: this.orders.filter((one) => ![2, 3, 4, 5].includes(one.status)) });
      case "Order/search":
        return done({ orders: own(this.orders).filter(isRecent) });
      case "Order/searchById":
        return done({ order: this.orders.find((one) => one.id === asked["orderId"]) ?? null });
      case "Trade/search":
        return done({ trades: own(this.trades).filter(isRecent).toReversed() });
      default:
        return null;
    }
  }
}

export const anOrder = (order: Partial<WireOrder> & Pick<WireOrder, "id">): WireOrder => ({
  accountId: NUMBER,
  contractId: MES_ID,
  creationTimestamp: isoOf(NOON),
  updateTimestamp: null,
  status: 1,
  type: 2,
  side: 0,
  size: 1,
  limitPrice: null,
  stopPrice: null,
  fillVolume: 0,
  filledPrice: null,
  customTag: null,
  parentOrderId: null,
  linkedOrderId: null,
  ...order,
});

export const aTrade = (
  trade: Partial<WireTrade> & Pick<WireTrade, "id" | "orderId">,
): WireTrade => ({
  accountId: NUMBER,
  contractId: MES_ID,
  creationTimestamp: isoOf(NOON),
  price: 6325,
  profitAndLoss: null,
  fees: 0.36,
  commissions: null,
  side: 0,
  size: 1,
  voided: false,
  ...trade,
});

export const aPosition = (size: number): WirePosition => ({
  id: 9,
  accountId: NUMBER,
  contractId: MES_ID,
  creationTimestamp: isoOf(NOON),
  type: size > 0 ? 1 : 2,
  size: Math.abs(size),
  averagePrice: 6325,
});

export const ENTRY = "ts-aaaaaaaaaaaaaaaaaaaaaaaaaa-e1-1";
export const STOP = "ts-aaaaaaaaaaaaaaaaaaaaaaaaaa-s1-1";

export function place(wish: Partial<Place> = {}): Place {
  const tag = wish.tag ?? (ENTRY as Tag);
  return {
    kind: "place",
    id: tag,
    account: ACCOUNT,
    contract: "MESZ26",
    tag,
    role: "entry",
    side: "buy",
    type: "market",
    quantity: contracts(1),
    price: null,
    bracket: null,
    ...wish,
  };
}

export const modify = (
  order: number,
  price: number | null,
  quantity: number | null = null,
): VenueRequest => ({
  kind: "modify",
  id: `modify-${order}-${price}`,
  account: ACCOUNT,
  contract: "MESZ26",
  order: String(order) as OrderId,
  price: price === null ? null : ticks(price),
  quantity: quantity === null ? null : contracts(quantity),
});

export const cancel = (order: number): VenueRequest => ({
  kind: "cancel",
  id: `cancel-${order}`,
  account: ACCOUNT,
  contract: "MESZ26",
  order: String(order) as OrderId,
});

export const close = (id = "close-1"): VenueRequest => ({
  kind: "close",
  id,
  account: ACCOUNT,
  contract: "MESZ26",
});
