/**
 * Who stands on the other side: accounts of the same hands never bet against each other.
 *
 * ```text
 * one    long 3 MES ──┐
 * two    long 1 ES ───┴─ family ES, long          short for three?  refused: `one` is long 3
 * ```
 *
 * A firm may count other products too, as ES and NQ: then an account stands against itself as well.
 *
 * What counts is held or ordered and may still fill, and contracts a person holds there by hand once
 * the venue has said twice that they are there. It is asked before an entry and nowhere else, so it
 * never stands in the way of an exit. Twins on paper stand apart: they mirror the others.
 *
 * Looking at every trade for each of a thousand accounts would cost too much. It is done once a turn,
 * and what the turn itself plans is added as it goes.
 */
import { valuesOf } from "../../std/trie.ts";
import type { Account, Difference } from "../model/account.ts";
import type { Side } from "../model/alert.ts";
import type { Fact, FactOf } from "../model/fact.ts";
import type { AccountId } from "../model/ids.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf, rootOf } from "../model/instruments.ts";
import type { Opponent } from "../model/refusal.ts";
import type { BookName } from "../model/risk-fact.ts";
import type { AccountRules } from "../model/rules.ts";
import type { Trade } from "../model/trade.ts";
import { wantedOf } from "../model/trade-sums.ts";
import { correlatedWith } from "../risk/correlated.ts";
import { accountOf, bookNameOf, firmPlanOf, type State } from "../state.ts";
import { isOver } from "../track/phases.ts";
import type { Stand, Stands, Turn } from "../turn.ts";

/** One that stays before one that is leaving; null = nobody stands there. */
export function opponentFor(turn: Turn, id: AccountId, family: Root, side: Side): Stand | null {
  return besideFamily(turn, id, family, side) ?? besideGroup(turn, id, family, side);
}

function besideFamily(turn: Turn, id: AccountId, family: Root, side: Side): Stand | null {
  const stands = standsIn(turn);
  const others = standsOn(turn, stands, {
    book: bookNameOf(id),
    family,
    side: oppositeOf(side),
  });
  if (others.length === 0) return null;
  const hands = handsIn(turn, stands);
  const own = hands.get(id);
  // Whose an account was that the settings name no more, nobody knows: it counts as one's own.
  const isBarred = ({ account }: Stand): boolean =>
    account !== id && mayNotOppose(own, hands.get(account));
  return stayingFirst(others, isBarred);
}

const oppositeOf = (side: Side): Side => (side === "long" ? "short" : "long");

/** In what its firm counts together with the family. */
function besideGroup(turn: Turn, id: AccountId, family: Root, side: Side): Stand | null {
  const plan = firmPlanOf(turn.state, accountOf(turn.state, id));
  const correlated = plan === null ? null : correlatedWith(plan, family);
  if (plan === null || correlated === null) return null;
  const { group, families, isAcross } = correlated;
  const isBarred = ({ account, firm }: Stand): boolean =>
    account === id || (isAcross && firm === plan.firm);
  const stands = standsIn(turn);
  let found: Stand | null = null;
  for (const one of families) {
    const place = { book: bookNameOf(id), family: one, side: oppositeOf(side) };
    const stand = stayingFirst(standsOn(turn, stands, place), isBarred);
    if (stand !== null && (found === null || found.isLeaving)) found = stand;
  }
  return found === null ? null : { ...found, correlated: { plan: plan.id, group } };
}

const stayingFirst = (
  stands: readonly Stand[],
  isBarred: (stand: Stand) => boolean,
): Stand | null =>
  stands.find((one) => !one.isLeaving && isBarred(one)) ?? stands.find(isBarred) ?? null;

function handsIn({ state }: Turn, stands: Stands): NonNullable<Stands["hands"]> {
  stands.hands ??= new Map(state.settings.accounts.map((one) => [one.id, one]));
  return stands.hands;
}

type Hands = Pick<AccountRules, "owner" | "opposing" | "unhedged">;

/** A firm asks it of all accounts with it; of one owner's it holds until both allow it. */
export function mayNotOppose(own: Hands = {}, other: Hands = own): boolean {
  if (own.unhedged !== undefined && own.unhedged === other.unhedged) return true;
  if (own.owner !== other.owner) return false;
  return own.opposing !== "allow" || other.opposing !== "allow";
}

