/**
 * Whether a fault strikes here and now.
 *
 * ```text
 * opportunity 17 of answer-lost ─► chance(seed, "answer-lost", 17) ─► below its rate? ─► answer-lost#17
 * ```
 *
 * Every kind counts its own opportunities, so the same seed strikes the same ones again, whatever the
 * other kinds do, and one strike can be masked without moving another. A strike that was ordered by
 * hand takes the next opportunity that fits it.
 */
import type { Millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { invariant } from "../../std/assert.ts";
import { chance } from "../../std/seeded.ts";
import { FAULT_NAMES, type FaultName } from "./fault-names.ts";

export type FaultRates = Readonly<Partial<Record<FaultName, number>>>;

export interface Strike {
  readonly name: FaultName;
  /** `answer-lost#17`: the same in every run of this seed. */
  readonly id: string;
  readonly at: Millis;
  /** The path, the event or the hub it struck. */
  readonly what: string;
  /** A whole number from `least` to `most`, for whatever has to be long or large. */
  readonly between: (least: number, most: number) => number;
}

export type StrikeOf<Name extends FaultName> = Strike & { readonly name: Name };

export interface OddsParts {
  readonly clock: Clock;
  readonly seed: number;
  readonly rates: FaultRates;
  /** Ids of strikes that do not happen. */
  readonly masked?: ReadonlySet<string>;
  readonly struck?: (strike: Strike) => void;
}

export interface Odds {
  /** An opportunity for all of these; the first that hits is the only one to strike. */
  draw<Name extends FaultName>(names: readonly Name[], what: string): StrikeOf<Name> | null;
  /** Seconds until a line fault comes by chance, and its number; null for never. */
  lifetime(name: FaultName, what: string): Lifetime | null;
  /** It happens now. */
  force(name: FaultName, what: string): Strike;
  /**
   * The next `times` opportunities whose `what` contains `only` are struck; false when too many
   * orders wait already.
   */
  order(name: FaultName, times: number, only: string): boolean;
  rate(name: FaultName): number;
  setRate(name: FaultName, rate: number): void;
  /** No rates, no orders. */
  calm(): void;
  counts(): Readonly<Record<FaultName, number>>;
}

export interface Lifetime {
  readonly seconds: number;
  /** Null where this one is masked. */
  readonly strike: () => Strike | null;
}

interface Order {
  readonly name: FaultName;
  readonly only: string;
  left: number;
}

const TOP = 2 ** 32;
const ORDERS_MAX = 1_000;

export function faultOdds({ clock, seed, rates, masked, struck }: OddsParts): Odds {
  const rateOf = new Map<FaultName, number>();
  const seen = new Map<FaultName, number>();
  const counts = new Map<FaultName, number>();
  let orders: Order[] = [];

  const opportunity = (name: FaultName): number => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count;
  };

  function strike<Name extends FaultName>(name: Name, count: number, what: string): StrikeOf<Name> {
    const between = (least: number, most: number): number =>
      least + Math.floor((chance(seed, `${name}/size`, count) / TOP) * (most - least + 1));
    const one: StrikeOf<Name> = { name, id: `${name}#${count}`, at: clock.now(), what, between };
    counts.set(name, (counts.get(name) ?? 0) + 1);
    struck?.(one);
    return one;
  }

  function isOrdered(name: FaultName, what: string): boolean {
    const order = orders.find((one) => one.name === name && what.includes(one.only));
    if (order === undefined) return false;
    order.left -= 1;
    orders = orders.filter(({ left }) => left > 0);
    return true;
  }

  const isMasked = (name: FaultName, count: number): boolean =>
    masked?.has(`${name}#${count}`) === true;

  function hits(name: FaultName, count: number, what: string): boolean {
    if (orders.length > 0 && isOrdered(name, what)) return true;
    const rate = odds.rate(name);
    return rate > 0 && chance(seed, name, count) < rate * TOP && !isMasked(name, count);
  }

  const odds: Odds = {
    draw(names, what) {
      let hit: { readonly name: (typeof names)[number]; readonly count: number } | null = null;
      // All of them count, so that one that is switched off leaves the others where they were.
      for (const name of names) {
        const count = opportunity(name);
        if (hit === null && hits(name, count, what)) hit = { name, count };
      }
      return hit === null ? null : strike(hit.name, hit.count, what);
    },
    lifetime(name, what) {
      const rate = odds.rate(name);
      const count = opportunity(name);
      if (rate <= 0) return null;
      // Each second ends it with the same chance: the geometric distribution, inverted.
      const drawn = chance(seed, name, count) / TOP;
      const seconds = rate >= 1 ? 1 : 1 + Math.floor(Math.log(1 - drawn) / Math.log(1 - rate));
      return {
        seconds,
        strike: () => (isMasked(name, count) ? null : strike(name, count, what)),
      };
    },
    force: (name, what) => strike(name, opportunity(name), what),
    order(name, times, only) {
      if (orders.length >= ORDERS_MAX) return false;
      orders.push({ name, only, left: times });
      return true;
    },
    rate: (name) => rateOf.get(name) ?? 0,
    setRate(name, rate) {
      invariant(rate >= 0 && rate <= 1, `a rate is a chance from 0 to 1, was ${rate}`);
      rateOf.set(name, rate);
    },
    calm() {
      rateOf.clear();
      orders = [];
    },
    counts: () => countsIn(counts),
  };
  for (const name of FAULT_NAMES) odds.setRate(name, rates[name] ?? 0);
  return odds;
}

// One entry for each name: what `Object.fromEntries` only does not say.
const countsIn = (counts: ReadonlyMap<FaultName, number>) =>
  Object.fromEntries(FAULT_NAMES.map((name) => [name, counts.get(name) ?? 0])) as Record<
    FaultName,
    number
  >;
