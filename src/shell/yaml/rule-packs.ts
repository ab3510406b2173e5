/**
 * Rule packs: the files FIRM.yaml of one directory, each with the plans of one firm.
 *
 * ```text
 * rules/topstep.yaml ──► schema ──► every + plan ──► figures that can be ──► FirmPlan "topstep/..."
 *                         \ key and line  \ what is missing  \ what contradicts
 * ```
 *
 * A directory is sound or nothing of it is taken. A user's own directory is read beside the packs
 * that come with the program: a file of the same name takes the place of ours, whole.
 */
import { fileURLToPath } from "node:url";
import type { FirmPlan, FirmPlans } from "../../core/model/firm-plan.ts";
import type { TradeDate } from "../../core/model/trade-date.ts";
import type { ConfigFault } from "../../ports/config-source.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { bundled } from "./bundled.ts";
import type { YamlDocument } from "./document.ts";
import { isPackName, packNameOf, readPacksIn } from "./pack-directory.ts";
import { planOf } from "./plan-of.ts";
import { type Finding, faultOf } from "./problems.ts";
import { type Checked, readAs } from "./read-as.ts";
import { FIRM_FILE, type FirmFile, type PlanFile, WHOLE_PLAN } from "./schema-plan.ts";
import { readText } from "./text-file.ts";

/** The plans of one firm. */
export interface RulePack {
  readonly name: string;
  readonly plans: readonly FirmPlan[];
}

/** What a pack's dates are compared with. */
export interface DatesKnown {
  readonly today: TradeDate;
  /** The last date up to which the exchange's calendar is complete. */
  readonly calendarUntil: TradeDate;
}

const KILOBYTES_MAX = 128;

/** Where the packs lie that come with the program. */
export const bundledRules = (): string =>
  fileURLToPath(bundled(["./config/rules/", "../../../config/rules/"]));

/** Those of the program, and those of `directory` added or in their place. */
export function readRulePacks(
  directory: string | null,
  dates: DatesKnown,
): Result<FirmPlans, ConfigFault> {
  const ours = readRuleDirectory(bundledRules(), dates);
  if (!ours.ok || directory === null) return ours.ok ? ok(plansIn(ours.value)) : ours;
  const theirs = readRuleDirectory(directory, dates);
  if (!theirs.ok) return theirs;
  const replaced = new Set(theirs.value.map(({ name }) => name));
  return ok(plansIn([...ours.value.filter(({ name }) => !replaced.has(name)), ...theirs.value]));
}

export const readRuleDirectory = (
  directory: string,
  dates: DatesKnown,
): Result<readonly RulePack[], ConfigFault> =>
  readPacksIn(directory, "rule packs", (file) => readRulePack(file, dates));

export function readRulePack(file: string, dates: DatesKnown): Result<RulePack, ConfigFault> {
  const text = readText(file, KILOBYTES_MAX);
  return text.ok ? readRules(text.value, file, dates) : text;
}

export function readRules(
  text: string,
  file: string,
  dates: DatesKnown,
): Result<RulePack, ConfigFault> {
  const name = packNameOf(file);
  if (!isPackName(name)) {
    const reason =
      "a pack is named by small letters, digits and hyphens, a letter first: topstep.yaml";
    return err(faultOf("invalid", file, [{ place: null, path: [], reason }]));
  }
  const checked = readAs(FIRM_FILE, text, file);
  if (!checked.ok) return checked;
  const { plans, findings } = wholePlans(checked.value, name, dates);
  return findings.length > 0 ? err(faultOf("invalid", file, findings)) : ok({ name, plans });
}

/** By firm, and in each in the order of its file. */
const plansIn = (packs: readonly RulePack[]): FirmPlans =>
  Object.fromEntries(
    packs
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(({ plans }) => plans.map((plan) => [plan.id, plan])),
  );

interface WholePlans {
  readonly plans: readonly FirmPlan[];
  readonly findings: readonly Finding[];
}

/** `every` gives each plan the keys it does not write itself, and then a plan is checked as one. */
function wholePlans(checked: Checked<FirmFile>, name: string, dates: DatesKnown): WholePlans {
  const { value, document } = checked;
  // The schema has read it already: a block of plans, each a block of keys.
  const data = document.data as WrittenFile;
  const plans: FirmPlan[] = [];
  const findings = new Map<string, Finding>();
  for (const [plan, own] of Object.entries(data.plans)) {
    const report = (path: readonly PropertyKey[], reason: string): void => {
      const finding = placed({ data, document }, plan, path, reason);
      // What is written once and wrong in many plans, under `every` or by an alias, is told once.
      const place = JSON.stringify([finding.place, path, reason]);
      if (!findings.has(place)) findings.set(place, finding);
    };
    const whole = WHOLE_PLAN.safeParse({ ...data.every, ...own });
    for (const issue of whole.error?.issues ?? []) {
      const isMissing = issue.code !== "custom";
      report(issue.path, isMissing ? 'is needed here, or under "every"' : issue.message);
    }
    if (!whole.success) continue;
    for (const { path, reason } of datesAgainst(whole.data, dates)) report(path, reason);
    const venue = value.venue === "none" ? null : value.venue;
    plans.push(planOf(whole.data, { id: `${name}/${plan}`, firm: value.firm, venue }));
  }
  return { plans, findings: [...findings.values()] };
}

interface WrittenFile {
  readonly every?: Readonly<Record<string, unknown>>;
  readonly plans: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Whoever wrote the key reads of it: the plan, or `every`. */
function placed(
  { data, document }: { readonly data: WrittenFile; readonly document: YamlDocument },
  plan: string,
  path: readonly PropertyKey[],
  reason: string,
): Finding {
  const inPlan = ["plans", plan, ...path];
  const inEvery = ["every", ...path];
  const [own = {}, every = {}] = [data.plans[plan], data.every];
  const [key = ""] = path;
  const full = !Object.hasOwn(own, key) && Object.hasOwn(every, key) ? inEvery : inPlan;
  return { place: document.placeOf(full), path: full, reason };
}

/** Dates that cannot be, seen from today. */
function datesAgainst(
  { verified, hours: { calendarUntil: end } }: PlanFile,
  { today, calendarUntil }: DatesKnown,
): readonly Pick<Finding, "path" | "reason">[] {
  const path = ["hours", "calendarUntil"];
  const over = `the calendar of early closes ended on ${end}; compare it again, then put a later date`;
  const beyond = `the exchange's holidays are known here until ${calendarUntil} only`;
  return [
    ...(verified > today ? [{ path: ["verified"], reason: `${verified} is still to come` }] : []),
    ...(end < today ? [{ path, reason: over }] : []),
    ...(end > calendarUntil ? [{ path, reason: beyond }] : []),
  ];
}
