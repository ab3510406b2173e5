/**
 * Requests of one account on their way to the venue, and each one's one answer on its way back.
 *
 * ```text
 * request ─► named first, so that events may come before the answer
 *         ─► lane ─► call ─► done | refused | not-sent | unknown ─► one answer
 *                              └ perhaps only because the order is over ─► read again first
 * ```
 */
import { type OrderId, readName } from "../../core/model/ids.ts";
import { millis } from "../../core/model/units.ts";
import type { Outcome, VenueRequest } from "../../core/model/venue.ts";
import { unreachable } from "../../std/assert.ts";
import type { AccountDesk, DeskParts } from "./account-desk.ts";
import type { KnownContract } from "./contract-names.ts";
import type { FollowUp } from "./follow-up.ts";
import type { Called } from "./gateway.ts";
import { LostOrders } from "./lost-orders.ts";
import { isOver } from "./order-stage.ts";
import { type PriceKind, priceKindOf } from "./points.ts";
import { barsAccount, type LocalRefusal, outcomeOf, refusedHere } from "./refusals.ts";
import { type MutationName, modifyCall, placeCall, urgencyOf } from "./venue-calls.ts";
import type { Answer, Asked, WireOrder } from "./wire-types.ts";

type RequestOf<Kind extends VenueRequest["kind"]> = Extract<VenueRequest, { kind: Kind }>;

/** An answer that takes longer than this may never come. */
const LATE = 1_000;
const NOT_READ: Outcome = { kind: "not-sent", reason: "the order could not be read first" };

export class RequestDesk {
  readonly #parts: DeskParts;
  readonly #desk: AccountDesk;
  readonly #followUp: FollowUp;
  readonly #lost: LostOrders;

  constructor(parts: DeskParts, desk: AccountDesk, followUp: FollowUp) {
    this.#parts = parts;
    this.#desk = desk;
    this.#followUp = followUp;
    this.#lost = new LostOrders(parts, desk);
  }

  send(request: VenueRequest): void {
    this.#desk.attention.touched();
    const contract = this.#parts.contracts.byCode(request.contract);
    if (request.kind === "cancel") return this.#cancel(request);
    if (contract === null) return this.#refuse(request, "contract-not-found");
    switch (request.kind) {
      case "place":
        return this.#place(request, contract);
      case "modify":
        return this.#modify(request, contract);
      case "close":
      case "close-part":
        return this.#close(request, contract);
      default:
        return unreachable(request);
    }
  }

  #place(request: RequestOf<"place">, contract: KnownContract): void {
    const { book, keepsBrackets, number } = this.#parts;
    const { role, tag, type } = request;
    const asked = placeCall(request, number, contract, keepsBrackets);
    if (!asked.ok) return this.#refuse(request, asked.error);
    book.own.told(tag, role);
    book.own.sent(tag, book.ordersTagged(tag), this.#parts.clock.now());
    this.#desk.expect(tag);
    const about = type === "market" ? null : type;
    const late = this.#findIfLate(tag);
    const answered = (called: Called<Answer<"Order/place">>): void => {
      late.callOff();
      const outcome = placed(called, about);
      const isTwin = outcome.kind === "refused" && outcome.code === "tag-in-use";
      book.own.answered(tag, isTwin);
      if (outcome.kind === "done") {
        book.own.accepted(Number(outcome.order), tag);
        if (role === "entry") this.#followUp.entered(Number(outcome.order));
        else this.#followUp.done(Number(outcome.order), () => true);
      }
      if (outcome.kind === "refused" && !isTwin) book.own.refused(tag, outcome.reason);
      const isNowhere = outcome.kind === "not-sent" || (outcome.kind === "refused" && !isTwin);
      if (isNowhere) this.#desk.expectNoMore(tag);
      this.#answer(request, outcome);
      this.#desk.tellHeldBack(tag);
      if (isTwin || outcome.kind === "unknown") this.#lost.find();
    };
    this.#call("Order/place", asked.value, request, about, answered, late.begun);
  }

