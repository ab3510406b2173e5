/**
 * The lists of one account, read once each, for one look at it.
 *
 * ```text
 * positions ─┐                        ended orders ─┐
 * may fill ──┴─► pair                 trades ───────┴─► whole              one by one
 * ```
 *
 * What they say goes into the account's book at once. A read that came to nothing is tried again: it
 * changes nothing at the venue, and without it the whole look would be lost.
 */
import { isoOf } from "../../core/model/iso-time.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { AccountDesk, DeskParts } from "./account-desk.ts";
import type { Called, Urgency } from "./gateway.ts";
import { ACTIVE_STATUSES, isOver } from "./order-stage.ts";
import type { Answer, Asked, CallName, WireOrder, WirePosition } from "./wire-types.ts";

/** Calls back once, later; true when there was an answer. */
export type Read = (read: (isAnswered: boolean) => void) => void;

export interface ReadsParts extends Pick<DeskParts, "clock" | "gateway"> {
  readonly desk: AccountDesk;
  readonly since: Millis;
}

const TRIES = 3;
const PAGE = 100;
const PAGES_MAX = 20;

export class AccountReads {
  readonly #begunAt: Millis;
  /** When the first of those that were answered left. */
  #sentAt: Millis | null = null;
  readonly #parts: ReadsParts;
  /** Orders shown alive. */
  readonly #listed = new Set<number>();
  #positions: readonly WirePosition[] = [];
  #isCertain = true;
  #heardAt: Millis;
  #urgency: Urgency;

  constructor(parts: ReadsParts, urgency: Urgency) {
    this.#parts = parts;
    this.#urgency = urgency;
    this.#begunAt = parts.clock.now();
    this.#heardAt = this.#begunAt;
  }

  /** What they say was true then, or later: they may have waited for their turn. */
  get askedAt(): Millis {
    return this.#sentAt ?? this.#begunAt;
  }

  get positions(): readonly WirePosition[] {
    return this.#positions;
  }

  /** When an answer last came. */
  get heardAt(): Millis {
    return this.#heardAt;
  }

  /** False when an order was listed with terms that nobody else has told of. */
  get isCertain(): boolean {
    return this.#isCertain;
  }

  /** Something has moved: what is read from here on is waited for. */
  hurry(): void {
    if (this.#urgency === "read") this.#urgency = "check";
  }

  /** Whether a list showed it alive. */
  isListed(id: number): boolean {
    return this.#listed.has(id);
  }

  /** Orders that should be in the list of what may fill, and are not. */
  gone(): readonly WireOrder[] {
    const expected = this.#parts.desk.book.orders.liveBefore(this.askedAt);
    return expected.filter(({ id }) => !this.#listed.has(id));
  }

  readonly readPair: Read = (read) => {
    all([this.#readPositions, this.readLive], (answers) => read(answers.every(Boolean)));
  };

  /** What may fill. */
  readonly readLive: Read = (read) => this.#readPage(0, read);

  readonly readEnded: Read = (read) => {
    this.#ask("Order/search", this.#since(), read, ({ orders }, at) => this.#learn(orders, at));
  };

  readonly readTrades: Read = (read) => {
    const { desk } = this.#parts;
    this.#ask("Trade/search", this.#since(), read, ({ trades }) => {
      // The newest stand first.
      desk.learnTrades(trades.filter((one) => one.accountId === desk.number).toReversed());
    });
  };

  readOne(orderId: number): Read {
    const asked = { accountId: this.#parts.desk.number, orderId };
    return (read) =>
      this.#ask("Order/searchById", asked, read, ({ order }, sentAt) => {
        if (order === null) return;
        this.#learn([order], sentAt);
        if (!isOver(order)) this.#listed.add(order.id);
      });
  }

  readonly #readPositions: Read = (read) => {
    const accountId = this.#parts.desk.number;
    this.#ask("Position/searchOpen", { accountId }, read, ({ positions }) => {
      this.#positions = positions.filter((one) => one.accountId === accountId);
    });
  };

  /** `pageOffset` counts rows. Filtered again: the venue has ignored filters before. */
  #readPage(page: number, read: (isAnswered: boolean) => void): void {
    const filter = { accountId: this.#parts.desk.number, statuses: ACTIVE_STATUSES };
    const asked = { filter, pageSize: PAGE, pageOffset: page * PAGE, sortBy: 1, sortDirection: 0 };
    let isLast = true;
    const go = (isAnswered: boolean): void => {
      if (isAnswered && !isLast) this.#readPage(page + 1, read);
      else read(isAnswered);
    };
    this.#ask("Order/v2/query", asked, go, ({ orders }, sentAt) => {
      isLast = orders.length < PAGE || page + 1 >= PAGES_MAX;
      const live = orders.filter((one) => one.accountId === filter.accountId && !isOver(one));
      for (const { id } of live) this.#listed.add(id);
      this.#learn(live, sentAt);
    });
  }

  #since() {
    return { accountId: this.#parts.desk.number, startTimestamp: isoOf(this.#parts.since) };
  }

  #learn(orders: readonly WireOrder[], askedAt: Millis): void {
    const { desk } = this.#parts;
    const own = orders.filter((one) => one.accountId === desk.number);
    if (!desk.learnOrders(own, askedAt)) this.#isCertain = false;
  }

  #ask<Name extends CallName>(
    name: Name,
    asked: Asked<Name>,
    read: (isAnswered: boolean) => void,
    take: (answer: Answer<Name>, sentAt: Millis) => void,
    tries = 1,
  ): void {
    this.#parts.gateway.call(name, asked, this.#urgency, (called: Called<Answer<Name>>, sentAt) => {
      this.#heardAt = this.#parts.clock.now();
      if (called.kind === "done") {
        this.#sentAt = millis(Math.min(sentAt, this.#sentAt ?? sentAt));
        take(called.value, sentAt);
      }
      if (called.kind === "unknown" && tries < TRIES) {
        this.#ask(name, asked, read, take, tries + 1);
      } else read(called.kind === "done");
    });
  }
}

/** At once; `then` hears what became of each. */
export function all(reads: readonly Read[], then: (answers: readonly boolean[]) => void): void {
  const answers: boolean[] = reads.map(() => false);
  let left = reads.length;
  if (left === 0) then([]);
  for (const [index, read] of reads.entries()) {
    read((isAnswered) => {
      answers[index] = isAnswered;
      left -= 1;
      if (left === 0) then(answers);
    });
  }
}
