/**
 * One look at an account: the venue's own lists, compared with each other and with what was heard.
 *
 * ```text
 * glance      positions + orders that may fill ─► all as expected ─► snapshot
 *                                                  │ no
 * thorough    + orders and trades since ───────────┴─► adds up ─► snapshot
 *             + every order nobody could explain       │ no
 * again       everything anew, once ◄──────────────────┘ ─► no snapshot; the next look tells
 * ```
 *
 * A glance is two calls, so one account can be watched every second within the budget. It is enough
 * as long as nothing was missed: an order that ended leaves the list, a fill moves the position.
 *
 * Lists lag behind what the venue has told already, and behind each other. So a list that
 * contradicts what was heard is no truth yet. If lists say the same for ten seconds they are.
 */
import { isoOf } from "../../core/model/iso-time.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import { netsIn } from "./account-book.ts";
import type { AccountDesk, DeskParts } from "./account-desk.ts";
import type { Balances } from "./balances.ts";
import type { Called } from "./gateway.ts";
import { ACTIVE_STATUSES, isOver } from "./order-stage.ts";
import type { Answer, Asked, CallName, WireOrder, WirePosition, WireTrade } from "./wire-types.ts";

export interface LookParts extends Pick<DeskParts, "clock" | "gateway" | "log" | "report"> {
  readonly desk: AccountDesk;
  readonly balances: Balances;
  readonly since: Millis;
  readonly done: () => void;
}

const ROUNDS_MAX = 2;
const ROUND_GAP = 250;
/** Lists that agree with each other for so long are believed, whatever was heard. */
const BELIEVED_AFTER = 10_000;
/** A thorough look at least so often: what somebody opened and closed between two is found then. */
const THOROUGH_EVERY = 60_000;
const PAGE = 100;
const PAGES_MAX = 20;
const LOOKED_UP_MAX = 20;

export class AccountLook {
  readonly #parts: LookParts;
  #rounds = 0;
  #askedAt: Millis;
  #heardAt: Millis;
  #isThorough = false;
  #isDoubtful = false;
  #suspicions = 0;
  #positions: readonly WirePosition[] = [];
  /** Orders shown alive in this round. */
  readonly #listed = new Set<number>();

  constructor(parts: LookParts) {
    this.#parts = parts;
    this.#askedAt = parts.clock.now();
    this.#heardAt = this.#askedAt;
  }

  /** When an answer last came. */
  get heardAt(): Millis {
    return this.#heardAt;
  }

