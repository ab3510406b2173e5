/**
 * `tradestream planner`: how far each account of a firm is on its way, and what one more trade would
 * change. Read from the journal, with closed balances; nothing is decided by it.
 */
import type { Account } from "../../core/model/account.ts";
import { type Money, money } from "../../core/model/units.ts";
import { targetResultOf, worstLoss } from "../../core/risk/day.ts";
import { bookedOn } from "../../core/risk/firm-books.ts";
import { firmPlanOf, openTradesOf, rulesOf, type State } from "../../core/state.ts";
import { type PlannedAccount, plannerView, renderPlanner } from "../../core/views/planner.ts";
import type { Handlers } from "../../ports/console.ts";
import { valuesOf } from "../../std/trie.ts";
import { type Context, leave, stopped } from "../context.ts";
import { lookInto } from "../reading.ts";
import { foldJournal } from "../recover.ts";

export const planner =
  (context: Context): Handlers["planner"] =>
  (options) =>
    lookInto(context, options, (journal) => {
      const { screen } = context;
      const state = foldJournal(journal);
      const planned = accountsOf(state, options.account).flatMap((account) =>
        plannedOf(state, account, options.changes),
      );
      if (planned.length === 0) return leave(context, stopped(2, nothingFor(options.account)));
      for (const [index, one] of planned.entries()) {
        if (options.json) {
          screen.printJson(plannerView(one));
          continue;
        }
        if (index > 0) screen.print("");
        for (const line of renderPlanner(one, screen.columns())) screen.print(line);
      }
      return 0;
    });

const nothingFor = (account: string | null): string =>
  account === null
    ? "no account follows a plan of a firm: name one in its settings, as `rules list` shows them"
    : `no account ${account} follows a plan of a firm`;

const accountsOf = (state: State, wanted: string | null): readonly Account[] =>
  valuesOf(state.accounts)
    .filter(({ id, name }) => wanted === null || wanted === id || wanted === name)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

function plannedOf(
  state: State,
  account: Account,
  wanted: readonly Money[],
): readonly PlannedAccount[] {
  const plan = firmPlanOf(state, account);
  const { firm, id, name, balance, tradeDate } = account;
  if (plan === null || firm === undefined) return [];
  const today = bookedOn(tradeDate, { balance, firm });
  // A day that has come to nothing is none at its close; with a trade on it will come to something.
  const isOn = tradeDate === firm.day.date && account.open.length > 0;
  const standing = { plan, firm, today, tradedToday: isOn || today !== 0 };
  const changes = wanted.length > 0 ? wanted : changesByOpen(state, account);
  return [{ account: id, name, standing, changes }];
}

/** All that is open at its targets, and all of it at its stops. */
function changesByOpen(state: State, account: Account): readonly Money[] {
  const trades = openTradesOf(state, account);
  if (trades.length === 0) return [];
  const { fees, limits } = rulesOf(state, account);
  const { tradeDate } = account;
  const prices = { quoteOf: () => null, fees, slippage: limits.slippage, tradeDate };
  const won = trades.reduce((sum, one) => sum + targetResultOf(one, prices), 0);
  return [money(won), money(-worstLoss(trades, prices))];
}