  /** Once it has left it may have arrived, and filled, however long its answer takes. */
  #findIfLate(tag: string) {
    const { book, clock } = this.#parts;
    let callOff = (): void => {};
    return {
      begun: (): void => {
        callOff = clock.schedule(millis(clock.now() + LATE), () => {
          if (book.ordersTagged(tag).length === 0) this.#lost.find();
        });
      },
      callOff: (): void => callOff(),
    };
  }

  #modify(request: RequestOf<"modify">, contract: KnownContract): void {
    const orderId = numberOf(request.order);
    const known = orderId === null ? null : this.#desk.book.orders.get(orderId);
    if (orderId === null) return this.#refuse(request, "order-not-found");
    if (known !== null && isOver(known)) return this.#refuseOver(request, orderId);
    const kind = known === null ? kindNamed(request.id) : priceKindOf(known.type);
    if (kind !== null) return this.#modifyAs(request, { orderId, contract, kind });
    this.#desk.lookAt(orderId, (order) => {
      if (order === "unread") return this.#answer(request, NOT_READ);
      const found = order === "none" ? null : priceKindOf(order.type);
      if (found === null) this.#answer(request, refusedHere("order-not-found"));
      else this.#modifyAs(request, { orderId, contract, kind: found });
    });
  }

  #modifyAs(
    request: RequestOf<"modify">,
    about: { readonly orderId: number; readonly contract: KnownContract; readonly kind: PriceKind },
  ): void {
    const { orderId, contract, kind } = about;
    const where = { accountId: this.#parts.number, orderId };
    const asked = modifyCall(request, where, contract, kind);
    if (!asked.ok) return this.#refuse(request, asked.error);
    this.#inLane(request, `order ${orderId}`, "begin", (answered) =>
      this.#call("Order/modify", asked.value, request, kind, (called) => {
        if (called.kind === "done")
          this.#followUp.done(orderId, (order) => isOver(order) || isAs(order, asked.value));
        this.#answerAfterLook("Order/modify", orderId, outcomeFor(called, request, kind), answered);
      }),
    );
  }

  #cancel(request: RequestOf<"cancel">): void {
    const orderId = numberOf(request.order);
    if (orderId === null) return this.#refuse(request, "order-not-found");
    const known = this.#desk.book.orders.get(orderId);
    if (known !== null && isOver(known)) return this.#refuseOver(request, orderId);
    const asked = { accountId: this.#parts.number, orderId };
    this.#inLane(request, `order ${orderId}`, "begin", (answered) =>
      this.#call("Order/cancel", asked, request, null, (called) => {
        if (called.kind === "done") this.#followUp.done(orderId, isOver);
        this.#answerAfterLook("Order/cancel", orderId, outcomeFor(called, request, null), answered);
      }),
    );
  }

  #close(request: RequestOf<"close" | "close-part">, contract: KnownContract): void {
    const { book, clock, number } = this.#parts;
    const asked = { accountId: number, contractId: contract.id };
    const size = request.kind === "close-part" ? request.quantity : null;
    this.#inLane(request, `close ${contract.id}`, "give-up", (answered) => {
      // Of nothing held by the books the side is not known: perhaps the books are behind.
      const net = book.netOf(contract.id) || null;
      book.own.closeAsked(request.id, { contractId: contract.id, net, size, at: clock.now() });
      const hear = (called: Called<unknown>): void => {
        const outcome = outcomeFor(called, request, null);
        const isOff = outcome.kind === "refused" || outcome.kind === "not-sent";
        if (isOff) book.own.closeRefused(request.id);
        if (outcome.kind === "done") this.#followUp.closed(contract.id, size);
        answered(outcome);
      };
      if (size === null) this.#call("Position/closeContract", asked, request, null, hear);
      else {
        const part = { ...asked, size };
        this.#call("Position/partialCloseContract", part, request, null, hear);
      }
    });
  }

  #inLane(
    request: VenueRequest,
    lane: string,
    whenLate: "begin" | "give-up",
    begin: (answered: (outcome: Outcome) => void) => void,
  ): void {
    this.#parts.lanes.run(`${this.#parts.number} ${lane}`, {
      whenLate,
      begin: (done) =>
        begin((outcome) => {
          this.#answer(request, outcome);
          done();
        }),
      givenUp: (reason) => this.#answer(request, { kind: "not-sent", reason }),
    });
  }

  #call<Name extends MutationName>(
    name: Name,
    asked: Asked<Name>,
    request: VenueRequest,
    moves: PriceKind | null,
    called: (result: Called<Answer<Name>>) => void,
    begun?: () => void,
  ): void {
    this.#parts.gateway.call(name, asked, urgencyOf(request, moves), called, begun);
  }

  /** A refusal may only mean that the order is over: then that is what is said. */
  #answerAfterLook(
    call: MutationName,
    orderId: number,
    outcome: Outcome,
    answered: (outcome: Outcome) => void,
  ): void {
    if (!asksForLook(call, outcome)) return answered(outcome);
    this.#desk.lookAt(orderId, (order) => {
      const isEnded = typeof order !== "string" && isOver(order);
      if (isEnded) this.#desk.tellAgain(orderId);
      answered(isEnded ? refusedHere("order-terminal") : outcome);
    });
  }

  #refuseOver(request: VenueRequest, orderId: number): void {
    const { clock } = this.#parts;
    clock.schedule(clock.now(), () => {
      this.#desk.tellAgain(orderId);
      this.#answer(request, refusedHere("order-terminal"));
    });
  }

  #refuse(request: VenueRequest, code: LocalRefusal): void {
    const { clock } = this.#parts;
    clock.schedule(clock.now(), () => this.#answer(request, refusedHere(code)));
  }

  #answer({ account, id }: VenueRequest, outcome: Outcome): void {
    this.#desk.attention.touched();
    this.#parts.report({ kind: "answer", account, id, outcome });
    if (outcome.kind === "unknown") this.#desk.suspect();
    if (barsAccount(outcome) && outcome.kind === "refused")
      this.#parts.report({ kind: "barred", account, reason: outcome.reason });
  }
}

