/**
 * Whatever is asked of the venue and wherever prices go, its books add up.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instrumentOf, rootOf } from "../../../../src/core/model/instruments.ts";
import { dollars } from "../../../../src/core/model/units.ts";
import type { VenueFill, VenueOrder } from "../../../../src/core/model/venue.ts";
import { relevelled } from "../../../../src/core/paper/levels.ts";
import { emptyVenue, type PaperAccount } from "../../../../src/core/paper/state.ts";
import { applyToVenue } from "../../../../src/core/paper/venue.ts";
import { canonical } from "../../../../src/std/canonical.ts";
import { getIn } from "../../../../src/std/trie.ts";
import { ALICE, BOB, MES, PaperDesk } from "../../../kit/paper-desk.ts";

type Move =
  | { readonly kind: "price"; readonly by: number; readonly up: number; readonly down: number }
  | {
      readonly kind: "enter";
      readonly account: number;
      readonly side: number;
      readonly quantity: number;
      readonly offset: number;
      readonly stop: number;
      readonly target: number;
      readonly type: number;
    }
  | {
      readonly kind: "single";
      readonly account: number;
      readonly side: number;
      readonly offset: number;
      readonly type: number;
    }
  | { readonly kind: "modify"; readonly pick: number; readonly offset: number }
  | { readonly kind: "resize"; readonly pick: number; readonly quantity: number }
  | { readonly kind: "cancel"; readonly pick: number }
  | { readonly kind: "close"; readonly account: number }
  | { readonly kind: "session"; readonly open: boolean };

const near = fc.integer({ min: -15, max: 15 });
const bit = fc.integer({ min: 0, max: 1 });
const pick = fc.nat(50);

const price = fc.record({
  kind: fc.constant("price" as const),
  by: near,
  up: fc.nat(12),
  down: fc.nat(12),
});
const enter = fc.record({
  kind: fc.constant("enter" as const),
  account: bit,
  side: bit,
  quantity: fc.integer({ min: 1, max: 6 }),
  offset: near,
  stop: fc.integer({ min: 4, max: 15 }),
  target: fc.integer({ min: 4, max: 15 }),
  type: fc.integer({ min: 0, max: 2 }),
});
const modify = fc.record({ kind: fc.constant("modify" as const), pick, offset: near });
const session = fc.record({ kind: fc.constant("session" as const), open: fc.boolean() });
/** What can be asked without taking protection away. */
const protectedMoves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: price },
  { weight: 3, arbitrary: enter },
  { weight: 2, arbitrary: modify },
  session,
);
const anyMoves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 6, arbitrary: protectedMoves },
  fc.record({
    kind: fc.constant("single" as const),
    account: bit,
    side: bit,
    offset: near,
    type: bit,
  }),
  fc.record({
    kind: fc.constant("resize" as const),
    pick,
    quantity: fc.integer({ min: 0, max: 7 }),
  }),
  fc.record({ kind: fc.constant("cancel" as const), pick }),
  fc.record({ kind: fc.constant("close" as const), account: bit }),
);
const settings = fc.record({
  limitFill: fc.constantFrom("through" as const, "touch" as const),
  partialFill: fc.constantFrom(null, { permille: 600, seed: 11 }),
});

class World {
  readonly desk: PaperDesk;
  readonly fills: VenueFill[] = [];
  readonly limits = new Set<string>();
  #count = 0;
  #now = 1000;

  constructor(settings: ConstructorParameters<typeof PaperDesk>[0]) {
    this.desk = new PaperDesk(settings);
    this.desk.price(this.#now);
  }

  do(move: Move): void {
    const before = this.desk.events.length;
    this.#do(move);
    if (this.desk.events.length > before) this.fills.push(...this.desk.fills());
  }

  #do(move: Move): void {
    const { desk } = this;
    this.#count += 1;
    const tag = `t${this.#count}`;
    switch (move.kind) {
      case "price":
        this.#now += move.by;
        desk.price(this.#now, { high: this.#now + move.up, low: this.#now - move.down });
        return;
      case "enter": {
        const type = (["market", "limit", "stop"] as const)[move.type]!;
        if (type === "limit") this.limits.add(tag);
        desk.place({
          tag,
          account: move.account === 0 ? ALICE : BOB,
          side: move.side === 0 ? "buy" : "sell",
          type,
          quantity: move.quantity,
          price: type === "market" ? null : this.#now + move.offset,
          bracket: [move.stop, move.target],
        });
        return;
      }
      case "single":
        desk.place({
          tag,
          account: move.account === 0 ? ALICE : BOB,
          role: move.type === 0 ? "stop" : "target",
          type: move.type === 0 ? "stop" : "limit",
          side: move.side === 0 ? "buy" : "sell",
          price: this.#now + move.offset,
        });
        return;
      case "close":
        desk.request({
          kind: "close",
          id: "c",
          account: move.account === 0 ? ALICE : BOB,
          contract: MES,
        });
        return;
      case "session":
        desk.session(move.open ? "open" : "closed");
        return;
      default:
        this.#touch(move);
    }
  }

  #touch(move: Extract<Move, { readonly pick: number }>): void {
    const all = [ALICE, BOB].flatMap((id) =>
      this.desk.account(id).live.map((order) => ({ id, order })),
    );
    const found = all[move.pick % Math.max(1, all.length)];
    if (found === undefined) return;
    const about = { id: "x", account: found.id, contract: MES, order: found.order.view.order };
    if (move.kind === "cancel") this.desk.request({ kind: "cancel", ...about });
    else {
      const price = move.kind === "modify" ? this.#now + move.offset : null;
      const quantity = move.kind === "resize" ? move.quantity : null;
      this.desk.request({
        kind: "modify",
        ...about,
        price: price as never,
        quantity: quantity as never,
      });
    }
  }
}

