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
import { DEFAULT_ACCOUNT, DEFAULT_BALANCE } from "../../core/model/defaults.ts";
import type { FirmPlan, FirmPlans } from "../../core/model/firm-plan.ts";
import { type AccountId, accountId, twinOf } from "../../core/model/ids.ts";
import type { AccountRules, BracketSupport, Rules, Settings } from "../../core/model/rules.ts";
import { type Money, money } from "../../core/model/units.ts";
import { rulesBy, type TermsOfOne, termsOf } from "./account-terms.ts";
import { type FirmFile, firmOf } from "./firm-of.ts";
import type { ConfigFile } from "./schema.ts";

type Accounts = Pick<Config, "balances"> & { readonly accounts: readonly AccountRules[] };
type RuleSets = Settings["ruleSets"];

/** With the rule sets of the file, and those made for accounts that differ from theirs. */
export function accountsOf(
  file: ConfigFile,
  ruleSets: RuleSets,
  plans: FirmPlans = {},
): Accounts & { readonly ruleSets: RuleSets } {
  const { broker, mode, groups } = file;
  const isPaper = mode === "paper" || broker.kind === "paper";
  const made = new Map<string, Rules>();
  for (const one of isPaper ? file.accounts : broker.accounts) {
    const terms = termsOf(one, groups);
    const base = ruleSets[terms.rules];
    if (base !== undefined && terms.name !== terms.rules)
      made.set(terms.name, rulesBy(terms, base));
  }
  return { ...tradingIn(file, plans), ruleSets: { ...ruleSets, ...Object.fromEntries(made) } };
}

function tradingIn(file: ConfigFile, plans: FirmPlans): Accounts {
  const { broker, mode } = file;
  if (mode === "paper" || broker.kind === "paper") return paperAccounts(file, plans);
  const live = liveAccounts(broker, file, plans);
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

function paperAccounts({ accounts, paper, groups }: ConfigFile, plans: FirmPlans): Accounts {
  return {
    accounts: accounts.map((one) => ({
      ...ownOf(accountId(one.id), { ...one, name: one.name ?? usualName(one.id) }, groups, plans),
      brackets: paper.brackets, // what the venue can do, its accounts can
      ...(paper.sessions === "cme" ? {} : { sessions: paper.sessions }),
    })),
    balances: accounts.map(({ id, balance, plan }) => ({
      account: accountId(id),
      balance: balance ?? opening(plans, plan),
    })),
  };
}

/** The account of a file that names none has a name of its own. */
const usualName = (id: string): string => (id === DEFAULT_ACCOUNT.id ? DEFAULT_ACCOUNT.name : id);

type Venue = Extract<ConfigFile["broker"], { readonly kind: "topstepx" }>;

const supportOf = ({ brackets }: Venue): BracketSupport =>
  brackets === "native" ? "native" : "none";

/** What it says for itself, or its group for it, and what its firm asks. */
function ownOf(
  id: AccountId,
  one: TermsOfOne & FirmFile & { readonly name: string },
  groups: ConfigFile["groups"],
  plans: FirmPlans,
): Omit<AccountRules, "brackets"> {
  const { name: rules, owner, opposing } = termsOf(one, groups);
  return {
    id,
    name: one.name,
    rules,
    ...(one.group !== undefined && { group: one.group }),
    ...(owner !== undefined && { owner }),
    ...(opposing === "allow" && { opposing }),
    ...firmOf(one),
    ...unhedgedBy(one.plan === undefined ? undefined : plans[one.plan]),
  };
}

/** Whatever the owner allows: a firm that forbids it forbids it to all of his accounts there. */
const unhedgedBy = (plan: FirmPlan | undefined): Pick<AccountRules, "unhedged"> =>
  plan?.hedging.kind === "forbidden" && plan.hedging.within === "own-accounts"
    ? { unhedged: plan.firm }
    : {};

const liveAccounts = (
  broker: Venue,
  { groups }: ConfigFile,
  plans: FirmPlans,
): readonly AccountRules[] =>
  broker.accounts.map((one) => ({
    ...ownOf(accountId(String(one.id)), one, groups, plans),
    brackets: supportOf(broker),
    ...(broker.sessions === "cme" ? {} : { sessions: broker.sessions }),
    probation: true,
    login: broker.kind, // its calls are counted together
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
