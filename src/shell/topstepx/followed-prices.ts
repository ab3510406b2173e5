/**
 * The prices of the instruments that are followed, each from the one contract that stands for it now.
 *
 * What cannot be read is counted and logged, now and then: a hub that suddenly speaks another
 * language says so a thousand times a minute. The price it leaves behind grows old by itself.
 */
import type { Group, Instrument, Root } from "../../core/model/instrument.ts";
import type { Millis, Ticks } from "../../core/model/units.ts";
import type { Log } from "../../ports/log.ts";
import type { KnownContract } from "./contract-names.ts";
import { type LivePrice, type LivePriceParts, livePrice } from "./live-price.ts";
import { printsTold, quoteTold } from "./market-events.ts";

export interface FollowedPrices {
  follow(contracts: readonly KnownContract[]): void;
  hear(target: string, args: readonly unknown[]): void;
  of(root: Root): LivePrice | null;
  groups(): readonly Group[];
  unread(): number;
  freshAt(): ReadonlyMap<Root, Millis | null>;
}

export interface FollowedPricesParts extends Pick<LivePriceParts, "venueNow" | "ours"> {
  readonly log: Log;
  readonly traded: (root: Root, price: Ticks) => void;
}

interface Followed {
  readonly instrument: Instrument;
  readonly price: LivePrice;
}

/** The first fault, and then one in so many. */
const LOGGED = 1_000;

export function followedPrices(parts: FollowedPricesParts): FollowedPrices {
  const { log, venueNow, ours, traded } = parts;
  let byId: ReadonlyMap<string, Followed> = new Map();
  let byRoot: ReadonlyMap<Root, Followed> = new Map();
  let unread = 0;

  const passOver = (reason: string): void => {
    unread += 1;
    if (unread % LOGGED === 1) log.write("warn", "topstepx-market-unread", { reason, unread });
  };
  const tell = ({ instrument, price }: Followed): void => {
    const last = price.last();
    if (last !== null) traded(instrument.root, last);
  };
  const hearQuote = (args: readonly unknown[]): void => {
    const told = quoteTold(args);
    if (!told.ok) return passOver(told.error);
    const one = byId.get(told.value.contract);
    if (one === undefined) return;
    const wasWhole = one.price.quote() !== null;
    const heard = one.price.hearQuote(told.value);
    if (heard === "off-tick") passOver(`a quote of ${told.value.contract} is off the tick grid`);
    // A band may be touched already by the first price there is.
    if (heard === "trade" || (!wasWhole && one.price.quote() !== null)) tell(one);
  };
  const hearPrints = (args: readonly unknown[]): void => {
    const told = printsTold(args);
    if (!told.ok) return passOver(told.error);
    const one = byId.get(told.value.contract);
    if (one === undefined) return;
    for (const print of told.value.prints) {
      const heard = one.price.hearPrint(print);
      if (heard === "off-tick") passOver(`a trade of ${told.value.contract} is off the tick grid`);
      if (heard === "trade") tell(one);
    }
  };
  /** Trades are numbered on, so that a listener keeps his place. */
  const begun = ({ instrument }: KnownContract): Followed => {
    const count = byRoot.get(instrument.root)?.price.count() ?? 0;
    return { instrument, price: livePrice({ instrument, venueNow, ours, count }) };
  };

  return {
    follow(contracts) {
      const followed = contracts.map((one) => [one.id, byId.get(one.id) ?? begun(one)] as const);
      byId = new Map(followed);
      byRoot = new Map(followed.map(([, one]) => [one.instrument.root, one]));
    },
    hear: (target, args) => (target === "GatewayQuote" ? hearQuote(args) : hearPrints(args)),
    of: (root) => byRoot.get(root)?.price ?? null,
    groups: () => [...new Set([...byRoot.values()].map(({ instrument }) => instrument.group))],
    unread: () => unread,
    freshAt: () => new Map([...byRoot].map(([root, { price }]) => [root, price.freshAt()])),
  };
}