function placed(called: Called<Answer<"Order/place">>, about: PriceKind | null): Outcome {
  if (called.kind === "refused") return outcomeOf(called, about);
  if (called.kind !== "done") return called;
  const { orderId } = called.value;
  return orderId === null
    ? { kind: "unknown", reason: "accepted without an order number" }
    : { kind: "done", order: String(orderId) as OrderId };
}

function outcomeFor(
  called: Called<unknown>,
  request: VenueRequest,
  about: PriceKind | null,
): Outcome {
  if (called.kind === "refused") return outcomeOf(called, about);
  if (called.kind !== "done") return called;
  return { kind: "done", order: "order" in request ? request.order : null };
}

/**
 * After these the order may be over already: it is read again before anybody worries. Cancelling an
 * order that has ended is "unknown error" at the venue, or "not found".
 */
const asksForLook = (call: MutationName, outcome: Outcome): boolean =>
  call === "Order/cancel"
    ? outcome.kind === "refused"
    : call === "Order/modify" && outcome.kind === "refused" && outcome.code === "order-not-found";

/** It shows what a change asked for. */
const isAs = (order: WireOrder, asked: Asked<"Order/modify">): boolean =>
  (asked.size ?? order.size) === order.size &&
  (asked.limitPrice ?? order.limitPrice) === order.limitPrice &&
  (asked.stopPrice ?? order.stopPrice) === order.stopPrice;

/** The venue's numbers are whole; any other name is of an order it does not have. */
function numberOf(order: OrderId): number | null {
  const number = Number(order);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}

/** Just started, the order is not known yet, but our own name of the request says what it moves. */
function kindNamed(id: string): PriceKind | null {
  const role = readName(id)?.role;
  return role === "s" ? "stop" : role === "t" ? "limit" : null;
}
