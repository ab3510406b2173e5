/**
 * The accounts that trade, as the mode says which.
 *
 * ```text
 * paper   those of the file
 * live    those of the venue, each beginning small
 * twin    the same, and behind each of them one on paper that follows the same rules and the same
 *         group, and begins as small: only then can the two be compared
 * ```
 */
import type { Config, TopstepxConfig } from "../../core/model/config.ts";
import { DEFAULT_BALANCE } from "../../core/model/defaults.ts";
import type { FirmPlans } from "../../core/model/firm-plan.ts";
import { accountId, twinOf } from "../../core/model/ids.ts";
import type { AccountRules, BracketSupport } from "../../core/model/rules.ts";
import { type Money, money } from "../../core/model/units.ts";
import { firmOf } from "./firm-of.ts";
import type { ConfigFile } from "./schema.ts";

type Accounts = Pick<Config, "balances"> & { readonly accounts: readonly AccountRules[] };

export function accountsOf(file: ConfigFile, plans: FirmPlans = {}): Accounts {
  const { broker, mode } = file;
  if (mode === "paper" || broker.kind === "paper") return paperAccounts(file, plans);
  const live = liveAccounts(broker);
  const balances = live.map(({ id }) => ({ account: id, balance: money(0) })); // the venue says it
  if (mode === "live") return { accounts: live, balances };
  const twins = live.map((one) => twinOn(file, one));
  return {
    accounts: [...live, ...twins],
    balances: [
      ...balances,
      ...twins.map(({ id, firm }) => ({ account: id, balance: opening(plans, firm?.plan) })),
    ],
  };
}

/** What a plan begins with; without one, what a paper account has. */
const opening = (plans: FirmPlans, plan: string | undefined): Money =>
  (plan === undefined ? undefined : plans[plan]?.balanceStart) ?? DEFAULT_BALANCE.balance;

function paperAccounts({ accounts, paper }: ConfigFile, plans: FirmPlans): Accounts {
  return {
    accounts: accounts.map(({ id, name, rules, group, ...firm }) => ({
      id: accountId(id),
      name,
      rules,
      brackets: paper.brackets, // what the venue can do, its accounts can
      ...(group === undefined ? {} : { group }),
      ...(paper.sessions === "cme" ? {} : { sessions: paper.sessions }),
      ...firmOf(firm),
    })),
    balances: accounts.map(({ id, balance, plan }) => ({
      account: accountId(id),
      balance: balance ?? opening(plans, plan),
    })),
  };
}

type Venue = Extract<ConfigFile["broker"], { readonly kind: "topstepx" }>;

const supportOf = ({ brackets }: Venue): BracketSupport =>
  brackets === "native" ? "native" : "none";

const liveAccounts = (broker: Venue): readonly AccountRules[] =>
  broker.accounts.map(({ id, name, rules, group, ...firm }) => ({
    id: accountId(String(id)),
    name,
    rules,
    brackets: supportOf(broker),
    ...(group === undefined ? {} : { group }),
    ...(broker.sessions === "cme" ? {} : { sessions: broker.sessions }),
    probation: true,
    login: broker.kind, // its calls are counted together
    ...firmOf(firm),
  }));

/** The paper venue is one for all of them: what it can do, they can. */
const twinOn = (
  { paper }: ConfigFile,
  { login: _, firm, ...live }: AccountRules,
): AccountRules => ({
  ...live,
  // It begins now, whatever the live one did before.
  ...(firm !== undefined && { firm: { plan: firm.plan, buffer: firm.buffer } }),
  id: twinOf(live.id),
  name: `${live.name} on paper`,
  brackets: paper.brackets,
});

export function venueOf({ broker }: ConfigFile): TopstepxConfig | null {
  if (broker.kind === "paper") return null;
  const { accounts, copying: _, sessions: __, ...rest } = broker;
  const pinned = accounts.map(({ id, name }) => ({
    account: accountId(String(id)),
    number: id,
    name,
  }));
  return { ...rest, accounts: pinned };
}
