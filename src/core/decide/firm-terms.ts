/**
 * Which plan an account follows: from the settings at a start, tightened at once and loosened with the
 * next trade date; and what only an operator can say of it.
 *
 * ```text
 * first seen ─► FirmBegan          other settings ─┬─ tighter ─► FirmTermsChanged
 *                                                  └─ looser, traded today ─► FirmPlanKept until 17:00
 * ```
 *
 * No change of settings lowers a floor. `firm reset` does, because the firm has begun the account anew.
 */
import { canonical } from "../../std/canonical.ts";
import { getIn, valuesOf } from "../../std/trie.ts";
import { type Account, isLive } from "../model/account.ts";
import type { Command, CommandAnswer } from "../model/command.ts";
import type { Fact, FactOf } from "../model/fact.ts";
import type { FirmPlan } from "../model/firm-plan.ts";
import type { FirmState, FirmTerms, LossFloor } from "../model/firm-state.ts";
import type { AccountRules } from "../model/rules.ts";
import { type TradeDate, tradeDateOf } from "../model/trade-date.ts";
import { type Money, money } from "../model/units.ts";
import { showMoney } from "../model/wording.ts";
import { beginningOf, floorThen, newDay, settledCash } from "../risk/firm-books.ts";
import { looserTerms, tighterPlan } from "../risk/looser-plan.ts";
import { floorAfterPayout } from "../risk/loss-floor.ts";
import { accountOf, firmPlanOf, type State } from "../state.ts";
import { record, type Turn } from "../turn.ts";
import { accountNamed } from "./named-account.ts";

/** `before`: as it was before the settings that have just been adopted, if any were. */
export function adoptFirms(turn: Turn, before: State): void {
  const kept = new Map<string, FactOf<"FirmPlanKept">>();
  for (const rules of turn.state.settings.accounts) {
    const account = getIn(turn.state.accounts, rules.id);
    if (account === undefined) continue;
    const { firm } = account;
    if (firm === undefined) begin(turn, account, rules.firm);
    else if (before.settings !== turn.state.settings)
      adopt(turn, { account, firm, before, kept }, rules);
  }
  for (const fact of kept.values()) record(turn, fact);
}

const planNamed = ({ settings }: State, terms: FirmTerms | undefined): FirmPlan | null =>
  terms === undefined ? null : (settings.plans?.[terms.plan] ?? null);

function begin(turn: Turn, { id, balance }: Account, terms: FirmTerms | undefined): void {
  const plan = planNamed(turn.state, terms);
  if (plan === null || terms === undefined) return;
  const begun = { balance, shift: money(0), date: tradeDateOf(turn.at) };
  const firm = beginningOf(plan, terms, begun);
  record(turn, { at: turn.at, kind: "FirmBegan", account: id, why: "opened", firm });
}

interface Adopting {
  readonly account: Account;
  readonly firm: FirmState;
  readonly before: State;
  readonly kept: Map<string, FactOf<"FirmPlanKept">>;
}

function adopt(turn: Turn, adopting: Adopting, { firm: terms }: AccountRules): void {
  const { account, firm, before } = adopting;
  const { at, state } = turn;
  const was = firmPlanOf(before, account);
  const is = planNamed(state, terms);
  const buffer = terms?.buffer ?? firm.buffer;
  const name = terms?.plan ?? null;
  if (canonical(was) === canonical(is) && buffer === firm.buffer) return;
  const date = tradeDateOf(at);
  const isTraded = account.tradesToday > 0 || account.open.length > 0;
  const isHeld = isTraded && before.tradeDate === date;
  const loosened = isHeld
    ? looserTerms({ plan: was, buffer: firm.buffer }, { plan: is, buffer })
    : [];
  if (was !== null && loosened.length > 0)
    keep(turn, adopting, { was, is, name, buffer, loosened });
  else record(turn, termsChanged(turn, account, firm, { is, name, buffer, date }));
}

interface Changed {
  readonly is: FirmPlan | null;
  readonly name: string | null;
  readonly buffer: Money;
}

function keep(
  { at }: Turn,
  { account, firm, before, kept }: Adopting,
  change: Changed & { readonly was: FirmPlan; readonly loosened: readonly string[] },
): void {
  const { was, is, name: plan, loosened } = change;
  const until = tradeDateOf(at);
  const buffer = money(Math.max(firm.buffer, change.buffer));
  const key = canonical([firm.plan, plan, firm.buffer, change.buffer]);
  const known = kept.get(key);
  if (known !== undefined) {
    kept.set(key, { ...known, accounts: [...known.accounts, account.id] });
    return;
  }
  const number = Object.keys(before.keptPlans ?? {}).length + kept.size + 1;
  const name = `${plan ?? firm.plan} until ${until} (${number})`;
  const tighter = is === null ? was : tighterPlan(was, is);
  const about = { accounts: [account.id], plan, loosened, name, kept: tighter, buffer, until };
  kept.set(key, { at, kind: "FirmPlanKept", ...about });
}

