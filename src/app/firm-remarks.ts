/**
 * What has to be said of the plans that accounts follow, before anything trades by them: figures that
 * are old, reports whose dates nobody has listed, and firms that let no program trade.
 *
 * Old figures may still hold, so they are a remark. A firm that forbids programs is a remark on paper
 * and a refusal to start live.
 */
import type { Config } from "../core/model/config.ts";
import { DEFAULT_RULE_PACKS } from "../core/model/defaults.ts";
import type { FirmPlan } from "../core/model/firm-plan.ts";
import { isTwin } from "../core/model/ids.ts";
import type { News } from "../core/model/news.ts";
import type { AccountRules } from "../core/model/rules.ts";
import type { TradeDate } from "../core/model/trade-date.ts";
import { type AutomationFault, refuseLive } from "../core/risk/automation.ts";
import { newsOf } from "../core/risk/hours.ts";
import { ageInDays, isOld } from "../core/risk/rules-age.ts";

interface Followed {
  readonly account: AccountRules;
  readonly plan: FirmPlan;
}

const followedIn = ({ settings }: Config): readonly Followed[] =>
  settings.accounts.flatMap((account) => {
    const plan = account.firm === undefined ? undefined : settings.plans?.[account.firm.plan];
    return plan === undefined ? [] : [{ account, plan }];
  });

export function firmRemarks(config: Config, today: TradeDate): readonly string[] {
  const followed = followedIn(config);
  const plans = [...new Set(followed.map(({ plan }) => plan))];
  const { daysMax } = config.rulePacks ?? DEFAULT_RULE_PACKS;
  return [
    ...plans
      .filter((plan) => isOld(plan, today, daysMax))
      .map(
        (plan) =>
          `${plan.id}: figures of ${plan.verified}, ${ageInDays(plan, today)} days old; compare them with their source`,
      ),
    ...plans.flatMap((plan) => undated(plan, newsOf(config.settings))),
    ...(config.mode === "paper" ? plans.flatMap(forbiddenOnPaper) : []),
  ];
}

/** Around what is not in the list nobody can keep away. */
function undated({ id, news: rules }: FirmPlan, news: News): readonly string[] {
  const listed = new Set(news.map(({ event }) => event));
  if (listed.has(undefined)) return [];
  const events = new Set((rules ?? []).flatMap((rule) => rule.events));
  return [...events]
    .filter((event) => event !== "major" && !listed.has(event))
    .map((event) => `${id}: it asks something around ${event}, and no date of that is listed`);
}

const forbiddenOnPaper = ({ id, automation }: FirmPlan): readonly string[] =>
  automation.kind === "forbidden"
    ? [`${id}: its firm lets no program trade such an account; here it is on paper`]
    : [];

/**
 * Why live trading may not begin. That the machine is one's own is said at every live start, and by
 * whoever enables the account.
 */
export const automationProblems = (config: Config): readonly string[] =>
  followedIn(config)
    .filter(({ account }) => !isTwin(account.id))
    .flatMap(({ account, plan }) => {
      const fault = refuseLive(plan, { ownDevice: true });
      return fault === null ? [] : [`live: ${account.name} follows ${textOf(fault)}`];
    });

function textOf(fault: Pick<AutomationFault, "kind" | "plan">): string {
  return fault.kind === "no-venue"
    ? `${fault.plan}, whose accounts are not at this venue; name the plan it really has`
    : `${fault.plan}, and its firm lets no program trade such an account; trade it by hand, or name another account`;
}