/** One side of a family, in one book. */
interface Place {
  readonly book: BookName;
  readonly family: Root;
  readonly side: Side;
}

const keyOf = ({ book, family, side }: Place): string => `${book} ${family} ${side}`;

function standsIn(turn: Turn): Stands {
  const known = turn.stands;
  if (known !== null && caughtUp(turn, known)) return known;
  turn.stands = { bySide: new Map(), hands: null, seen: turn.facts.length };
  return turn.stands;
}

/** Most often nothing: all of them stand on the side of the alert. */
function standsOn({ state }: Turn, { bySide }: Stands, place: Place): readonly Stand[] {
  const key = keyOf(place);
  const known = bySide.get(key);
  if (known !== undefined) return known;
  const stands: Stand[] = [];
  for (const trade of valuesOf(state.trades)) {
    if (trade.plan.side !== place.side || isOver(trade.phase)) continue;
    const quantity = isAt(place, trade.account, trade.plan.instrument) ? wantedOf(trade) : 0;
    if (quantity > 0) stands.push(standOf(state, trade, quantity));
  }
  for (const account of valuesOf(state.accounts)) {
    const held = account.differs === undefined ? null : heldByHand(state, account, account.differs);
    if (held?.side === place.side && isAt(place, held.account, held.instrument)) stands.push(held);
  }
  bySide.set(key, stands);
  return stands;
}

const isAt = ({ book, family }: Place, account: AccountId, root: Root): boolean =>
  instrumentOf(root).family === family && bookNameOf(account) === book;

function standOf(state: State, { account, number: trade, plan, exit }: Trade, quantity: number) {
  const { side, instrument } = plan;
  const isLeaving = exit !== null;
  return { account, ...knownOf(state, account), side, instrument, quantity, trade, isLeaving };
}

function knownOf(state: State, id: AccountId): Pick<Stand, "name" | "firm"> {
  const account = accountOf(state, id);
  return { name: account.name, firm: firmPlanOf(state, account)?.firm ?? null };
}

/** A first list proves nothing; from the second on the account may only reduce. */
function heldByHand(state: State, { id, gate }: Account, differs: Difference): Stand | null {
  const { contract, ours, theirs } = differs;
  const root = rootOf(contract);
  if (gate === "active" || root === null) return null;
  if (theirs === 0 || Math.sign(theirs) === Math.sign(ours)) return null;
  const [side, quantity] = [theirs > 0 ? "long" : "short", Math.abs(theirs)] as const;
  const about = { side, instrument: root, quantity, trade: null, isLeaving: false };
  return { account: id, ...knownOf(state, id), ...about };
}

/** False when something else than a plan was decided since. */
function caughtUp({ facts, state }: Turn, stands: Stands): boolean {
  if (stands.seen === facts.length) return true;
  const unseen = facts.slice(stands.seen);
  stands.seen = facts.length;
  for (const fact of unseen) {
    if (fact.kind === "TradePlanned") addPlanned(state, stands, fact);
    else if (!CHANGES_NO_STAND.has(fact.kind)) return false;
  }
  return true;
}

const CHANGES_NO_STAND: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["AlertRead", "TradeRefused", "AlertShadowed", "AlertRefused"] as const),
  ...(["ReentryPostponed", "AlertHeld", "UpdateSettled"] as const),
]);

function addPlanned(state: State, { bySide }: Stands, fact: FactOf<"TradePlanned">): void {
  const { account, number: trade, plan } = fact;
  const { side, instrument } = plan;
  const { family } = instrumentOf(instrument);
  const list = bySide.get(keyOf({ book: bookNameOf(account), family, side }));
  if (list === undefined) return;
  const quantity = plan.tranches.reduce((sum, one) => sum + one.quantity, 0);
  const isLeaving = false;
  list.push({ account, ...knownOf(state, account), side, instrument, quantity, trade, isLeaving });
}

/** As it is written down. */
export function opponentIn({ isLeaving: _, firm: __, ...opponent }: Stand): Opponent {
  return opponent;
}
