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
 * The books know how many trades are on at each side, so that nobody looks while there are none. Where
 * there are, they are looked through once a turn and kept by what would make them opponents: a thousand
 * accounts on either side cost no more each than two. What the turn itself plans is added as it goes.
 */
import { eachIn } from "../../std/trie.ts";
import type { Account, Difference } from "../model/account.ts";
import type { Side } from "../model/alert.ts";
import type { Fact, FactOf } from "../model/fact.ts";
import type { AccountId } from "../model/ids.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf, rootOf, sideKeyOf } from "../model/instruments.ts";
import type { Opponent } from "../model/refusal.ts";
import type { BookName } from "../model/risk-fact.ts";
import type { AccountRules } from "../model/rules.ts";
import type { Trade } from "../model/trade.ts";
import { wantedOf } from "../model/trade-sums.ts";
import { correlatedWith } from "../risk/correlated.ts";
import { accountOf, bookNameOf, firmPlanOf, type State } from "../state.ts";
import { isOver } from "../track/phases.ts";
import type { Stand, Stands, StandsKnown, Turn } from "../turn.ts";

/** One that stays before one that is leaving; null = nobody stands there. */
export function opponentFor(turn: Turn, account: Account, family: Root, side: Side): Stand | null {
  const book = bookNameOf(account.id);
  const place = { book, family, side: side === "long" ? "short" : "long" } as const;
  return besideFamily(turn, account.id, place) ?? besideGroup(turn, account, place);
}

/** An account is no opponent of its own in one family: that is an exit, or one trade too many. */
function besideFamily(turn: Turn, id: AccountId, place: Place): Stand | null {
  // Nearly always: all of them stand on the side of the alert.
  if (isEmpty(turn.state, place)) return null;
  const barred = barredTo(handsIn(turn.state.settings.accounts).get(id));
  return firstOf(sideAt(turn, place), barred, ({ account }) => account !== id);
}

/** In what its firm counts together with the family. */
function besideGroup(turn: Turn, account: Account, place: Place): Stand | null {
  const { id } = account;
  const plan = firmPlanOf(turn.state, account);
  const correlated = plan === null ? null : correlatedWith(plan, place.family);
  if (plan === null || correlated === null) return null;
  const { group, families, isAcross } = correlated;
  const barred = isAcross ? [itself(id), following(plan.firm)] : [itself(id)];
  let found: Stand | null = null;
  for (const family of families) {
    const other = { ...place, family };
    const stand = isEmpty(turn.state, other) ? null : firstOf(sideAt(turn, other), barred);
    if (stand !== null && (found === null || found.isLeaving)) found = stand;
  }
  return found === null ? null : { ...found, correlated: { plan: plan.id, group } };
}

/** Whatever bars them; those that stay before those that are leaving. */
function firstOf(
  { staying, leaving }: Stands,
  barred: readonly string[],
  counts: (stand: Stand) => boolean = () => true,
): Stand | null {
  for (const lists of [staying, leaving]) {
    let first: Stand | null = null;
    for (const key of barred) {
      const other = lists.get(key)?.find(counts);
      if (other !== undefined && (first === null || other.place < first.place)) first = other;
    }
    if (first !== null) return first;
  }
  return null;
}

type Hands = Pick<AccountRules, "owner" | "opposing" | "unhedged">;

/**
 * A firm asks it of all accounts with it; of one owner's it holds until both allow it. So the one who
 * allows it may stand against those who do as well, and against nobody of its owner else.
 */
function barredTo({ owner, opposing, unhedged }: Hands = {}): readonly string[] {
  const ofOwner = opposing === "allow" ? [minding(owner)] : [owned(owner), UNNAMED];
  return unhedged === undefined ? ofOwner : [firmed(unhedged), UNNAMED, ...ofOwner];
}

/** Under which an account is found by those it may not oppose. */
function listedUnder(hands: Hands | undefined): readonly string[] {
  if (hands === undefined) return [UNNAMED];
  const { owner, opposing, unhedged } = hands;
  const keys = [owned(owner)];
  if (opposing !== "allow") keys.push(minding(owner));
  if (unhedged !== undefined) keys.push(firmed(unhedged));
  return keys;
}

const owned = (owner?: string): string => (owner === undefined ? "nobody" : `owner ${owner}`);
const minding = (owner?: string): string => `minding ${owned(owner)}`;
const firmed = (firm: string): string => `firm ${firm}`;
/** Whose an account was that the settings name no more, nobody knows: it counts as one's own. */
const UNNAMED = "unnamed";
/** For what a plan counts together. */
const following = (firm: string): string => `plan of ${firm}`;
const itself = (id: AccountId): string => `account ${id}`;

type HandsOf = ReadonlyMap<AccountId, Hands>;

/** The same for as long as the settings are. */
const remembered = new WeakMap<readonly AccountRules[], HandsOf>();