/** What was kept for a trade date that is over has gone: floors move to where the plan has them that follows. */
export function adoptKept(turn: Turn, before: State): void {
  if (before.keptPlans === undefined) return;
  for (const account of valuesOf(turn.state.accounts)) {
    const { firm, id } = account;
    const is = firmPlanOf(turn.state, account);
    const was = firmPlanOf(before, accountOf(before, id));
    if (firm === undefined || is === null || canonical(was) === canonical(is)) continue;
    const { plan: name, buffer } = firm;
    const date = tradeDateOf(turn.at);
    record(turn, termsChanged(turn, account, firm, { is, name, buffer, date }));
  }
}

function termsChanged(
  { at }: Turn,
  { id }: Account,
  firm: FirmState,
  { is, name, buffer, date }: Changed & { readonly date: TradeDate },
): Fact {
  const about = { at, kind: "FirmTermsChanged", account: id, plan: name, buffer } as const;
  const { floor: before, day } = firm;
  if (is === null) return { ...about, floor: before, size: day.size, dailyLimit: day.dailyLimit };
  const floor = neverLower(before, floorThen(is, firm.peak, firm));
  const opening = { date, opening: day.opening, floor };
  const { size, dailyLimit } = newDay(is, opening, day);
  return { ...about, floor, size, dailyLimit };
}

function neverLower(before: LossFloor, now: LossFloor): LossFloor {
  if (before.at <= now.at) return now;
  const lock = now.lock === null ? null : money(Math.max(now.lock, before.at));
  return { at: before.at, lock };
}

interface Decision {
  readonly answer: CommandAnswer;
  readonly facts: readonly Fact[];
}

const refused = (reason: string): Decision => ({ answer: { kind: "refused", reason }, facts: [] });

type FirmCommand = Extract<Command, { readonly kind: "firm-reset" | "firm-payout" }>;

export function sayOfFirm(turn: Turn, command: FirmCommand): Decision {
  const found = accountNamed(turn.state, command.account);
  if (!found.ok) return refused(found.error);
  const account = found.value;
  const { id } = account;
  const plan = firmPlanOf(turn.state, account);
  const { firm } = account;
  if (plan === null || firm === undefined) return refused(`${id} follows no plan of a firm`);
  if (account.open.length > 0) return refused(`a trade is open on ${id}; say it when it is over`);
  const following = { ...account, firm };
  return command.kind === "firm-reset"
    ? reset(turn, following, plan)
    : payOut(turn, following, plan, command.amount);
}

type Following = Account & { readonly firm: FirmState };

/** On paper nobody puts money back: the firm's figures begin anew beside the account's own. */
function reset(turn: Turn, account: Following, plan: FirmPlan): Decision {
  const { at } = turn;
  const { id, balance, firm } = account;
  const { balanceStart } = plan;
  if (isLive(account) && balance !== balanceStart) {
    const found = `the venue has ${showMoney(balance)} on it`;
    return refused(`${found}, and ${plan.id} begins with ${showMoney(balanceStart)}`);
  }
  const shift = money(balanceStart - balance);
  const terms = { plan: plan.id, buffer: firm.buffer };
  const fresh = beginningOf(plan, terms, { balance, shift, date: tradeDateOf(at) });
  const begun = { ...fresh, plan: firm.plan };
  const note = `${plan.id} begins anew with ${showMoney(balanceStart)}, its floor at ${showMoney(begun.floor.at)}`;
  return {
    answer: { kind: "taken", note },
    facts: [{ at, kind: "FirmBegan", account: id, why: "reset", firm: begun }],
  };
}

/**
 * What the day began with, less what left the account. A venue's balance may have shown that days ago,
 * or not yet: a word alone makes no room for another loss.
 */
function openingWithout(account: Following, amount: Money): Money {
  const { opening } = account.firm.day;
  const without = money(opening - amount);
  if (!isLive(account)) return without;
  const shown = settledCash(account) - account.realisedToday;
  return money(Math.min(opening, Math.max(without, shown)));
}

function payOut({ at }: Turn, account: Following, plan: FirmPlan, amount: Money): Decision {
  const { id, firm } = account;
  if (plan.stage.kind !== "funded") return refused(`${plan.id} pays nothing out`);
  const had = settledCash(account);
  const floor = floorAfterPayout(plan.floor, firm.floor);
  const left = money(had - amount);
  const isBooked = isLive(account);
  if (!isBooked && left <= floor.at)
    return refused(
      `${showMoney(left)} would be left, and the floor is at ${showMoney(floor.at)} then`,
    );
  const shift = isBooked ? firm.shift : money(firm.shift - amount);
  const opening = openingWithout(account, amount);
  const note = `the floor is at ${showMoney(floor.at)}`;
  return {
    answer: { kind: "taken", note },
    facts: [{ at, kind: "FirmPaidOut", account: id, amount, floor, shift, opening }],
  };
}
