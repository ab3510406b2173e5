/**
 * What became of an alert on every account, one line each, with the codes a program can rely on.
 *
 * ```text
 * one    taken    #1: 1 contract, cut-ratio (3 to 1)
 * two    refused  opposing-account: close that one first; ...
 * three  refused  switched-off: `tradestream accounts on NAME`
 * four   unasked  the alert's channel is not for it
 * ```
 *
 * Folded from the facts of the alert alone; of an alert that waited, the last word counts.
 */

import type { Cut } from "../model/cut.ts";
import type { Fact } from "../model/fact.ts";
import type { AccountId } from "../model/ids.ts";
import type { Plan } from "../model/plan.ts";
import type { Refusal } from "../model/refusal.ts";
import { type CutCode, cutCode, REFUSALS, type RefusalCode } from "../notify/reasons.ts";
import { renderTable } from "./table.ts";

export interface VerdictView {
  readonly alert: string;
  readonly account: AccountId;
  readonly name: string;
  readonly verdict: "taken" | "shadowed" | "waits" | "refused" | "unasked";
  /** Of what refused it; null = nothing did. */
  readonly code: RefusalCode | null;
  /** The refusal with all its numbers, as it is in the journal. */
  readonly refusal: Refusal | null;
  readonly trade: number | null;
  readonly contracts: number | null;
  readonly cuts: readonly CutView[];
}

export interface CutView {
  readonly code: CutCode;
  readonly from: number;
  readonly to: number;
}

/** An account as it was called when the alert was read. */
export interface Asked {
  readonly id: AccountId;
  readonly name: string;
}

type Verdict = Omit<VerdictView, "alert" | "account" | "name">;

const NOTHING: Verdict = {
  ...{ verdict: "unasked", code: null, refusal: null, trade: null, contracts: null, cuts: [] },
};

/** `asked` = every account there was. Facts of one alert, in the order of the journal. */
export function verdictsOf(
  alert: string,
  facts: readonly Fact[],
  asked: readonly Asked[],
): readonly VerdictView[] {
  const found = new Map<AccountId, Verdict>();
  let ofAll = NOTHING;
  for (const fact of facts) {
    if (fact.kind === "AlertRefused") ofAll = refusedBy(fact.refusal);
    const verdict = verdictIn(fact);
    if (verdict !== null && "account" in fact && fact.account !== null)
      found.set(fact.account, verdict);
  }
  return asked.map(({ id, name }) => ({ alert, account: id, name, ...(found.get(id) ?? ofAll) }));
}

const refusedBy = (refusal: Refusal): Verdict => ({
  ...NOTHING,
  verdict: "refused",
  code: refusal.kind,
  refusal,
});

function verdictIn(fact: Fact): Verdict | null {
  switch (fact.kind) {
    case "TradeRefused":
      return refusedBy(fact.refusal);
    case "TradePlanned":
      return { ...planned(fact.plan), verdict: "taken", trade: fact.number };
    case "AlertShadowed":
      return { ...planned(fact.plan), verdict: "shadowed" };
    case "AlertHeld":
    case "ReentryPostponed":
      return { ...NOTHING, verdict: "waits" };
    default:
      return null;
  }
}

function planned({ tranches, cuts = [] }: Plan): Verdict {
  const contracts = tranches.reduce((sum, one) => sum + one.quantity, 0);
  return { ...NOTHING, contracts, cuts: cuts.map(cutView) };
}

const cutView = (cut: Cut): CutView => ({ code: cutCode(cut), from: cut.from, to: cut.to });

export function renderVerdicts(views: readonly VerdictView[], columns = 100): readonly string[] {
  const rows = views.map((view) => [view.name, view.verdict, textOf(view)]);
  return renderTable(
    [
      { title: "", align: "left" },
      { title: "", align: "left" },
      { title: "", align: "left", wraps: true },
    ],
    rows,
    columns,
  ).slice(1);
}

function textOf({ verdict, code, trade, contracts, cuts }: VerdictView): string {
  if (code !== null) return `${code}: ${REFUSALS[code].help}`;
  if (contracts === null)
    return verdict === "waits" ? "nothing is decided yet" : "the alert's channel is not for it";
  const number = trade === null ? "" : `#${trade}: `;
  const parts = cuts.map(({ code: cut, from, to }) => `, ${cut} (${from} to ${to})`);
  return `${number}${contracts} contract${contracts === 1 ? "" : "s"}${parts.join("")}`;
}
