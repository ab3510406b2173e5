/**
 * What accounts, groups and rule sets of a file owe each other: names that exist, one way of counting
 * contracts, no size that the limits would always refuse, and nothing of a firm where there is none.
 */
import { DEFAULT_FLOOR_BUFFER } from "../../core/model/defaults.ts";
import type { Money } from "../../core/model/units.ts";
import { type TermsOfOne, termsOf } from "./account-terms.ts";
import { type Conflict, type RulesToCheck, sizesBeyondLimits } from "./checks.ts";
import type { GroupsFile, TermsFile } from "./schema-accounts.ts";
import type { BrokerFile } from "./schema-broker.ts";

export interface TermsToCheck {
  readonly accounts: readonly OneToCheck[];
  readonly broker: BrokerFile;
  readonly groups: GroupsFile;
  readonly rules: Readonly<Record<string, Pick<RulesToCheck, "sizing" | "limits">>>;
}

/** An account, and what it says of its firm. */
export interface OneToCheck extends TermsOfOne {
  readonly plan?: string | undefined;
  readonly floorBuffer: Money;
  readonly soFar?: unknown;
}

interface Placed {
  readonly path: Conflict["path"];
  readonly one: OneToCheck;
}

export function conflictsInTerms(file: TermsToCheck): readonly Conflict[] {
  const placed = placedIn(file);
  const blocks = [
    ...placed,
    ...Object.entries(file.groups).map(([name, one]) => ({ path: ["groups", name], one })),
  ];
  return [
    ...blocks.flatMap(({ path, one }) => unknownRules(path, one, file)),
    ...blocks.flatMap(({ path, one }) => twoWays(path, one)),
    ...unusedGroups(file, placed),
    ...placed.flatMap((one) => sizesTooLarge(one, file)),
    ...placed.flatMap(ofNoPlan),
  ];
}

function placedIn({ accounts, broker }: TermsToCheck): readonly Placed[] {
  const paper = accounts.map((one, index): Placed => ({ path: ["accounts", index], one }));
  if (broker.kind === "paper") return paper;
  const live = broker.accounts.map(
    (one, index): Placed => ({ path: ["broker", "accounts", index], one }),
  );
  return [...paper, ...live];
}

function unknownRules(
  path: Conflict["path"],
  { rules: name }: TermsFile,
  { rules }: TermsToCheck,
): readonly Conflict[] {
  if (name === undefined || Object.hasOwn(rules, name)) return [];
  const message = `there is no rule set "${name}", only ${Object.keys(rules).join(", ")}`;
  return [{ path: [...path, "rules"], message }];
}

function twoWays(path: Conflict["path"], { ratio, sizing }: TermsFile): readonly Conflict[] {
  if (ratio === undefined || sizing === undefined) return [];
  const message = "a ratio is of what others count; with sizing of its own it has nothing to be of";
  return [{ path: [...path, "ratio"], message }];
}

/** Most likely a slip in the name. */
function unusedGroups({ groups }: TermsToCheck, placed: readonly Placed[]): readonly Conflict[] {
  const used = new Set(placed.map(({ one }) => one.group));
  return Object.keys(groups).flatMap((name) =>
    used.has(name) ? [] : [{ path: ["groups", name], message: "no account is of this group" }],
  );
}

/** The rule set's own sizes are checked there. */
function sizesTooLarge({ path, one }: Placed, { groups, rules }: TermsToCheck) {
  const terms = termsOf(one, groups);
  const base = rules[terms.rules];
  if (base === undefined || terms.name === terms.rules) return [];
  const { sizing = base.sizing, ratio } = terms;
  const [first] = sizesBeyondLimits({ sizing, limits: base.limits }, ratio);
  const key = one.ratio === undefined ? "sizing" : "ratio";
  const place = one.ratio === undefined && one.sizing === undefined ? "group" : key;
  return first === undefined ? [] : [{ path: [...path, place], message: first.message }];
}

/** Whoever writes it believes that a floor is kept. */
function ofNoPlan({ path, one }: Placed): readonly Conflict[] {
  const { plan, floorBuffer, soFar } = one;
  if (plan !== undefined) return [];
  const conflict = (key: "floorBuffer" | "soFar", what: string): Conflict => ({
    path: [...path, key],
    message: `without a plan ${what}; name the plan of its firm`,
  });
  return [
    ...(floorBuffer === DEFAULT_FLOOR_BUFFER ? [] : [conflict("floorBuffer", "there is no floor")]),
    ...(soFar === undefined ? [] : [conflict("soFar", "nothing is asked of what was before")]),
  ];
}
