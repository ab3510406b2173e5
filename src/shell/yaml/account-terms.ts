/**
 * What an account trades by, once it, its group and its rule set have been asked in this order.
 *
 * An account that differs from its rule set follows one of its own, made from it: so a larger ratio or
 * another contract is a raised limit like any other (`live enable` asks again, and it begins on the
 * next trade date). Accounts with the same differences share one.
 *
 * ```text
 * rules default, ratio 0.5         "default at 0.5"
 * rules default, own sizing        "default for two"       from its group: "default of swing"
 * ```
 */
import { DEFAULT_RULE_SET } from "../../core/model/defaults.ts";
import type { Rules, Sizing } from "../../core/model/rules.ts";
import type { GroupsFile, TermsFile } from "./schema-accounts.ts";

/** An account of the file, on paper or at a venue. */
export interface TermsOfOne extends TermsFile {
  readonly id: string | number;
  readonly group?: string | undefined;
}

export interface Terms extends TermsFile {
  readonly rules: string;
  /** What it follows in the end; the same as `rules` where it differs in nothing. */
  readonly name: string;
}

export function termsOf(one: TermsOfOne, groups: GroupsFile): Terms {
  const { id, group } = one;
  const ofGroup = group === undefined ? undefined : groups[group];
  const rules = one.rules ?? ofGroup?.rules ?? DEFAULT_RULE_SET;
  // Who counts by himself takes no part of what others count.
  const ratio = one.ratio ?? (one.sizing === undefined ? ofGroup?.ratio : undefined);
  const isOwn = one.sizing !== undefined || one.tradeAs !== undefined;
  const isOfGroup = ofGroup?.sizing !== undefined || ofGroup?.tradeAs !== undefined;
  const base = isOwn ? `${rules} for ${id}` : isOfGroup ? `${rules} of ${group}` : rules;
  const part = ratio === undefined || ratio === WHOLE ? undefined : ratio;
  return {
    rules,
    name: part === undefined ? base : `${base} at ${part / WHOLE}`,
    ratio: part,
    sizing: one.sizing ?? ofGroup?.sizing,
    tradeAs: { ...ofGroup?.tradeAs, ...one.tradeAs },
    owner: one.owner ?? ofGroup?.owner,
    opposing: one.opposing ?? ofGroup?.opposing,
  };
}

const WHOLE = 1_000;

export function rulesBy({ sizing, ratio, tradeAs }: Terms, rules: Rules): Rules {
  const { ratio: _, ...usual } = sizing === undefined ? rules.sizing : sizingOf(sizing);
  return {
    ...rules,
    sizing: ratio === undefined ? usual : { ...usual, ratio },
    tradeAs: tradeAsOf({ ...rules.tradeAs, ...tradeAs }),
  };
}

/** A root that trades itself needs no row. */
export const tradeAsOf = (tradeAs: NonNullable<TermsFile["tradeAs"]>): Rules["tradeAs"] =>
  Object.fromEntries(
    Object.entries(tradeAs).filter(([from, to]) => to !== undefined && from !== to),
  );

export function sizingOf({ kind, ...letters }: NonNullable<TermsFile["sizing"]>): Sizing {
  const { A, B, C } = letters;
  return { kind, bySize: { A, B, C } } as Sizing; // both kinds have the same three letters
}