const signed = (fill: VenueFill): number => (fill.side === "buy" ? fill.quantity : -fill.quantity);

function ordersOf(account: PaperAccount): readonly VenueOrder[] {
  return [...account.live.map((order) => order.view), ...account.ended.map((one) => one.order)];
}

/** Contracts covered: each working leg closes what its own entry opened. */
function coverOf(account: PaperAccount): number {
  return account.live
    .filter(({ view }) => view.role === "stop" && view.status === "working")
    .reduce(
      (sum, { view }) => sum + (view.side === "sell" ? 1 : -1) * (view.quantity - view.filled),
      0,
    );
}

function play(moves: readonly Move[], terms: object, check: (world: World) => void): World {
  const world = new World(terms);
  for (const move of moves) {
    world.do(move);
    check(world);
  }
  return world;
}

const many = (arbitrary: fc.Arbitrary<Move>) =>
  fc.array(arbitrary, { minLength: 5, maxLength: 60 });

describe("at every moment", () => {
  test("a position is the sum of its fills, and cash is what they cost and earned", () => {
    fc.assert(
      fc.property(many(anyMoves), settings, (moves, terms) => {
        play(moves, terms, ({ desk }) => {
          for (const id of [ALICE, BOB]) {
            const { fills, positions, balance, realised, feesPaid } = desk.account(id);
            const held = positions.find((one) => one.contract === MES) ?? { net: 0, priceSum: 0 };
            expect(held.net).toBe(fills.reduce((sum, fill) => sum + signed(fill), 0));
            const spent = fills.reduce((sum, fill) => sum + signed(fill) * fill.price, 0);
            expect(realised / instrumentOf(rootOf(MES)!).tickValue).toBe(held.priceSum - spent);
            expect(feesPaid).toBe(fills.reduce((sum, fill) => sum + fill.fees, 0));
            expect(balance).toBe(dollars(50_000) + realised - feesPaid);
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  test("with brackets, what is held is covered by working stops, contract for contract", () => {
    fc.assert(
      fc.property(many(protectedMoves), settings, (moves, terms) => {
        play(moves, terms, ({ desk }) => {
          for (const id of [ALICE, BOB]) expect(coverOf(desk.account(id))).toBe(desk.net(MES, id));
        });
      }),
      { numRuns: 300 },
    );
  });

  test("of two legs never one is filled whole while the other works", () => {
    fc.assert(
      fc.property(many(anyMoves), settings, (moves, terms) => {
        play(moves, terms, ({ desk }) => {
          for (const id of [ALICE, BOB]) {
            const orders = ordersOf(desk.account(id));
            const done = new Set(
              orders
                .filter((one) => one.parent && one.status === "filled")
                .map((one) => one.parent),
            );
            const live = desk.account(id).live.map((order) => order.view.parent ?? order.view.tag);
            expect(live.filter((family) => done.has(family))).toEqual([]);
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  test("no limit fills at a worse price than its own, and no order fills more than it is", () => {
    fc.assert(
      fc.property(many(anyMoves), settings, (moves, terms) => {
        play(moves, terms, ({ desk, limits }) => {
          for (const fill of desk.fills()) {
            const account = desk.account(fill.order.startsWith("alice") ? ALICE : BOB);
            const order = ordersOf(account).find((one) => one.order === fill.order)!;
            expect(order.filled).toBeLessThanOrEqual(order.quantity);
            if (order.role === "target" || limits.has(order.tag ?? "")) {
              const better =
                fill.side === "buy" ? order.price! - fill.price : fill.price - order.price!;
              expect(better).toBeGreaterThanOrEqual(0);
            }
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  test("the price levels are those of the live orders", () => {
    fc.assert(
      fc.property(many(anyMoves), settings, (moves, terms) => {
        play(moves, terms, ({ desk }) => {
          expect(canonical(desk.state.markets)).toBe(canonical(relevelled(desk.state)));
        });
      }),
      { numRuns: 60 },
    );
  });
});

test("ids are never given twice", () => {
  fc.assert(
    fc.property(many(anyMoves), settings, (moves, terms) => {
      const { desk, fills } = play(moves, terms, () => {});
      const orders = [ALICE, BOB].flatMap((id) =>
        ordersOf(desk.account(id)).map((one) => one.order),
      );
      expect(new Set(orders).size).toBe(orders.length);
      expect(new Set(fills.map((fill) => fill.fill)).size).toBe(fills.length);
    }),
    { numRuns: 60 },
  );
});

test("the same events give the same books, through JSON at any point", () => {
  fc.assert(
    fc.property(many(anyMoves), settings, fc.nat(60), (moves, terms, cut) => {
      const { desk } = play(moves, terms, () => {});
      let again = emptyVenue(JSON.parse(JSON.stringify(desk.state.settings)));
      for (const [index, event] of desk.events.entries()) {
        if (index === cut) again = JSON.parse(JSON.stringify(again));
        again = applyToVenue(again, JSON.parse(JSON.stringify(event))).state;
      }
      expect(JSON.stringify(again)).toBe(JSON.stringify(desk.state));
    }),
    { numRuns: 60 },
  );
});

test("an account's books do not depend on what others do", () => {
  fc.assert(
    fc.property(many(anyMoves), settings, (moves, terms) => {
      const { desk } = play(moves, terms, () => {});
      let alone = emptyVenue(desk.state.settings);
      for (const event of desk.events) {
        const other = event.kind === "account" && event.account === BOB;
        if (other || (event.kind === "request" && event.request.account === BOB)) continue;
        alone = applyToVenue(alone, event).state;
      }
      expect(canonical(getIn(alone.accounts, ALICE))).toBe(canonical(desk.account()));
    }),
    { numRuns: 60 },
  );
});
