/**
 * `tradestream live enable ACCOUNT`: a person allows one account to trade live, once.
 *
 * ```text
 * limits and rules shown ─► rehearsed? ─► the venue looked at ─► the name typed ─► journaled
 * ```
 *
 * Restarts need no typing. Another account, another name, a raised limit, another plan of a firm or
 * one that asks less does it again.
 */
import { allowedOf, enableLive } from "../../core/decide/live.ts";
import type { Config } from "../../core/model/config.ts";
import type { FirmAllowed } from "../../core/model/firm-state.ts";
import { isTwin } from "../../core/model/ids.ts";
import type { AccountRules, Rules } from "../../core/model/rules.ts";
import { money } from "../../core/model/units.ts";
import { ratioText, showDuration, showMoney } from "../../core/model/wording.ts";
import { amountText } from "../../core/risk/raised-limits.ts";
import type { ExitCode, GlobalOptions, Handlers } from "../../ports/console.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { openJournalIn } from "../books.ts";
import { type Context, leave, type Stopped, stopped } from "../context.ts";
import { problemLines } from "../live-start.ts";
import { openVenue, SILENT_LOG } from "../open-venue.ts";
import { pushCheck } from "../push-proof.ts";
import { rehearsalFault } from "../rehearsals.ts";
import { chooseConfig, directoryFor, faultLines, NO_CONFIG } from "../setup.ts";
import { tell } from "./doctor.ts";

export const liveEnable =
  (context: Context): Handlers["liveEnable"] =>
  async (options) => {
    const chosen = await accountNamed(context, options);
    if (!chosen.ok) return leave(context, chosen.error);
    const { config, account } = chosen.value;
    const directory = directoryFor(context, options, config);
    for (const line of limitLines(config, account)) context.screen.print(line);
    const fault = await problemsOf(context, { config, directory });
    if (fault !== null) return leave(context, fault);
    const typed = await context.screen.ask(`Type the account's name to trade it live`);
    if (typed === null) {
      return leave(context, stopped(2, "not enabled: somebody has to type its name on a terminal"));
    }
    if (typed.trim() !== account.name) {
      return leave(context, stopped(2, `not enabled: ${account.name} is its name`));
    }
    return write(context, config, { directory, account });
  };

interface Chosen {
  readonly config: Config;
  readonly account: AccountRules;
}

async function accountNamed(
  context: Context,
  options: GlobalOptions & { readonly account: string },
): Promise<Result<Chosen, Stopped>> {
  const choice = await chooseConfig(context, options);
  if (choice.kind === "broken") return err(stopped(2, ...faultLines(choice.fault)));
  if (choice.kind === "absent") return err(stopped(2, NO_CONFIG));
  const { config } = choice;
  if (config.mode === "paper") {
    return err(stopped(2, "the mode is paper; write mode: live and a broker, then say this again"));
  }
  const ours = config.settings.accounts.filter(({ id }) => !isTwin(id));
  const account = ours.find(({ name, id }) => name === options.account || id === options.account);
  if (account !== undefined) return ok({ config, account });
  const names = ours.map(({ name }) => name).join(", ");
  return err(stopped(2, `broker.accounts has no ${options.account}, only ${names}`));
}

function limitLines({ settings }: Config, account: AccountRules): readonly string[] {
  const { name, id, rules: named } = account;
  const rules = settings.ruleSets[named];
  const firm = allowedOf(settings, account);
  return [
    `${name} (number ${id}), by the rules ${named}`,
    ...(rules ? ruleLines(rules) : []),
    ...(firm === null ? [] : firmLines(firm)),
  ];
}

const firmLines = ({ plan, buffer }: FirmAllowed): readonly string[] => [
  `  by the plan ${plan.id}, verified ${plan.verified}: loss at most ${showMoney(plan.floor.lossMax)} (${plan.floor.kind})`,
  `  everything is closed ${showMoney(buffer)} above its floor; tradestream rules show ${plan.id} has the rest`,
];

function ruleLines({ limits, sizing, exits }: Rules): readonly string[] {
  const { A, B, C } = sizing.bySize;
  const show = (size: number): string =>
    sizing.kind === "risk" ? showMoney(money(size)) : `${size}`;
  const unit = sizing.kind === "risk" ? "at risk" : "contracts";
  const part = sizing.ratio === undefined ? "" : `, of that ${ratioText(sizing.ratio)}`;
  return [
    `  loss per trade at most ${amountText(limits.lossPerTrade)}, ${limits.tradesPerDay} trades a day`,
    `  sizes A ${show(A)}, B ${show(B)}, C ${show(C)} ${unit}${part}; ${limits.positionSize} contracts held at most`,
    `  alerts up to ${showDuration(limits.ageMax)} old; ${exits.targets.length} targets, breakeven after ${exits.breakevenAfter}`,
    "  on its first 5 live trade dates: 1 contract",
  ];
}

async function problemsOf(
  context: Context,
  { config, directory }: { readonly config: Config; readonly directory: string },
): Promise<Stopped | null> {
  const { broker } = config;
  if (broker === undefined) return stopped(2, "there is no venue; name one under broker");
  const opened = await openVenue(context, { config, broker, log: SILENT_LOG });
  if (!opened.ok) return opened.error;
  try {
    const { checks } = await opened.value.desk.look();
    // It keeps entries away, and not the account: that is seen to at any time.
    const push = await pushCheck(context, config, directory);
    tell(context, { json: false }, [...checks, push]);
    const rehearsal = await rehearsalFault(directory, context.clock.now(), broker.brackets);
    const problems = [...problemLines(checks), ...(rehearsal === null ? [] : [rehearsal])];
    return problems.length === 0
      ? null
      : stopped(2, ...problems.map((one) => `not enabled: ${one}`));
  } finally {
    opened.value.close();
  }
}

/** A running process does not change from paper to live: the directory has to be free. */
async function write(
  context: Context,
  { settings }: Config,
  { directory, account }: { readonly directory: string; readonly account: AccountRules },
): Promise<ExitCode> {
  const at = context.clock.now();
  const fact = enableLive(at, settings, account);
  if (fact === null) return leave(context, stopped(2, `there is no rule set ${account.rules}`));
  const opened = await openJournalIn(context, directory, at);
  if (!opened.ok) return leave(context, opened.error);
  try {
    const written = opened.value.journal.append([fact]);
    if (!written.ok) return leave(context, stopped(1, written.error.detail));
    context.screen.print(`${account.name} may trade live from the next start on`);
    return 0;
  } finally {
    opened.value.close();
  }
}
