/**
 * `tradestream rules list`, `rules show` and `rules check`: what firms ask, and how well it is known.
 *
 * ```text
 * packs of the program ─┬─► list, show     a pack of the same name in a directory of one's own
 * packs of one's own  ──┘                  takes the place of ours
 * any file, any directory ─► check         exit 2 with file, line, key and reason
 * ```
 *
 * Old figures are a remark and no failure: they may still hold.
 */

import type { Config } from "../../core/model/config.ts";
import { DEFAULT_RULE_PACKS } from "../../core/model/defaults.ts";
import type { FirmPlan, FirmPlans } from "../../core/model/firm-plan.ts";
import { type TradeDate, tradeDateOf } from "../../core/model/trade-date.ts";
import { calendarOf } from "../../core/risk/hours.ts";
import { ageInDays, isOld } from "../../core/risk/rules-age.ts";
import { planLines, planTable } from "../../core/views/firm-plan.ts";
import { planJson } from "../../core/views/firm-plan-json.ts";
import type { Handlers, RulesOptions } from "../../ports/console.ts";
import { ownOf } from "../../std/own.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { type Context, leave, type Stopped, stopped } from "../context.ts";
import { fromHere } from "../places.ts";
import { faultLines, soundConfig } from "../setup.ts";
import { wire } from "../wire.ts";

export const rulesList =
  (context: Context): Handlers["rulesList"] =>
  async (options) => {
    const found = await plansFor(context, options);
    if (!found.ok) return leave(context, found.error);
    const { screen } = context;
    const plans = Object.values(found.value.plans);
    if (options.json) for (const plan of plans) screen.printJson(planJson(plan));
    else for (const line of planTable(plans, screen.columns())) screen.print(line);
    tellOld(context, plans, found.value);
    return 0;
  };

export const rulesShow =
  (context: Context): Handlers["rulesShow"] =>
  async (options) => {
    const found = await plansFor(context, options);
    if (!found.ok) return leave(context, found.error);
    const { plans } = found.value;
    const plan = ownOf(plans, options.plan);
    if (plan === undefined) return leave(context, stopped(2, unknownPlan(plans, options.plan)));
    if (options.json) context.screen.printJson(planJson(plan));
    else for (const line of linesOf(plan)) context.screen.print(line);
    tellOld(context, [plan], found.value);
    return 0;
  };

export const rulesCheck =
  (context: Context): Handlers["rulesCheck"] =>
  async (options) => {
    const { screen, here } = context;
    const { readRuleDirectory, readRulePack } = await wire.rulePacks();
    const { isFile } = await wire.dataDirectory();
    const aged = await agedBy(context, options);
    if (!aged.ok) return leave(context, aged.error);
    const path = fromHere(here, options.path);
    const { today, calendarUntil } = aged.value;
    const dates = { today, calendarUntil };
    const one = isFile(path) ? readRulePack(path, dates) : null;
    const read = one === null ? readRuleDirectory(path, dates) : one.ok ? ok([one.value]) : one;
    if (!read.ok) {
      const { problems, omitted } = read.error;
      if (options.json) screen.printJson({ ok: false, file: options.path, problems, omitted });
      return leave(context, stopped(2, ...(options.json ? [] : faultLines(read.error))));
    }
    for (const { name, plans } of read.value) {
      if (options.json)
        screen.printJson({ ok: true, pack: name, plans: plans.map(({ id }) => id) });
      else screen.print(`${name} is sound: ${countOf(plans.length)}`);
    }
    const plans = read.value.flatMap((pack) => pack.plans);
    tellOld(context, plans, aged.value);
    return 0;
  };

const countOf = (plans: number): string => (plans === 1 ? "1 plan" : `${plans} plans`);

/** From which age on figures are old, seen from which day. */
interface Aged {
  readonly today: TradeDate;
  readonly daysMax: number;
  /** The last day whose holidays are known. */
  readonly calendarUntil: TradeDate;
}

interface Found extends Aged {
  readonly plans: FirmPlans;
}

async function agedBy(
  context: Context,
  options: Omit<RulesOptions, "packs">,
): Promise<Result<Aged & { readonly config: Config }, Stopped>> {
  const chosen = await soundConfig(context, options);
  if (!chosen.ok) return chosen;
  const { daysMax } = chosen.value.rulePacks ?? DEFAULT_RULE_PACKS;
  const today = tradeDateOf(context.clock.now());
  const calendarUntil = calendarOf(chosen.value.settings).validUntil;
  return ok({ today, daysMax: options.daysMax ?? daysMax, calendarUntil, config: chosen.value });
}

async function plansFor(context: Context, options: RulesOptions): Promise<Result<Found, Stopped>> {
  const aged = await agedBy(context, options);
  if (!aged.ok) return aged;
  const { today, daysMax, calendarUntil, config } = aged.value;
  const named = options.packs ?? (config.rulePacks ?? DEFAULT_RULE_PACKS).directory;
  const directory = named === null ? null : fromHere(context.here, named);
  const { readRulePacks } = await wire.rulePacks();
  const plans = readRulePacks(directory, { today, calendarUntil });
  if (!plans.ok) return err(stopped(2, ...faultLines(plans.error)));
  return ok({ plans: plans.value, today, daysMax, calendarUntil });
}

const TOPIC_WIDTH = 12;

/** A topic is named once, before the first of its lines. */
const linesOf = (plan: FirmPlan): readonly string[] =>
  planLines(plan).map(([topic, text], index, all) => {
    const name = all[index - 1]?.[0] === topic ? "" : topic;
    return `${name.padEnd(TOPIC_WIDTH)}  ${text}`;
  });

function unknownPlan(plans: FirmPlans, wanted: string): string {
  const ids = Object.keys(plans);
  const ofFirm = ids.filter((id) => firmIn(id) === firmIn(wanted));
  const known = ofFirm.length > 0 ? ofFirm : [...new Set(ids.map(firmIn))];
  return `there is no plan "${wanted}"; known: ${known.join(", ")}`;
}

const firmIn = (id: string): string => id.split("/", 1).join();

/** One remark for all plans of a firm that were verified on one day. */
function tellOld({ screen }: Context, plans: readonly FirmPlan[], { today, daysMax }: Aged): void {
  const old = new Map<string, FirmPlan[]>();
  for (const plan of plans) {
    if (!isOld(plan, today, daysMax)) continue;
    const key = `${firmIn(plan.id)} ${plan.verified}`;
    old.set(key, [...(old.get(key) ?? []), plan]);
  }
  for (const [first, ...others] of old.values()) {
    if (first === undefined) continue;
    const whose =
      others.length === 0 ? first.id : `${firmIn(first.id)}, ${others.length + 1} plans`;
    const age = ageInDays(first, today);
    screen.remark(
      `${whose}: figures of ${first.verified}, ${age} days old; compare them with their source`,
    );
  }
}
