/**
 * The broker on bad days: a trader acts at random while the wire loses, doubles, delays and lies.
 *
 * Whatever happens: one answer to a request, an order that is over stays over, a fill is told once, a
 * snapshot adds up. And once the faults are over, what is reported is what the venue has.
 */
import { describe, expect, test } from "vitest";
import type { OrderId, Tag } from "../../../../src/core/model/ids.ts";
import { contracts, millis, ticks } from "../../../../src/core/model/units.ts";
import type {
  VenueFill,
  VenueOrder,
  VenueReport,
  VenueRequest,
} from "../../../../src/core/model/venue.ts";
import { FAULT_NAMES, type FaultName } from "../../../../src/shell/topstepx-sim/fault-names.ts";
import { withFaults } from "../../../../src/shell/topstepx-sim/faults.ts";
import { seeded } from "../../../../src/std/seeded.ts";
import {
  type LiveVenue,
  liveBroker,
  liveVenue,
  MES_CODE,
  MES_WIRE,
  WEDNESDAY,
} from "../../../kit/topstepx-live.ts";

type Seeded = ReturnType<typeof seeded>;
type Snapshot = Extract<VenueReport, { kind: "snapshot" }>;

const RATES: Readonly<Partial<Record<FaultName, number>>> = {
  "hub-dropped": 0.02,
  "hub-stalled": 0.005,
  "hub-reset": 0.01,
  "hub-deaf": 0.01,
  "hub-logout": 0.002,
  "hub-refused": 0.2,
  "event-lost": 0.1,
  "event-late": 0.1,
  "event-twice": 0.1,
};

/** Each kind is armed in some runs and not in others. */
function ratesOf(dice: Seeded): Partial<Record<FaultName, number>> {
  const armed = FAULT_NAMES.filter(() => dice.below(10) < 6);
  return Object.fromEntries(armed.map((name) => [name, RATES[name] ?? 0.04]));
}

interface Run {
  readonly faults: string;
  readonly broken: readonly string[];
}

class Watch {
  readonly broken: string[] = [];
  readonly asked = new Set<string>();
  readonly #answers = new Map<string, number>();
  readonly #orders = new Map<string, VenueOrder>();
  readonly #told = new Set<string>();
  readonly fills = new Map<string, VenueFill>();
  newest: Snapshot | null = null;

  hear(report: VenueReport): void {
    if (report.kind === "answer") {
      const count = (this.#answers.get(report.id) ?? 0) + 1;
      this.#answers.set(report.id, count);
      if (count > 1) this.broken.push(`${report.id} was answered ${count} times`);
    }
    if (report.kind === "order") this.#hearOrder(report.order, "event");
    if (report.kind === "fill") {
      if (this.#told.has(report.fill.fill)) this.broken.push(`fill ${report.fill.fill} told twice`);
      this.#told.add(report.fill.fill);
      this.#hearFill(report.fill);
    }
    if (report.kind === "snapshot") this.#hearSnapshot(report);
  }

  unanswered(): readonly string[] {
    return [...this.asked].filter((id) => !this.#answers.has(id));
  }

  #hearSnapshot(snapshot: Snapshot): void {
    if (this.newest !== null && snapshot.askedAt < this.newest.askedAt)
      this.broken.push("a snapshot older than the one before it");
    this.newest = snapshot;
    for (const order of snapshot.orders) this.#hearOrder(order, "list");
    for (const fill of snapshot.fills) this.#hearFill(fill);
    const net = snapshot.fills.reduce(
      (sum, { side, quantity }) => sum + (side === "buy" ? quantity : -quantity),
      0,
    );
    const held = snapshot.positions.find(({ contract }) => contract === MES_CODE)?.net ?? 0;
    if (net !== held) this.broken.push(`a snapshot of ${held} whose fills add up to ${net}`);
    for (const { order, filled } of snapshot.orders) {
      const own = snapshot.fills.filter((one) => one.order === order);
      const sum = own.reduce((total, { quantity }) => total + quantity, 0);
      if (sum !== filled) this.broken.push(`order ${order} filled ${filled}, its fills ${sum}`);
    }
  }

  #hearOrder(order: VenueOrder, how: string): void {
    const before = this.#orders.get(order.order);
    this.#orders.set(order.order, order);
    if (before === undefined) return;
    const ends = ["filled", "cancelled", "expired", "rejected"];
    if (ends.includes(before.status) && !ends.includes(order.status))
      this.broken.push(`${how}: ${order.order} was ${before.status} and is ${order.status}`);
    if (order.filled < before.filled) this.broken.push(`${how}: ${order.order} lost a fill`);
    for (const key of ["tag", "parent", "role", "side"] as const)
      if (before[key] !== order[key])
        this.broken.push(`${how}: ${order.order} ${key} ${before[key]} -> ${order[key]}`);
  }

  #hearFill(fill: VenueFill): void {
    const before = this.fills.get(fill.fill);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(fill))
      this.broken.push(`fill ${fill.fill} changed`);
    this.fills.set(fill.fill, fill);
  }
}

class Trader {
  readonly #live: LiveVenue;
  readonly #dice: Seeded;
  readonly #watch: Watch;
  readonly #send: (request: VenueRequest) => void;
  #count = 0;
  #price = 25_300;

  constructor(live: LiveVenue, dice: Seeded, watch: Watch, send: (one: VenueRequest) => void) {
    this.#live = live;
    this.#dice = dice;
    this.#watch = watch;
    this.#send = send;
  }

