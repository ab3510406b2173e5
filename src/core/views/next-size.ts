/**
 * What the next alert of each size would buy on an account, as far as that is known before there is one.
 *
 * ```text
 * 1 ES by the letter ─► ratio ─► half size, probation ─► the firm's cap ─► 1 ES
 *                         └── not one fits: ─► 10 MES ─► the same again ─► 4 MES
 * ```
 *
 * What then fits into the dollars of the day depends on the alert's stop, so it may still be less.
 */
import { err, ok, type Result } from "../../std/result.ts";
import type { SizeLetter } from "../model/alert.ts";
import { CME_CALENDAR } from "../model/cme-calendar.ts";
import type { Cut } from "../model/cut.ts";
import type { Instrument, Root } from "../model/instrument.ts";
import { instrumentOf, microOf } from "../model/instruments.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Rules } from "../model/rules.ts";
import { tradeDateOf } from "../model/trade-date.ts";
import { type Contracts, contracts, type Millis, money, toDollars } from "../model/units.ts";
import { showMoney } from "../model/wording.ts";
import { explainRefusal, withoutAdvice } from "../notify/explain.ts";
import { explainCut } from "../notify/explain-cut.ts";
import type { AccountView } from "../risk/account-limits.ts";
import { cutsBefore } from "../risk/day-limits.ts";
import { capFirm, readPlan } from "../risk/firm-gate.ts";
import { countCut, mayFitInMicro } from "../risk/shrink.ts";
import { partOf, WHOLE } from "../risk/size.ts";
import type { RiskAccount } from "./risk.ts";

export type NextView =
  | {
      readonly contracts: number;
      readonly instrument: Root;
      /** The mini of which not one fits; left out: it is what the alert would be traded in anyway. */
      readonly instead?: Root;
      readonly cuts: readonly string[];
    }
  /** What it may lose decides how many. */
  | { readonly riskUsd: number };

export type NextSizes = Readonly<Record<SizeLetter, NextView>>;

export interface NextSource {
  readonly at: Millis;
  readonly one: RiskAccount;
  readonly rules: Rules;
  /** The account as an alert would find it. */
  readonly judged: AccountView;
}

export function nextSizes(source: NextSource): NextSizes {
  const sized = (letter: SizeLetter): NextView => nextSize(source, letter);
  return { A: sized("A"), B: sized("B"), C: sized("C") };
}

function nextSize(source: NextSource, letter: SizeLetter): NextView {
  const { sizing, tradeAs } = source.rules;
  const { ratio = WHOLE } = sizing;
  if (sizing.kind === "risk")
    return { riskUsd: toDollars(money(Math.floor((sizing.bySize[letter] * ratio) / WHOLE))) };
  const instrument = instrumentOf(tradeAs.ES ?? "ES");
  const whole = contracts(sizing.bySize[letter]);
  const mini = inPart({ instrument, quantity: whole, cuts: [] }, source);
  const bought = mini.ok ? capped(mini.value, source) : mini;
  if (bought.ok) return shown(bought.value);
  const begun = mini.ok ? mini.value : null;
  const micro = inMicro({ instrument, whole, begun, refusal: bought.error }, source);
  const { root } = instrument;
  if (micro?.ok) return { ...shown(micro.value), instead: root };
  const also = micro === null ? {} : { micro: { instrument: micro.root, refusal: micro.error } };
  const cuts = [withoutAdvice(explainRefusal({ ...bought.error, ...also }, SHOWN))];
  return { contracts: 0, instrument: root, cuts };
}

/** Index futures stand for all. */
const SHOWN = instrumentOf("ES");

/** So many, and what made them fewer. */
interface Begun {
  readonly instrument: Instrument;
  readonly quantity: Contracts;
  readonly cuts: readonly Cut[];
}

