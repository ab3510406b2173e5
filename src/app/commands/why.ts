/**
 * `tradestream why`: everything that followed from one alert, on every account, out of the journal.
 *
 * ```text
 * alert ─► refused, shadowed, planned (and cut, with the numbers) ─► orders, fills ─► how it ended
 *    └ at the end: what each account made of it, by its code (docs/reference/reasons.md)
 * ```
 */
import type { Fact } from "../../core/model/fact.ts";
import { type AccountId, accountId, type TradeId } from "../../core/model/ids.ts";
import type { MessageRef } from "../../core/model/message.ts";
import type { Millis } from "../../core/model/units.ts";
import { scoreLines } from "../../core/notify/explain-score.ts";
import { type Narrator, newNarrator } from "../../core/views/narrator.ts";
import { hanging } from "../../core/views/plain-text.ts";
import {
  narrate,
  renderLines,
  type TimelineLine,
  timelineView,
} from "../../core/views/timeline.ts";
import {
  type Asked,
  renderVerdicts,
  type VerdictView,
  verdictsOf,
} from "../../core/views/verdicts.ts";
import type { Handlers } from "../../ports/console.ts";
import type { Recorded } from "../../ports/journal.ts";
import { entriesOf } from "../../std/trie.ts";
import { type Context, leave, stopped } from "../context.ts";
import { lookInto } from "../reading.ts";
import type { Readable } from "../recover.ts";

export const why =
  (context: Context): Handlers["why"] =>
  (options) =>
    lookInto(context, options, (journal) => {
      const { screen } = context;
      let found = 0;
      const verdicts = newVerdicts();
      for (const { sequence, fact, lines, accounts } of chainOf(journal, options.alert)) {
        found += 1;
        verdicts.hear(fact, accounts);
        const told = lines.map(timelineView);
        if (options.json) screen.printJson({ sequence, fact, told });
        else for (const text of inWords(fact, lines, screen.columns())) screen.print(text);
      }
      const views = verdicts.views();
      if (options.json && found > 0) screen.printJson({ verdicts: views });
      if (!options.json && views.length > 1) {
        screen.print("");
        for (const line of renderVerdicts(views, screen.columns())) screen.print(line);
      }
      return found > 0
        ? 0
        : leave(context, stopped(2, `no alert ${options.alert} is in the journal`));
    });

const inWords = (fact: Fact, lines: readonly TimelineLine[], columns: number) => [
  ...lines.flatMap((line) => renderLines(line, { columns, colour: false })),
  ...scoreOf(fact).flatMap((line) => hanging(`  ${line}`, columns, SCORE_INDENT)),
];

/** Where the words of a part of the score begin. */
const SCORE_INDENT = 32;

/** What an entry was scored by, or refused for. */
function scoreOf(fact: Fact): readonly string[] {
  if (fact.kind === "TradeRefused")
    return fact.refusal.kind === "score" ? scoreLines(fact.refusal.score) : [];
  const isScored = fact.kind === "TradePlanned" || fact.kind === "AlertShadowed";
  return isScored && fact.score !== undefined ? scoreLines(fact.score) : [];
}

interface Link extends Recorded {
  readonly lines: readonly TimelineLine[];
  /** Those there were when it became true. */
  readonly accounts: readonly Asked[];
}

/** Gathers the facts of each alert; a message may hold several. */
function newVerdicts() {
  const byAlert = new Map<
    string,
    { readonly facts: Fact[]; readonly accounts: readonly Asked[] }
  >();
  return {
    hear(fact: Fact, accounts: readonly Asked[]): void {
      if (fact.kind === "AlertRead") byAlert.set(fact.message.id, { facts: [], accounts });
      if ("message" in fact) byAlert.get(fact.message.id)?.facts.push(fact);
    },
    views: (): readonly VerdictView[] =>
      [...byAlert].flatMap(([alert, { facts, accounts }]) => verdictsOf(alert, facts, accounts)),
  };
}

/** An id of a message, of one of its alerts, or `#3` for the alert that became trade 3. */
function* chainOf(journal: Readable, alert: string): Iterable<Link> {
  const id = alert.startsWith("#") ? messageOf(journal, Number(alert.slice(1))) : alert;
  if (id === null) return;
  const trades: Trades = new Map();
  let narrator = newNarrator;
  let waiting: Recorded | null = null;
  for (const recorded of journal.read(0)) {
    const { fact } = recorded;
    const next = narrate(narrator, fact);
    narrator = next.narrator;
    const belongs = isOf(fact, id, trades);
    if (fact.kind === "TradePlanned" && belongs)
      trades.set(fact.trade, { account: fact.account, endedAt: null });
    // The line of an alert comes with the fact after it, once it is known what became of it.
    const accounts = accountsIn(narrator);
    if (waiting !== null)
      yield { ...waiting, accounts, lines: next.lines.filter(({ kind }) => kind === "alert") };
    waiting = belongs && fact.kind === "AlertRead" ? recorded : null;
    const own = next.lines.filter(({ kind }) => kind !== "alert");
    if (belongs && waiting === null) yield { ...recorded, accounts, lines: own };
    const ends = fact.kind === "TradeClosed" || fact.kind === "TradeAbandoned";
    const ended = ends ? trades.get(fact.trade) : undefined;
    if (ended !== undefined) ended.endedAt = fact.at;
  }
}

const accountsIn = ({ accounts }: Narrator): readonly Asked[] =>
  entriesOf(accounts)
    .map(([id, { name }]) => ({ id: accountId(id), name }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

function messageOf(journal: Readable, number: number): string | null {
  for (const { fact } of journal.read(0))
    if (fact.kind === "TradePlanned" && fact.number === number) return fact.message.id;
  return null;
}

/** Its own facts, and what the limits decided on an account while its trade was on there. */
function isOf(fact: Fact, id: string, trades: Trades): boolean {
  if ("message" in fact) return names(fact.message, id);
  if ("trade" in fact && fact.trade !== null) return trades.has(fact.trade);
  if (fact.kind !== "LossStepReached" && fact.kind !== "BreakerOpened") return false;
  return [...trades.values()].some(
    ({ account, endedAt }) => account === fact.account && (endedAt ?? fact.at) === fact.at,
  );
}

interface OnAccount {
  readonly account: AccountId;
  /** What its end tripped is written beside it. */
  endedAt: Millis | null;
}

type Trades = Map<TradeId, OnAccount>;

const names = ({ id, channel, source }: MessageRef, wanted: string): boolean =>
  id === wanted || id.startsWith(`${wanted}#`) || `${source}/${channel}/${id}` === wanted;