  act(): void {
    const acts = [this.#enter, this.#rest, this.#move, this.#cancel, this.#close, this.#trim];
    acts[this.#dice.below(acts.length)]?.call(this);
  }

  walk(): void {
    this.#price += this.#dice.below(13) - 6;
    const last = this.#price / 4;
    this.#live.venue.setQuote(MES_WIRE, { last, bid: last, ask: last + 0.25 });
  }

  #place(wish: Partial<Extract<VenueRequest, { kind: "place" }>>): void {
    this.#count += 1;
    const tag = `t${this.#count}` as Tag;
    this.#ask({
      ...this.#about(tag),
      kind: "place",
      tag,
      role: "entry",
      side: this.#dice.below(2) === 0 ? "buy" : "sell",
      type: "market",
      quantity: contracts(1 + this.#dice.below(3)),
      price: null,
      bracket: { stopTicks: ticks(12), targetTicks: ticks(8) },
      ...wish,
    });
  }

  #enter(): void {
    this.#place({});
  }

  #rest(): void {
    const price = ticks(this.#price - 4);
    this.#place({ type: "limit", side: "buy", price });
  }

  #working(): readonly VenueOrder[] {
    return (this.#watch.newest?.orders ?? []).filter(({ status }) => status === "working");
  }

  #some(): VenueOrder | undefined {
    const orders = this.#working();
    return orders[this.#dice.below(Math.max(1, orders.length))];
  }

  #move(): void {
    const order = this.#some();
    if (order?.price == null) return;
    const price = ticks(order.price + this.#dice.below(5) - 2);
    this.#ask({ ...this.#about("m"), kind: "modify", order: order.order, price, quantity: null });
  }

  #cancel(): void {
    const order = this.#some()?.order ?? ("1" as OrderId);
    this.#ask({ ...this.#about("x"), kind: "cancel", order });
  }

  #close(): void {
    this.#ask({ ...this.#about("c"), kind: "close" });
  }

  #trim(): void {
    this.#ask({ ...this.#about("p"), kind: "close-part", quantity: contracts(1) });
  }

  #about(name: string) {
    const id = `${name}-${this.#watch.asked.size}`;
    return { id, account: this.#live.accounts[0], contract: MES_CODE };
  }

  #ask(request: VenueRequest): void {
    this.#watch.asked.add(request.id);
    this.#send(request);
  }
}

const SECONDS = 120;

function run(seed: number): Run {
  const dice = seeded(seed);
  const live = liveVenue({});
  const { clock, venue, accounts } = live;
  const line = withFaults({ venue, clock, seed, rates: ratesOf(dice) });
  const { broker, close } = liveBroker(live, line);
  const watch = new Watch();
  broker.open((report) => watch.hear(report));
  const trader = new Trader(live, dice, watch, (request) => broker.send(request));
  const pass = (milliseconds: number): void => {
    clock.runUntil(millis(clock.now() + milliseconds));
  };
  trader.walk();
  pass(5_000);
  for (let second = 0; second < SECONDS; second++) {
    broker.ask(accounts[0], WEDNESDAY);
    trader.walk();
    if (dice.below(4) === 0) trader.act();
    pass(1_000);
  }
  line.calm();
  for (let second = 0; second < 60; second++) {
    broker.ask(accounts[0], WEDNESDAY);
    pass(1_000);
  }
  compare(live, watch);
  close();
  const counts = Object.entries(line.counts()).filter(([, count]) => count > 0);
  return { faults: JSON.stringify(Object.fromEntries(counts)), broken: watch.broken };
}

function compare({ venue, clock }: LiveVenue, watch: Watch): void {
  for (const id of watch.unanswered()) watch.broken.push(`${id} was never answered`);
  const { newest, broken } = watch;
  if (newest === null || newest.askedAt < clock.now() - 5_000) {
    broken.push(`no snapshot for ${clock.now() - (newest?.askedAt ?? 0)} ms`);
    return;
  }
  const { orders, positions, trades } = venue.dump() as Dump;
  const live = orders.filter(({ status }) => [1, 6, 7, 8].includes(status));
  const theirs = live.map(({ id, limitPrice, stopPrice, size }) =>
    [id, (limitPrice ?? stopPrice ?? 0) * 4, size].join(" "),
  );
  const ours = newest.orders
    .filter(({ status }) => status === "working" || status === "suspended")
    .map(({ order, price, quantity }) => [order, price ?? 0, quantity].join(" "));
  same(broken, "orders", ours.toSorted(), theirs.toSorted());
  const net = positions.map(({ type, size }) => (type === 1 ? size : -size));
  same(
    broken,
    "positions",
    newest.positions.map((one) => one.net),
    net,
  );
  const fills = trades.filter(({ voided }) => !voided).map(({ id }) => String(id));
  same(broken, "fills", newest.fills.map(({ fill }) => fill).toSorted(), fills.toSorted());
}

interface Dump {
  readonly orders: readonly {
    readonly id: number;
    readonly status: number;
    readonly size: number;
    readonly limitPrice: number | null;
    readonly stopPrice: number | null;
  }[];
  readonly positions: readonly { readonly type: number; readonly size: number }[];
  readonly trades: readonly { readonly id: number; readonly voided: boolean }[];
}

function same(
  broken: string[],
  what: string,
  ours: readonly unknown[],
  theirs: readonly unknown[],
) {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
  if (a !== b) broken.push(`${what}: we say ${a}, the venue ${b}`);
}

const SEEDS = 25;

describe("on bad days", () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    test(`seed ${seed}`, () => {
      const { broken, faults } = run(seed);
      expect(broken, faults).toEqual([]);
    });
  }
});
