/**
 * Who stands on the other side: accounts of the same hands never bet against each other.
 *
 * ```text
 * one    long 3 MES ──┐
 * two    long 1 ES ───┴─ family ES, long          short for three?  refused: `one` is long 3
 * ```
 *
 * What counts is held or ordered and may still fill, and contracts a person holds there by hand once
 * the venue has said twice that they are there. It is asked before an entry and nowhere else, so it
 * never stands in the way of an exit. Twins on paper stand apart: they mirror the others.
 *
 * Looking at every trade for each of a thousand accounts would cost too much. It is done once a turn,
 * and what the turn itself plans is added as it goes.
 */
import { valuesOf } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import type { Side } from "../model/alert.ts";
import type { Fact, FactOf } from "../model/fact.ts";
import type { AccountId } from "../model/ids.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf, rootOf } from "../model/instruments.ts";
import type { Opponent } from "../model/refusal.ts";
import type { AccountRules } from "../model/rules.ts";
import { wantedOf } from "../model/trade-sums.ts";
import { accountOf, bookNameOf } from "../state.ts";
import { isOver } from "../track/phases.ts";
import type { Stand, Stands, Turn } from "../turn.ts";

/** One that stays before one that is leaving; null = nobody stands there. */
export function opponentFor(turn: Turn, id: AccountId, family: Root, side: Side): Stand | null {
  if (turn.state.settings.accounts.length < 2) return null;
  const { bySide, hands } = standsIn(turn);
  const others = bySide.get(keyOf(id, family, side === "long" ? "short" : "long"));
  if (others === undefined) return null;
  const own = hands.get(id);
  const isBarred = ({ account }: Stand): boolean =>
    account !== id && mayNotOppose(own, hands.get(account));
  return others.find((one) => !one.isLeaving && isBarred(one)) ?? others.find(isBarred) ?? null;
}

type Hands = Pick<AccountRules, "owner" | "opposing" | "unhedged">;

/** A firm asks it of all accounts with it; of one owner's it holds until both allow it. */
export function mayNotOppose(own: Hands = {}, other: Hands = {}): boolean {
  if (own.unhedged !== undefined && own.unhedged === other.unhedged) return true;
  if (own.owner !== other.owner) return false;
  return own.opposing !== "allow" || other.opposing !== "allow";
}

const keyOf = (account: AccountId, family: Root, side: Side): string =>
  `${bookNameOf(account)} ${family} ${side}`;

function standsIn(turn: Turn): Stands {
  const known = turn.stands;
  if (known !== null && caughtUp(turn, known)) return known;
  const { settings, trades, accounts } = turn.state;
  const hands = new Map(settings.accounts.map((one) => [one.id, one]));
  const stands: Stands = { bySide: new Map(), hands, seen: turn.facts.length };
  for (const trade of valuesOf(trades)) {
    const quantity = isOver(trade.phase) ? 0 : wantedOf(trade);
    if (quantity <= 0) continue;
    const { account, number, plan, exit } = trade;
    const { name } = accountOf(turn.state, account);
    const { side, instrument } = plan;
    const held = { account, name, side, instrument, quantity, trade: number };
    stand(stands, { ...held, isLeaving: exit !== null });
  }
  for (const account of valuesOf(accounts)) standByHand(stands, account);
  turn.stands = stands;
  return stands;
}

function stand({ bySide }: Stands, one: Stand): void {
  const key = keyOf(one.account, instrumentOf(one.instrument).family, one.side);
  const known = bySide.get(key);
  if (known === undefined) bySide.set(key, [one]);
  else known.push(one);
}

/** A first list proves nothing; from the second on the account may only reduce. */
function standByHand(stands: Stands, { id, name, differs, gate }: Account): void {
  if (differs === undefined || gate === "active") return;
  const { contract, ours, theirs } = differs;
  const root = rootOf(contract);
  if (root === null || theirs === 0 || Math.sign(theirs) === Math.sign(ours)) return;
  const side = theirs > 0 ? "long" : "short";
  const quantity = Math.abs(theirs);
  const held = { account: id, name, side, instrument: root, quantity, trade: null } as const;
  stand(stands, { ...held, isLeaving: false });
}

/** False when something else than a plan was decided since. */
function caughtUp({ facts, state }: Turn, stands: Stands): boolean {
  const unseen = facts.slice(stands.seen);
  stands.seen = facts.length;
  for (const fact of unseen) {
    if (fact.kind === "TradePlanned") addPlanned(stands, fact, accountOf(state, fact.account).name);
    else if (!CHANGES_NO_STAND.has(fact.kind)) return false;
  }
  return true;
}

const CHANGES_NO_STAND: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["AlertRead", "TradeRefused", "AlertShadowed", "AlertRefused"] as const),
  ...(["ReentryPostponed", "AlertHeld", "UpdateSettled"] as const),
]);

function addPlanned(stands: Stands, fact: FactOf<"TradePlanned">, name: string): void {
  const { account, number, plan } = fact;
  const quantity = plan.tranches.reduce((sum, one) => sum + one.quantity, 0);
  const { side, instrument } = plan;
  const held = { account, name, side, instrument, quantity, trade: number };
  stand(stands, { ...held, isLeaving: false });
}

/** As it is written down. */
export function opponentIn({ isLeaving: _, ...opponent }: Stand): Opponent {
  return opponent;
}