function handsIn(accounts: readonly AccountRules[]): HandsOf {
  const known = remembered.get(accounts);
  if (known !== undefined) return known;
  const hands = new Map(accounts.map((one) => [one.id, one]));
  remembered.set(accounts, hands);
  return hands;
}

/** One side of a family, in one book. */
interface Place {
  readonly book: BookName;
  readonly family: Root;
  readonly side: Side;
}

const keyOf = ({ book, family, side }: Place): string => `${book} ${family} ${side}`;

/** The book knows how many trades are on there, and whether anybody holds something by hand. */
function isEmpty({ books }: State, { book, family, side }: Place): boolean {
  const { sides, differing } = books[book];
  return differing === 0 && sides[sideKeyOf(family, side)] === undefined;
}

function sideAt(turn: Turn, place: Place): Stands {
  if (turn.stands === null || !caughtUp(turn, turn.stands))
    turn.stands = { bySide: new Map(), seen: turn.facts.length };
  const { bySide } = turn.stands;
  const known = bySide.get(keyOf(place));
  if (known !== undefined) return known;
  const stands: Stands = { count: 0, staying: new Map(), leaving: new Map() };
  bySide.set(keyOf(place), stands);
  fill(stands, turn.state, place);
  return stands;
}

function fill(stands: Stands, state: State, place: Place): void {
  eachIn(state.trades, (trade) => {
    if (trade.plan.side !== place.side || isOver(trade.phase)) return;
    const quantity = isAt(place, trade.account, trade.plan.instrument) ? wantedOf(trade) : 0;
    if (quantity > 0) put(stands, state, standOf(state, trade, quantity));
  });
  if (state.books[place.book].differing === 0) return;
  eachIn(state.accounts, (account) => {
    const held = account.differs === undefined ? null : heldByHand(account, account.differs);
    if (held?.side === place.side && isAt(place, held.account, held.instrument))
      put(stands, state, held);
  });
}

type Standing = Omit<Stand, "place">;

function put(stands: Stands, state: State, standing: Standing): void {
  const stand = { ...standing, place: stands.count++ };
  const lists = stand.isLeaving ? stands.leaving : stands.staying;
  const { account } = stand;
  const plan = firmPlanOf(state, accountOf(state, account));
  const asFollower = plan === null ? [] : [itself(account), following(plan.firm)];
  const asHands = listedUnder(handsIn(state.settings.accounts).get(account));
  for (const key of [...asHands, ...asFollower]) {
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [stand]);
    else list.push(stand);
  }
}

const isAt = ({ book, family }: Place, account: AccountId, root: Root): boolean =>
  instrumentOf(root).family === family && bookNameOf(account) === book;

function standOf(state: State, { account, number: trade, plan, exit }: Trade, quantity: number) {
  const { side, instrument } = plan;
  const { name } = accountOf(state, account);
  return { account, name, side, instrument, quantity, trade, isLeaving: exit !== null };
}

/** A first list proves nothing; from the second on the account may only reduce. */
function heldByHand({ id, name, gate }: Account, differs: Difference): Standing | null {
  const { contract, ours, theirs } = differs;
  const root = rootOf(contract);
  if (gate === "active" || root === null) return null;
  if (theirs === 0 || Math.sign(theirs) === Math.sign(ours)) return null;
  const [side, quantity] = [theirs > 0 ? "long" : "short", Math.abs(theirs)] as const;
  return { account: id, name, side, instrument: root, quantity, trade: null, isLeaving: false };
}

/** False when something else than a plan was decided since. */
function caughtUp({ facts, state }: Turn, known: StandsKnown): boolean {
  if (known.seen === facts.length) return true;
  const unseen = facts.slice(known.seen);
  known.seen = facts.length;
  for (const fact of unseen) {
    if (fact.kind === "TradePlanned") addPlanned(state, known, fact);
    else if (!CHANGES_NO_STAND.has(fact.kind)) return false;
  }
  return true;
}

const CHANGES_NO_STAND: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["AlertRead", "TradeRefused", "AlertShadowed", "AlertRefused"] as const),
  ...(["ReentryPostponed", "AlertHeld", "UpdateSettled"] as const),
]);

function addPlanned(state: State, { bySide }: StandsKnown, fact: FactOf<"TradePlanned">): void {
  const { account, number: trade, plan } = fact;
  const { side, instrument } = plan;
  const { family } = instrumentOf(instrument);
  const stands = bySide.get(keyOf({ book: bookNameOf(account), family, side }));
  if (stands === undefined) return;
  const quantity = plan.tranches.reduce((sum, one) => sum + one.quantity, 0);
  const { name } = accountOf(state, account);
  put(stands, state, {
    ...{ account, name, side, instrument, quantity, trade },
    isLeaving: false,
  });
}

/** As it is written down. */
export function opponentIn({ isLeaving: _, place: __, ...opponent }: Stand): Opponent {
  return opponent;
}