  begin(): void {
    const { clock, desk } = this.#parts;
    this.#rounds += 1;
    this.#askedAt = clock.now();
    this.#isThorough = false;
    this.#isDoubtful = false;
    this.#suspicions = desk.suspicions;
    this.#listed.clear();
    const isDue = desk.thoroughAt === null || this.#askedAt >= desk.thoroughAt + THOROUGH_EVERY;
    const isShort = desk.book.wholeSince === null || desk.book.wholeSince > this.#parts.since;
    const pair = [this.#readPositions, this.#readActive];
    if (desk.isSuspect || isDue || isShort) this.#readAll();
    else this.#read(desk.isMissingAny ? [...pair, this.#readEnded] : pair, () => this.#compare());
  }

  #readAll(): void {
    this.#isThorough = true;
    const { balances, desk } = this.#parts;
    const isKnown = balances.isYoungerThan(desk.number, THOROUGH_EVERY);
    const money = isKnown ? [] : [this.#readBalance];
    const lists = [this.#readPositions, this.#readActive, this.#readEnded, ...money];
    // Trades last: what the other lists know of a fill, this one should.
    this.#read(lists, () => this.#read([this.#readTrades], () => this.#explain()));
  }

  /** A glance that does not fit is followed by the lists that may explain it. */
  #compare(): void {
    if (this.#isInOrder()) return this.#deliver();
    this.#isThorough = true;
    this.#read([this.#readEnded], () => this.#read([this.#readTrades], () => this.#explain()));
  }

  /** Orders that no list explains are asked for one by one. */
  #explain(): void {
    const { book } = this.#parts.desk;
    const ids = [...this.#gone().map(({ id }) => id), ...book.waitedFor()];
    const reads = ids.slice(0, LOOKED_UP_MAX).map((id) => this.#readOne(id));
    this.#read(reads, () => this.#conclude());
  }

  #conclude(): void {
    const { clock, desk, log } = this.#parts;
    if (this.#isInOrder()) return this.#deliver();
    const now = clock.now();
    const apartFor = desk.apartFor(this.#difference(), now);
    if (apartFor >= BELIEVED_AFTER) {
      log.write("warn", "venue-lists-believed", { account: desk.number, after: apartFor });
      for (const { id } of this.#gone()) desk.book.orders.forget(id);
      return this.#deliver();
    }
    if (this.#rounds >= ROUNDS_MAX) return this.#giveUp();
    clock.schedule(millis(now + ROUND_GAP), () => this.begin());
  }

  #isInOrder(): boolean {
    const { desk } = this.#parts;
    if (this.#isDoubtful || this.#gone().length > 0) return false;
    if (desk.book.waitedFor().length > 0 || desk.book.hasOpenSums(this.#parts.since)) return false;
    // With nothing to compare with, positions that nothing moved meanwhile are what they are.
    return desk.book.wholeSince === null
      ? this.#isThorough && !desk.book.hasFillSince(this.#askedAt)
      : isAlike(netsIn(this.#positions), desk.book.trades.nets);
  }

  /** What does not fit, in words that are the same as long as it is. */
  #difference(): string {
    const { book } = this.#parts.desk;
    const gone = this.#gone().map(({ id }) => id);
    const nets = [netsIn(this.#positions), book.trades.nets].map((one) => [...one].toSorted());
    const sums = book.hasOpenSums(this.#parts.since);
    return JSON.stringify([gone, nets, book.waitedFor(), sums, book.trades.all.length]);
  }

  /** Orders that should be in the list of what may fill, and are not. */
  #gone(): readonly WireOrder[] {
    const expected = this.#parts.desk.book.orders.liveBefore(this.#askedAt);
    return expected.filter(({ id }) => !this.#listed.has(id));
  }

  #deliver(): void {
    const { balances, clock, desk, since } = this.#parts;
    const { book } = desk;
    const positions = this.#positions;
    const balance = balances.of(desk.number);
    if (balance === null || !desk.isNewest(this.#askedAt)) return this.#giveUp();
    if (this.#isThorough) {
      book.isWholeFrom(since);
      desk.trust(this.#suspicions, clock.now());
    }
    desk.agrees();
    desk.isTold();
    book.trades.rebase(netsIn(positions));
    this.#parts.report({
      kind: "snapshot",
      account: book.account,
      askedAt: this.#askedAt,
      orders: book.ordersSince(since),
      positions: book.positionsIn(positions),
      fills: book.fillsSince(since),
      balance,
    });
    this.#parts.done();
  }

  /** No snapshot; what was learnt all the same is told like any event. */
  #giveUp(): void {
    this.#parts.desk.tellUntold();
    this.#parts.done();
  }

  /** All at once; goes on when every one was answered, and gives up if one was not. */
  #read(reads: readonly Read[], then: () => void): void {
    let left = reads.length;
    let areAnswered = true;
    const answered = (isAnswered: boolean): void => {
      this.#heardAt = this.#parts.clock.now();
      left -= 1;
      areAnswered &&= isAnswered;
      if (left > 0) return;
      if (areAnswered) then();
      else this.#giveUp();
    };
    if (left === 0) then();
    for (const read of reads) read(answered);
  }

  readonly #readPositions: Read = (answered) => {
    const accountId = this.#parts.desk.number;
    this.#ask("Position/searchOpen", { accountId }, answered, ({ positions }) => {
      this.#positions = positions.filter((one) => one.accountId === accountId);
    });
  };

  readonly #readActive: Read = (answered) => {
    this.#readPage(0, answered);
  };

  /** `pageOffset` counts rows. Filtered again: the venue has ignored filters before. */
  #readPage(page: number, answered: (isAnswered: boolean) => void): void {
    const accountId = this.#parts.desk.number;
    const filter = { accountId, statuses: ACTIVE_STATUSES };
    const asked = { filter, pageSize: PAGE, pageOffset: page * PAGE, sortBy: 1, sortDirection: 0 };
    let isLast = true;
    const go = (isAnswered: boolean): void => {
      if (isAnswered && !isLast) this.#readPage(page + 1, answered);
      else answered(isAnswered);
    };
    this.#ask("Order/v2/query", asked, go, ({ orders }) => {
      isLast = orders.length < PAGE || page + 1 >= PAGES_MAX;
      const live = orders.filter((one) => one.accountId === accountId && !isOver(one));
      for (const { id } of live) this.#listed.add(id);
      this.#learnOrders(live);
    });
  }

  readonly #readEnded: Read = (answered) => {
    const asked = { accountId: this.#parts.desk.number, startTimestamp: isoOf(this.#parts.since) };
    this.#ask("Order/search", asked, answered, ({ orders }) => this.#learnOrders(orders));
  };

  readonly #readTrades: Read = (answered) => {
    const asked = { accountId: this.#parts.desk.number, startTimestamp: isoOf(this.#parts.since) };
    this.#ask("Trade/search", asked, answered, ({ trades }) => this.#learnTrades(trades));
  };

  readonly #readBalance: Read = (answered) => {
    this.#parts.balances.refresh(() => answered(true));
  };

  #readOne(orderId: number): Read {
    const asked = { accountId: this.#parts.desk.number, orderId };
    return (answered) => {
      this.#parts.gateway.call("Order/searchById", asked, "read", (called) => {
        const order = called.kind === "done" ? called.value.order : null;
        if (order !== null) this.#learnOrders([order]);
        if (order !== null && !isOver(order)) this.#listed.add(order.id);
        // Not found says something too; it is for the comparison to make of it what it can.
        answered(called.kind === "done" || called.kind === "refused");
      });
    };
  }

  #ask<Name extends CallName>(
    name: Name,
    asked: Asked<Name>,
    answered: (isAnswered: boolean) => void,
    take: (answer: Answer<Name>) => void,
  ): void {
    this.#parts.gateway.call(name, asked, "read", (called: Called<Answer<Name>>) => {
      if (called.kind === "done") take(called.value);
      answered(called.kind === "done");
    });
  }

  #learnOrders(orders: readonly WireOrder[]): void {
    const { desk } = this.#parts;
    const own = orders.filter((one) => one.accountId === desk.number);
    if (!desk.learnOrders(own, this.#askedAt)) this.#isDoubtful = true;
  }

  #learnTrades(trades: readonly WireTrade[]): void {
    const { desk } = this.#parts;
    const own = trades.filter((one) => one.accountId === desk.number);
    desk.learnTrades(own.toReversed());
  }
}

function isAlike(some: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): boolean {
  const contracts = [...some.keys(), ...others.keys()];
  return contracts.every((one) => (some.get(one) ?? 0) === (others.get(one) ?? 0));
}

type Read = (answered: (isAnswered: boolean) => void) => void;
