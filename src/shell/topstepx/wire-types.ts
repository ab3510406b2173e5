/**
 * What the gateway says, after its text was read: absent and null are one, names are ours where
 * theirs mislead, numbers are numbers.
 *
 * Codes stay the venue's integers here (order status, type, side); `codes.ts` gives them names.
 * Prices are points. Times are the venue's own words; a reader who needs one turns it into `Millis`.
 */
export interface WireAccount {
  readonly id: number;
  readonly name: string;
  readonly balance: number;
  readonly canTrade: boolean;
  readonly isVisible: boolean;
  /** Absent on some events; a search always tells. */
  readonly simulated: boolean | null;
}

export interface WireContract {
  /** `CON.F.US.MES.Z25`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly tickSize: number;
  readonly tickValue: number;
  readonly activeContract: boolean;
  /** `F.US.MES`. */
  readonly symbolId: string;
}

export interface WireOrder {
  readonly id: number;
  readonly accountId: number;
  readonly contractId: string;
  readonly creationTimestamp: string;
  readonly updateTimestamp: string | null;
  readonly status: number;
  readonly type: number;
  readonly side: number;
  readonly size: number;
  readonly limitPrice: number | null;
  readonly stopPrice: number | null;
  readonly fillVolume: number;
  readonly filledPrice: number | null;
  readonly customTag: string | null;
  /** The entry, on the children of a bracket only. */
  readonly parentOrderId: number | null;
  readonly linkedOrderId: number | null;
}

export interface WirePosition {
  readonly id: number;
  readonly accountId: number;
  readonly contractId: string;
  readonly creationTimestamp: string;
  /** 0 none, 1 long, 2 short. */
  readonly type: number;
  readonly size: number;
  readonly averagePrice: number;
}

/** A half-turn: the opening ones have no profit or loss. */
export interface WireTrade {
  readonly id: number;
  readonly accountId: number;
  readonly contractId: string;
  readonly creationTimestamp: string;
  readonly price: number;
  readonly profitAndLoss: number | null;
  readonly fees: number;
  readonly commissions: number | null;
  readonly side: number;
  readonly size: number;
  readonly voided: boolean;
  readonly orderId: number;
}

export interface WireBar {
  readonly t: string;
  readonly o: number;
  readonly h: number;
  readonly l: number;
  readonly c: number;
  readonly v: number;
}

/** Signed ticks from the fill: a long's stop is negative, its target positive. */
export interface WireBracket {
  readonly ticks: number;
  readonly type: number;
}

interface ByAccount {
  readonly accountId: number;
}
interface ByOrder extends ByAccount {
  readonly orderId: number;
}
interface ByContract extends ByAccount {
  readonly contractId: string;
}

/** Every call that is used: what goes in, what comes out. */
export interface Calls {
  readonly "Account/search": {
    readonly in: { readonly onlyActiveAccounts: boolean };
    readonly out: { readonly accounts: readonly WireAccount[] };
  };
  readonly "Contract/search": {
    readonly in: { readonly searchText: string; readonly live: boolean };
    readonly out: { readonly contracts: readonly WireContract[] };
  };
  readonly "Contract/searchById": {
    readonly in: { readonly contractId: string };
    readonly out: { readonly contract: WireContract | null };
  };
  readonly "Contract/available": {
    readonly in: { readonly live: boolean };
    readonly out: { readonly contracts: readonly WireContract[] };
  };
  readonly "History/retrieveBars": {
    readonly in: {
      readonly contractId: string;
      readonly live: boolean;
      readonly startTime: string;
      readonly endTime: string;
      readonly unit: number;
      readonly unitNumber: number;
      readonly limit: number;
      readonly includePartialBar: boolean;
    };
    readonly out: { readonly bars: readonly WireBar[] };
  };
  readonly "Order/place": {
    readonly in: ByContract & {
      readonly type: number;
      readonly side: number;
      readonly size: number;
      readonly limitPrice?: number;
      readonly stopPrice?: number;
      /** Every order of a trade has one; only a rehearsal sends an order without. */
      readonly customTag?: string;
      readonly stopLossBracket?: WireBracket;
      readonly takeProfitBracket?: WireBracket;
    };
    readonly out: { readonly orderId: number | null };
  };
  readonly "Order/modify": {
    readonly in: ByOrder & {
      readonly size?: number;
      readonly limitPrice?: number;
      readonly stopPrice?: number;
    };
    readonly out: Record<never, never>;
  };
  readonly "Order/cancel": { readonly in: ByOrder; readonly out: Record<never, never> };
  readonly "Order/search": {
    readonly in: ByAccount & { readonly startTimestamp: string; readonly endTimestamp?: string };
    readonly out: { readonly orders: readonly WireOrder[] };
  };
  readonly "Order/searchOpen": {
    readonly in: ByAccount;
    readonly out: { readonly orders: readonly WireOrder[] };
  };
  readonly "Order/searchById": {
    readonly in: ByOrder;
    readonly out: { readonly order: WireOrder | null };
  };
  readonly "Order/v2/query": {
    readonly in: {
      readonly filter: ByAccount & {
        readonly statuses?: readonly number[];
        readonly createdAfter?: string;
        readonly createdBefore?: string;
      };
      readonly pageSize?: number;
      /** Counts rows, not pages. */
      readonly pageOffset?: number;
      readonly sortBy?: number;
      readonly sortDirection?: number;
    };
    readonly out: { readonly orders: readonly WireOrder[] };
  };
  readonly "Position/searchOpen": {
    readonly in: ByAccount;
    readonly out: { readonly positions: readonly WirePosition[] };
  };
  readonly "Position/closeContract": {
    readonly in: ByContract;
    readonly out: Record<never, never>;
  };
  readonly "Position/partialCloseContract": {
    readonly in: ByContract & { readonly size: number };
    readonly out: Record<never, never>;
  };
  readonly "Trade/search": {
    readonly in: ByAccount & { readonly startTimestamp: string; readonly endTimestamp?: string };
    readonly out: { readonly trades: readonly WireTrade[] };
  };
}

export type CallName = keyof Calls;
export type Asked<Name extends CallName> = Calls[Name]["in"];
export type Answer<Name extends CallName> = Calls[Name]["out"];
