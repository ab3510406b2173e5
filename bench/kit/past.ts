/**
 * Years of trading in seconds: the facts of one trade that really happened, told again and again
 * with names, numbers and times of their own, some trades a day.
 *
 * ```text
 * one day of the product ─► facts of a trade ─► again, a minute later ─► ... ─► the next trade date
 * ```
 */

import type { Fact, FactOf } from "../../src/core/model/fact.ts";
import { fillId, orderId, tradeIdOf } from "../../src/core/model/ids.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { nextTradeDate, tradeDateOf } from "../../src/core/model/trade-date.ts";
import { type Millis, millis } from "../../src/core/model/units.ts";
import { alertOf } from "./alerts.ts";
import { openHouse } from "./house.ts";
import type { Place } from "./places.ts";
import { until } from "./turns.ts";

export interface Life {
  /** Until the first alert: run, settings, account, trade date. */
  readonly opening: readonly Fact[];
  /** From the alert to the close. */
  readonly trade: readonly Fact[];
}

/** Lives one trade: in at the alert, out by command. */
export async function lifeOfATrade(place: Place, accounts: number): Promise<Life> {
  let closed = 0;
  const house = await openHouse({
    ...{ folder: place.folder(), accounts },
    told(recorded) {
      for (const { fact } of recorded) if (fact.kind === "TradeClosed") closed += 1;
    },
  });
  const message = alertOf(0, house.clock.now());
  house.loop.offer({ kind: "message", message, tradable: true, room: OPEN_ROOM, from: 0 });
  await until(() => house.loop.state().tradeCount === accounts, "the trade is planned");
  for (let trade = 1; trade <= accounts; trade++) {
    await house.quiet();
    house.loop.offer({ kind: "command", command: { kind: "close", trade } });
    await until(() => closed === trade, "the trade is over");
  }
  const facts = [...house.journal.read(0)].map(({ fact }) => fact);
  house.close();
  return splitOf(facts);
}

/** Of several accounts that traded the first one's story serves. */
function splitOf(facts: readonly Fact[]): Life {
  const from = facts.findIndex((fact) => fact.kind === "AlertRead");
  const planned = facts.find((fact) => fact.kind === "TradePlanned");
  const trade = facts.filter(
    (fact) => fact.kind === "AlertRead" || ("trade" in fact && fact.trade === planned?.trade),
  );
  return { opening: facts.slice(0, from), trade };
}

export interface PastShape {
  readonly trades: number;
  readonly tradesPerDay: number;
  /** Nothing of it is later. */
  readonly endsAt: Millis;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The facts of a past, in the order of a journal, a trade date at a time. */
export function* pastOf(life: Life, shape: PastShape): Iterable<readonly Fact[]> {
  const days = Math.ceil(shape.trades / shape.tradesPerDay);
  // Weekends are days on which nothing happens; the roll of dates is right all the same.
  let dayAt = shape.endsAt - (days + 1) * DAY;
  yield life.opening.map((fact) => ({ ...fact, at: millis(dayAt) }) as Fact);
  let date = tradeDateOf(millis(dayAt));
  for (let number = 1; number <= shape.trades; dayAt += DAY) {
    date = nextTradeDate(date);
    const facts: Fact[] = [{ at: millis(dayAt), kind: "TradeDateBegan", tradeDate: date }];
    for (let n = 0; n < shape.tradesPerDay && number <= shape.trades; n++, number++) {
      facts.push(...retold(life, number, dayAt + (n + 1) * MINUTE));
    }
    yield facts;
  }
}

function retold({ trade: facts }: Life, number: number, from: number): readonly Fact[] {
  const planned = facts.find((fact) => fact.kind === "TradePlanned");
  const first = facts[0];
  if (planned === undefined || first === undefined) throw new Error("a trade begins with a plan");
  const message = { ...planned.message, id: `past-${number}` };
  const id = tradeIdOf(message, planned.account);
  return facts.map((fact): Fact => {
    const at = millis(from + fact.at - first.at);
    if (fact.kind === "AlertRead") return { ...fact, at, message, sentAt: at };
    if (fact.kind === "TradePlanned") return { ...plan(fact, at), trade: id, number, message };
    return renamed({ ...fact, at, trade: id } as Fact, number);
  });
}

const plan = (fact: FactOf<"TradePlanned">, at: Millis): FactOf<"TradePlanned"> => ({
  ...fact,
  at,
  plan: { ...fact.plan, expiresAt: millis(at + 30_000) },
});

/** The venue gives every order and fill a name of its own. */
function renamed(fact: Fact, number: number): Fact {
  const order = "order" in fact ? { order: orderId(`${fact.order}-${number}`) } : {};
  const fill = "fill" in fact ? { fill: fillId(`${fact.fill}-${number}`) } : {};
  return { ...fact, ...order, ...fill } as Fact;
}