/** Its part of the size, and what makes one smaller beforehand. */
function inPart({ instrument, quantity, cuts }: Begun, source: NextSource): Result<Begun, Refusal> {
  const { sizing } = source.rules;
  const part = partOf(quantity, sizing);
  const { ratio = WHOLE } = sizing;
  if (part === 0) return err({ kind: "ratio-too-small", quantity, ratio });
  const cut = { why: "ratio", from: quantity, to: part, ratio } as const;
  return begin(
    { instrument, quantity: part, cuts: part < quantity ? [...cuts, cut] : cuts },
    source,
  );
}

function begin(begun: Begun, { rules, judged, at }: NextSource): Result<Begun, Refusal> {
  const cuts = cutsBefore({ ...begun, risk: UNKNOWN_RISK }, rules, judged, at);
  return cuts.ok ? ok(withCuts(begun, cuts.value)) : cuts;
}

/** Nothing that counts contracts asks for it. */
const UNKNOWN_RISK = money(0);

const withCuts = ({ cuts, ...begun }: Begun, more: readonly Cut[]): Begun => ({
  ...begun,
  quantity: more.at(-1)?.to ?? begun.quantity,
  cuts: [...cuts, ...more],
});

function capped(begun: Begun, { at, one, rules, judged }: NextSource): Result<Begun, Refusal> {
  const { instrument, quantity } = begun;
  const reading = one.plan === null ? null : readPlan(one.plan, { instrument, ...dayAt(at) });
  const cap = capFirm(instrument, quantity, { ...judged, reading }, rules.hours);
  return cap.ok ? ok(withCuts(begun, cap.value === null ? [] : [cap.value])) : cap;
}

/** Hours and reports are not asked for here, so that any calendar does. */
const dayAt = (at: Millis) => ({ at, date: tradeDateOf(at), calendar: CME_CALENDAR, news: [] });

interface Unfit {
  readonly instrument: Instrument;
  readonly whole: Contracts;
  /** What was begun with in the mini; null where its part of the size is not even one. */
  readonly begun: Begun | null;
  readonly refusal: Refusal;
}

type Shrunk = Result<Begun, Refusal> & { readonly root: Root };

/** As `shrink.ts` does it; null where nothing smaller is tried. */
function inMicro(unfit: Unfit, source: NextSource): Shrunk | null {
  const { instrument, whole, begun, refusal } = unfit;
  const { rules, judged } = source;
  const isTried = rules.shrinkToMicro === true && mayFitInMicro(refusal);
  const micro = isTried ? microOf(instrument) : null;
  if (micro === null) return null;
  const { ratio } = micro;
  const from = begun?.quantity ?? whole;
  const quantity = contracts(from * ratio);
  const names = { instrument: instrument.root, micro: micro.instrument.root };
  const cut: Cut = { why: "micro", ...names, from, to: quantity, ratio, refusal };
  const tried = { instrument: micro.instrument, quantity, cuts: [...(begun?.cuts ?? []), cut] };
  const small = begun === null ? inPart(tried, source) : begin(tried, source);
  const { root } = micro.instrument;
  if (!small.ok) return { ...small, root };
  const count = countCut(small.value, rules, judged);
  const counted = count === null ? small.value : withCuts(small.value, [count]);
  return { ...capped(counted, source), root };
}

const shown = ({ instrument, quantity, cuts }: Begun) => ({
  contracts: quantity,
  instrument: instrument.root,
  cuts: cuts.map(explainCut),
});

const usd = (amount: number): string => showMoney(money(Math.round(amount * 10_000)));

/** `3/2/1`; what is bought instead of a mini is named: `2/1/4 MES`. */
export const nextText = ({ A, B, C }: NextSizes): string =>
  [A, B, C]
    .map((one) => {
      if (!("contracts" in one)) return usd(one.riskUsd);
      return one.instead === undefined ? `${one.contracts}` : `${one.contracts} ${one.instrument}`;
    })
    .join("/");

export function nextLine(one: NextView): string {
  if (!("contracts" in one)) return `may lose ${usd(one.riskUsd)}`;
  const why = one.cuts.length === 0 ? "" : ` (${one.cuts.join("; ")})`;
  return `${one.contracts} ${one.instrument}${why}`;
}
