/**
 * TopstepX behind the broker port.
 *
 * ```text
 * send ─► request desk ─► gateway ─► answer            one for each request
 * hub  ─► account desk ─► book ────► order, fill       what is news, once
 * ask  ─► looks ─► gateway ────────► snapshot          lists that agree with what was heard, or none
 * hub up, down ────────────────────► link              something may have been missed
 * no answer to anything ───────────► link              the same, however well the hub lives
 * ```
 *
 * It keeps no truth of its own: what it remembers serves to tell news from echoes and lists that lag
 * from lists that know better. Nothing here decides about a position, and orders of others are
 * reported and never touched.
 */
import type { AccountId } from "../../core/model/ids.ts";
import type { BracketSupport } from "../../core/model/rules.ts";
import type { Millis } from "../../core/model/units.ts";
import type { VenueReport, VenueRequest } from "../../core/model/venue.ts";
import type { Broker } from "../../ports/broker.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Log } from "../../ports/log.ts";
import { invariant, unreachable } from "../../std/assert.ts";
import { AccountBook, type VenueContracts } from "./account-book.ts";
import { AccountDesk } from "./account-desk.ts";
import { Balances } from "./balances.ts";
import { FollowUp } from "./follow-up.ts";
import type { Gateway } from "./gateway.ts";
import { Hearing } from "./hearing.ts";
import { Lanes } from "./lanes.ts";
import { Looks } from "./looks.ts";
import { Reach } from "./reach.ts";
import { refusedHere } from "./refusals.ts";
import { RequestDesk } from "./request-desk.ts";
import type { UserHub, UserNews } from "./user-hub.ts";

export interface TopstepxBrokerParts {
  readonly clock: Clock;
  readonly gateway: Gateway;
  readonly hub: UserHub;
  readonly contracts: VenueContracts;
  readonly log: Log;
  readonly accounts: readonly { readonly account: AccountId; readonly number: number }[];
  /** "none" where the operator chose it in writing: accounts left on "Position Brackets". */
  readonly brackets: BracketSupport;
}

interface Desk {
  readonly account: AccountDesk;
  readonly requests: RequestDesk;
}

export class TopstepxBroker implements Broker {
  readonly brackets: BracketSupport;
  readonly #parts: TopstepxBrokerParts;
  readonly #desks = new Map<AccountId, Desk>();
  readonly #byNumber = new Map<number, Desk>();
  readonly #balances: Balances;
  readonly #looks: Looks;
  #listener: ((report: VenueReport) => void) | null = null;
  readonly #hearing: Hearing;
  readonly #reach: Reach;
  /** Of the hub. */
  #isUp = false;
  #isClosed = false;

  constructor(parts: TopstepxBrokerParts) {
    const { brackets, clock, log } = parts;
    this.#reach = new Reach(clock, (isReached) => this.#reached(isReached));
    const gateway = this.#reach.heeded(parts.gateway);
    this.#parts = { ...parts, gateway };
    this.brackets = brackets;
    this.#balances = new Balances(gateway, clock, (number, reason) => {
      const desk = this.#byNumber.get(number);
      if (desk !== undefined) this.#bar(desk.account.book.account, reason);
    });
    this.#hearing = new Hearing(clock, (trade) => {
      log.write("warn", "topstepx-user-hub-deaf", { trade });
      parts.hub.restart("a trade stood in the lists and was not told");
    });
    const report = (one: VenueReport): void => this.#report(one);
    this.#looks = new Looks({ clock, gateway, log, report, balances: this.#balances });
    const lanes = new Lanes(clock);
    for (const { account, number } of parts.accounts) this.#openDesk(account, number, lanes);
  }

  /** Whether any account holds something, or may. */
  get isExposed(): boolean {
    return [...this.#desks.values()].some(({ account }) => account.isExposed);
  }

  open(listener: (report: VenueReport) => void): void {
    invariant(this.#listener === null, "the venue is opened once");
    this.#listener = listener;
    this.#later(() => {
      if (!this.#isUp) this.#tellLink("down");
    });
    this.#parts.hub.open({
      up: () => this.#moveLink("up"),
      down: () => this.#moveLink("down"),
      news: (one) => this.#hear(one),
      contested: (reason) => {
        for (const account of this.#desks.keys()) this.#bar(account, reason);
      },
    });
  }

  send(request: VenueRequest): void {
    invariant(this.#listener !== null, "the venue is open before anybody speaks to it");
    const desk = this.#desks.get(request.account);
    if (desk !== undefined) return desk.requests.send(request);
    const { account, id } = request;
    const outcome = refusedHere("account-not-found");
    this.#later(() => this.#report({ kind: "answer", account, id, outcome }));
  }

  ask(account: AccountId, since: Millis): void {
    invariant(this.#listener !== null, "the venue is open before anybody asks it");
    const desk = this.#desks.get(account);
    if (desk === undefined) return;
    this.#reach.asked();
    this.#looks.ask(desk.account, since);
  }

  close(): void {
    this.#isClosed = true;
    this.#looks.close();
    this.#parts.hub.close();
  }

  #openDesk(account: AccountId, number: number, lanes: Lanes): void {
    const { brackets, clock, contracts, gateway, log } = this.#parts;
    const about = {
      number,
      book: new AccountBook(account, contracts),
      ...{ clock, contracts, gateway, lanes, log },
      hearing: this.#hearing,
      keepsBrackets: brackets === "native",
      report: (report: VenueReport) => this.#report(report),
    };
    const desk = new AccountDesk(about);
    const followUp = new FollowUp(about, desk, () => this.#looks.again(desk));
    desk.follow = (learnt) => followUp.heard(learnt);
    const both: Desk = { account: desk, requests: new RequestDesk(about, desk, followUp) };
    this.#desks.set(account, both);
    this.#byNumber.set(number, both);
  }

  #hear(one: UserNews): void {
    switch (one.kind) {
      case "account":
        return this.#balances.hear(one.account);
      case "order":
        return this.#with(one.order.accountId, (desk) => desk.hearOrder(one.order));
      case "trade":
        return this.#with(one.trade.accountId, (desk) => desk.hearTrade(one.trade));
      case "position":
        return this.#with(one.position.accountId, (desk) => desk.hearPosition(one.position));
      default:
        return unreachable(one);
    }
  }

  /** Accounts of this login that are not ours are nobody's business here. */
  #with(number: number, hear: (desk: AccountDesk) => void): void {
    const desk = this.#byNumber.get(number)?.account;
    if (desk === undefined) return;
    hear(desk);
    this.#looks.first(desk);
  }

  #moveLink(state: "up" | "down"): void {
    this.#isUp = state === "up";
    this.#hearing.moved(state);
    if (this.#reach.isReached) this.#tellLink(state);
  }

  #reached(isReached: boolean): void {
    this.#parts.log.write("warn", "topstepx-answers", { isReached });
    if (this.#isUp) this.#tellLink(isReached ? "up" : "down");
  }

  #tellLink(state: "up" | "down"): void {
    for (const [account, desk] of this.#desks) {
      desk.account.suspect();
      this.#report({ kind: "link", account, state });
    }
  }

  #bar(account: AccountId, reason: string): void {
    this.#report({ kind: "barred", account, reason });
  }

  #report(report: VenueReport): void {
    if (!this.#isClosed) this.#listener?.(report);
  }

  #later(task: () => void): void {
    const { clock } = this.#parts;
    clock.schedule(clock.now(), task);
  }
}
