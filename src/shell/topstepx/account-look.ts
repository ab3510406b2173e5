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
import { type Millis, millis } from "../../core/model/units.ts";
import type { AccountDesk, DeskParts } from "./account-desk.ts";
import { AccountReads, all, type Read } from "./account-reads.ts";
import type { Balances } from "./balances.ts";
import type { Urgency } from "./gateway.ts";
import { netsIn } from "./nets.ts";

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
const LOOKED_UP_MAX = 20;

export class AccountLook {
  readonly #parts: LookParts;
  #reads: AccountReads;
  #rounds = 0;
  /** The list with the orders that ended was read. */
  #hasEnded = false;
  /** Every list there is was read. */
  #isWhole = false;
  #suspicions = 0;

  constructor(parts: LookParts) {
    this.#parts = parts;
    this.#reads = new AccountReads(parts, "read");
  }

  /** When an answer last came. */
  get heardAt(): Millis {
    return this.#reads.heardAt;
  }

  begin(): void {
    const { balances, clock, desk } = this.#parts;
    this.#rounds += 1;
    const urgency = this.#urgency();
    this.#reads = new AccountReads(this.#parts, urgency);
    this.#isWhole = false;
    this.#hasEnded = false;
    this.#suspicions = desk.suspicions;
    const { readEnded, readPair } = this.#reads;
    const isDue = desk.thoroughAt === null || clock.now() >= desk.thoroughAt + THOROUGH_EVERY;
    const isThorough = desk.isSuspect || isDue || !this.#reachesBack();
    const money: Read = (read) => balances.refresh(urgency, () => read(true));
    const others = [
      ...(isThorough || desk.isMissingAny ? [readEnded] : []),
      ...(balances.isFresh(desk.number, desk.filledAt) ? [] : [money]),
    ];
    all([readPair, ...others], ([isPair = false, ...rest]) => {
      const areRead = rest.every(Boolean);
      if (!isPair) this.#giveUp();
      else if (isThorough) this.#readOn(areRead);
      else if (areRead && this.#isInOrder()) this.#deliver();
      else this.#lookInto(areRead && desk.isMissingAny);
    });
  }

  /** The second round only comes because the first one did not add up. */
  #urgency(): Urgency {
    const { desk } = this.#parts;
    if (desk.attention.isBareLately) return "rescue";
    return this.#rounds > 1 || desk.isUrgent || desk.attention.mayBeBare ? "check" : "read";
  }

  /** A glance that does not show what was expected: something has moved. */
  #lookInto(hasEnded: boolean): void {
    this.#reads.hurry();
    this.#readOn(hasEnded);
  }

  /** Trades last: what the other lists know of a fill, this one should. */
  #readOn(hasEnded: boolean): void {
    const { readEnded, readTrades } = this.#reads;
    all(hasEnded ? [] : [readEnded], (ended) =>
      readTrades((isAnswered) => {
        this.#hasEnded = ended.every(Boolean);
        this.#isWhole = isAnswered && this.#hasEnded;
        this.#explain();
      }),
    );
  }

  /** Orders that no list explains are asked for one by one. */
  #explain(): void {
    const reads = this.#reads;
    const ids = [...reads.gone().map(({ id }) => id), ...this.#parts.desk.book.waitedFor()];
    const each = ids.slice(0, LOOKED_UP_MAX).map((id) => reads.readOne(id));
    all(each, () => this.#conclude());
  }

  #conclude(): void {
    const { clock, desk } = this.#parts;
    // Where only the history could not be read, it still stands as it was told.
    const isGlance = this.#reachesBack() && (this.#hasEnded || !desk.isMissingAny);
    if ((this.#isWhole || isGlance) && this.#isInOrder()) return this.#deliver();
    if (this.#isWhole && this.#isBelieved()) return this.#deliver();
    if (this.#rounds >= ROUNDS_MAX) return this.#giveUp();
    // Lists that do not fit each other are no snapshot, but a fill in one of them has been filled.
    desk.tellUntold();
    clock.schedule(millis(clock.now() + ROUND_GAP), () => this.begin());
  }

  /** What was listed once, and told since, goes back as far as was asked for. */
  #reachesBack(): boolean {
    const { desk, since } = this.#parts;
    return desk.book.wholeSince !== null && desk.book.wholeSince <= since;
  }

  #isInOrder(): boolean {
    const { desk, since } = this.#parts;
    const { book } = desk;
    const { askedAt, isCertain, positions } = this.#reads;
    if (!isCertain || this.#reads.gone().length > 0) return false;
    if (book.waitedFor().length > 0 || book.hasOpenSums(since)) return false;
    // With nothing to compare with, positions that nothing moved meanwhile are what they are.
    return book.wholeSince === null
      ? this.#isWhole && !book.hasFillSince(askedAt)
      : isAlike(netsIn(positions), book.trades.nets);
  }

  /** The lists contradict what was heard, and have done so without a change for long enough. */
  #isBelieved(): boolean {
    const { clock, desk, log } = this.#parts;
    const after = desk.disagreement.lasts(this.#difference(), clock.now());
    if (after < BELIEVED_AFTER) return false;
    log.write("warn", "venue-lists-believed", { account: desk.number, after });
    for (const { id } of this.#reads.gone()) desk.book.orders.forget(id);
    return true;
  }

  /** What does not fit, in words that are the same as long as it is. */
  #difference(): string {
    const { desk, since } = this.#parts;
    const { trades } = desk.book;
    const gone = this.#reads.gone().map(({ id }) => id);
    const nets = [netsIn(this.#reads.positions), trades.nets].map((one) => [...one].toSorted());
    const rest = [desk.book.waitedFor(), desk.book.hasOpenSums(since), trades.all.length];
    return JSON.stringify([gone, nets, ...rest]);
  }

  #deliver(): void {
    const { balances, clock, desk, since } = this.#parts;
    const { book } = desk;
    const { askedAt, positions } = this.#reads;
    const balance = balances.of(desk.number);
    // Cash is compared when all is flat, and then there is no hurry: a figure from before a fill waits.
    const isFlat = positions.length === 0 && book.orders.live.length === 0;
    const isOld = isFlat && !balances.isAsOf(desk.number, desk.filledAt);
    if (balance === null || isOld || !desk.attention.shown(askedAt)) return this.#giveUp();
    if (this.#isWhole) {
      book.isWholeFrom(since);
      desk.trust(this.#suspicions, clock.now());
    }
    desk.disagreement.end();
    book.trades.rebase(netsIn(positions));
    desk.isTold();
    this.#parts.report({
      kind: "snapshot",
      account: book.account,
      askedAt,
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
}

function isAlike(some: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): boolean {
  const contracts = [...some.keys(), ...others.keys()];
  return contracts.every((one) => (some.get(one) ?? 0) === (others.get(one) ?? 0));
}
