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
import { type AccountId, accountId, twinOf } from "../../core/model/ids.ts";
import type { AccountRules, BracketSupport, Rules, Settings } from "../../core/model/rules.ts";
import { money } from "../../core/model/units.ts";
import { rulesBy, type TermsOfOne, termsOf } from "./account-terms.ts";
import type { ConfigFile } from "./schema.ts";

type Accounts = Pick<Config, "balances"> & { readonly accounts: readonly AccountRules[] };
type RuleSets = Settings["ruleSets"];

/** With the rule sets of the file, and those made for accounts that differ from theirs. */
export function accountsOf(
  file: ConfigFile,
  ruleSets: RuleSets,
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
  return { ...tradingIn(file), ruleSets: { ...ruleSets, ...Object.fromEntries(made) } };
}

function tradingIn(file: ConfigFile): Accounts {
  const { broker, mode } = file;
  if (mode === "paper" || broker.kind === "paper") return paperAccounts(file);
  const live = liveAccounts(broker, file);
  const balances = live.map(({ id }) => ({ account: id, balance: money(0) })); // the venue says it
  if (mode === "live") return { accounts: live, balances };
  const twins = live.map((one) => twinOn(file, one));
  const { balance } = DEFAULT_BALANCE;
  return {
    accounts: [...live, ...twins],
    balances: [...balances, ...twins.map(({ id }) => ({ account: id, balance }))],
  };
}

function paperAccounts({ accounts, paper, groups }: ConfigFile): Accounts {
  return {
    accounts: accounts.map((one) => ({
      ...ownOf(accountId(one.id), one, groups),
      brackets: paper.brackets, // what the venue can do, its accounts can
      ...(paper.sessions === "cme" ? {} : { sessions: paper.sessions }),
    })),
    balances: accounts.map(({ id, balance }) => ({ account: accountId(id), balance })),
  };
}

type Venue = Extract<ConfigFile["broker"], { readonly kind: "topstepx" }>;

const supportOf = ({ brackets }: Venue): BracketSupport =>
  brackets === "native" ? "native" : "none";

/** What it says for itself, or its group for it. */
function ownOf(
  id: AccountId,
  one: TermsOfOne & { readonly name: string },
  groups: ConfigFile["groups"],
): Omit<AccountRules, "brackets"> {
  const { name: rules, owner, opposing } = termsOf(one, groups);
  return {
    id,
    name: one.name,
    rules,
    ...(one.group !== undefined && { group: one.group }),
    ...(owner !== undefined && { owner }),
    ...(opposing === "allow" && { opposing }),
  };
}

const liveAccounts = (broker: Venue, { groups }: ConfigFile): readonly AccountRules[] =>
  broker.accounts.map((one) => ({
    ...ownOf(accountId(String(one.id)), one, groups),
    brackets: supportOf(broker),
    ...(broker.sessions === "cme" ? {} : { sessions: broker.sessions }),
    probation: true,
    login: broker.kind, // its calls are counted together
  }));

/** The paper venue is one for all of them: what it can do, they can. */
const twinOn = ({ paper }: ConfigFile, { login: _, ...live }: AccountRules): AccountRules => ({
  ...live,
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
