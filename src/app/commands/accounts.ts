/**
 * `tradestream accounts`: every account on a line, or one in full. Read from the journal, beside a
 * running process as well; that one is only asked for its prices.
 */
import { barsOf, type State } from "../../core/state.ts";
import {
  type AccountsView,
  accountsViews,
  renderAccount,
  renderAccounts,
} from "../../core/views/accounts.ts";
import { renderRisk, riskViews } from "../../core/views/risk.ts";
import type { Handlers } from "../../ports/console.ts";
import { type Context, leave, stopped } from "../context.ts";
import { lookInto } from "../reading.ts";
import { foldJournal } from "../recover.ts";
import { liveOf, riskSource } from "./limits.ts";

export const accounts =
  (context: Context): Handlers["accounts"] =>
  async (options) => {
    const live = await liveOf(context, options);
    return lookInto(context, options, (journal) => {
      const { screen } = context;
      const state = foldJournal(journal);
      const source = sourceOf(state, riskSource(state, journal, live));
      const views = accountsViews(source);
      const { name } = options;
      const chosen = name === null ? views : views.filter((one) => isNamed(one, name));
      if (chosen.length === 0) {
        const names = views.map((one) => one.name).join(", ");
        return leave(context, stopped(2, `there is no account ${name ?? ""}, only ${names}`));
      }
      const risks = riskViews(source);
      const lines = name === null ? renderAccounts(chosen, screen.columns()) : [];
      if (options.json) for (const view of chosen) screen.printJson(view);
      else for (const line of lines) screen.print(line);
      if (options.json || name === null) return 0;
      for (const view of chosen) {
        const risk = risks.find(({ account }) => account === view.account);
        const [, ...limits] = risk === undefined ? [] : renderRisk(risk, screen.columns());
        for (const line of [...renderAccount(view, screen.columns()), ...limits])
          screen.print(line);
      }
      return 0;
    });
  };

const sourceOf = (state: State, risk: ReturnType<typeof riskSource>) => ({
  ...risk,
  settings: state.settings.accounts,
  bars: barsOf(state),
});

/** An id names one; a name may be that of several. */
const isNamed = ({ account, name }: AccountsView, wanted: string): boolean =>
  account === wanted || name === wanted;
