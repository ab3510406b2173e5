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
import { getIn, valuesOf } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import type { AccountId } from "../model/ids.ts";
import type { Rules } from "../model/rules.ts";
import { type TradeDate, tradeDateOf } from "../model/trade-date.ts";
import { raisedSince } from "../risk/raised.ts";
import { tighterOf } from "../risk/tighter.ts";
import { findRuleSet, type State } from "../state.ts";
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
  for (const account of valuesOf(turn.state.accounts))
    keep(kept, { before, until }, turn.state, account);
  for (const one of kept.values()) record(turn, { at, kind: "LimitsKept", until, ...one });
}

interface Then {
  readonly before: State;
  readonly until: TradeDate;
}

function keep(
  kept: Map<string, Kept>,
  { before, until }: Then,
  state: State,
  account: Account,
): void {
  const was = getIn(before.accounts, account.id);
  const hasTraded = account.tradesToday > 0 || account.open.length > 0;
  if (was === undefined || !hasTraded) return;
  const key = canonical([was.rules, account.rules]);
  const known = kept.get(key);
  if (known !== undefined) {
    known.accounts.push(account.id);
    return;
  }
  const [old, now] = [findRuleSet(before, was.rules), findRuleSet(state, account.rules)];
  // What an account outside of these settings still holds goes by nobody's rules.
  if (old === null || now === null) return;
  const loosened = raisedSince(old, now);
  if (loosened.length === 0) return;
  const { rules } = account;
  const number = Object.keys(before.kept).length + kept.size + 1;
  const name = `${rules} until ${until} (${number})`;
  const ruleSet = tighterOf(old, now);
  kept.set(key, { accounts: [account.id], rules, loosened, name, ruleSet });
}
