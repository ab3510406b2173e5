/**
 * Loosening takes a restart and starts on the next trade date; tightening holds at once.
 *
 * ```text
 * 10:00  limit 500, two losses      11:00  restart with 2,000      17:00  trade date rolls
 *        ──── 500 ────────────────────────── 500, kept ──────────────────── 2,000 ────
 * ```
 *
 * What is kept is a rule set of its own: of the old and the new one the tighter, limit by limit.
 */
import { canonical } from "../../std/canonical.ts";
import { getIn } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import type { AccountId } from "../model/ids.ts";
import type { Rules } from "../model/rules.ts";
import { type TradeDate, tradeDateOf } from "../model/trade-date.ts";
import { raisedSince } from "../risk/raised.ts";
import { tighterOf } from "../risk/tighter.ts";
import { accountOf, bookNameOf, findRuleSet, ruleSetOf, type State } from "../state.ts";
import { record, type Turn } from "../turn.ts";

interface Kept {
  readonly accounts: AccountId[];
  readonly rules: string;
  readonly loosened: readonly string[];
  readonly name: string;
  readonly ruleSet: Rules;
}

/** `before`: as it was before the settings that have just been adopted. */
export function keepLimits(turn: Turn, before: State): void {
  const { at } = turn;
  const until = tradeDateOf(at);
  // On a new trade date nothing has been traded yet, and what is looser may begin.
  if (before.tradeDate !== until) return;
  const kept = new Map<string, Kept>();
  for (const { id } of turn.state.settings.accounts) keep(kept, { before, until }, turn.state, id);
  for (const one of kept.values()) record(turn, { at, kind: "LimitsKept", until, ...one });
}

interface Then {
  readonly before: State;
  readonly until: TradeDate;
}

function keep(kept: Map<string, Kept>, { before, until }: Then, state: State, id: AccountId): void {
  const was = getIn(before.accounts, id);
  if (was === undefined || isUntouched(before, was)) return;
  const account = accountOf(state, id);
  const key = canonical([was.rules, account.rules]);
  const known = kept.get(key);
  if (known !== undefined) {
    known.accounts.push(account.id);
    return;
  }
  const old = findRuleSet(before, was.rules);
  // It was in no settings lately, and followed nobody's rules.
  if (old === null) return;
  const now = ruleSetOf(state, account.rules);
  const loosened = raisedSince(old, now);
  if (loosened.length === 0) return;
  const { rules } = account;
  const number = Object.keys(before.kept).length + kept.size + 1;
  const name = `${rules} until ${until} (${number})`;
  const ruleSet = tighterOf(old, now);
  kept.set(key, { accounts: [account.id], rules, loosened, name, ruleSet });
}

/** Nothing traded today, nothing booked of what came over from yesterday, and no step of the total. */
const isUntouched = ({ deepest }: State, { id, tradesToday, open, realisedToday }: Account) =>
  tradesToday === 0 &&
  open.length === 0 &&
  realisedToday === 0 &&
  deepest?.[bookNameOf(id)] === undefined;
