/**
 * The words for what is told away from the screen: an item for a fact, a letter for some items.
 *
 * ```text
 * clerk + fact ──follow──► clerk, item       (the same story as the timeline, and what led to it)
 * items ──letterOf──► letter                 letters that never arrived ──digestOf──► letter
 * ```
 *
 * Every title is one clean line. What a stranger wrote is kept apart, as a quotation.
 */
import { getIn } from "../../std/trie.ts";
import { isOfDuty } from "../model/duty-fact.ts";
import type { Fact, FactOf } from "../model/fact.ts";
import { type MessageRef, messageKey } from "../model/message.ts";
import type { Detail, Item, Letter, Severity, Topic } from "../model/notification.ts";
import type { Settings } from "../model/rules.ts";
import type { Trade } from "../model/trade.ts";
import type { Millis } from "../model/units.ts";
import { showMoney } from "../model/wording.ts";
import { severityOf } from "../notify/topics.ts";
import { type Narrator, nameOf, narratorOf } from "./narrator.ts";
import { clean, cutTo } from "./plain-text.ts";
import { pricesOf } from "./said.ts";
import { ALARM_ADVICE } from "./tell-alarm.ts";
import { dutyDetails } from "./tell-duty.ts";
import { narrate, type TimelineLine } from "./timeline.ts";

/** Who follows the journal to be able to put it into words. */
export interface Clerk {
  readonly narrator: Narrator;
  /** What the newest messages said, oldest first, for those that have to be quoted. */
  readonly heard: readonly { readonly key: string; readonly quote: Quote }[];
}

type Quote = NonNullable<Item["quote"]>;

/** Enough for an alert judged on very many accounts in several steps. */
const HEARD_MAX = 64;
/** Of a message of any length so much is shown. */
const QUOTE_MAX = 1_000;

export const clerkOf = (settings: Settings, trades: readonly Trade[]): Clerk => ({
  narrator: narratorOf(settings, trades),
  heard: [],
});

export interface Followed {
  readonly clerk: Clerk;
  /** Its words, should somebody be told of it. */
  readonly item: (topic: Topic) => Item;
}

export function follow(before: Clerk, fact: Fact): Followed {
  const { narrator, lines } = narrate(before.narrator, fact);
  const clerk = withText({ ...before, narrator }, fact);
  // The first line may be that of the alert before, which waited for what became of it.
  const own = before.narrator.untold === null ? lines : lines.slice(1);
  return { clerk, item: (topic) => itemOf(clerk, fact, topic, own.at(-1)) };
}

function itemOf(clerk: Clerk, fact: Fact, topic: Topic, line: TimelineLine | undefined): Item {
  const { narrator } = clerk;
  const story = "trade" in fact && fact.trade !== null ? getIn(narrator.trades, fact.trade) : null;
  const account = line?.account ?? ("account" in fact ? fact.account : null);
  const trade = story == null ? null : { id: story.id, number: story.number };
  return {
    at: fact.at,
    topic,
    tone: line?.tone ?? "plain",
    title: fact.kind === "TradePlanned" ? plannedTitle(fact) : (line?.text ?? bareTitle(fact)),
    account,
    trade,
    details: [
      ...(account === null || narrator.accounts.size < 2
        ? []
        : [{ label: "Account", value: clean(nameOf(narrator, account)) }]),
      ...(isOfDuty(fact)
        ? dutyDetails(fact, (id) => clean(nameOf(narrator, id)))
        : detailsOf(fact)),
    ],
    quote: "message" in fact ? quoteFor(clerk, fact.message) : null,
  };
}

/** Of a trade this clerk never met, the name of the fact is all there is: `entry filled`. */
const bareTitle = ({ kind }: Fact): string =>
  kind.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();

function plannedTitle({ number, plan }: FactOf<"TradePlanned">): string {
  const { side, instrument, entry, tranches } = plan;
  const quantity = tranches.reduce((sum, tranche) => sum + tranche.quantity, 0);
  const where = entry.kind === "limit" ? `limit ${pricesOf(plan)(entry.limit)}` : "at market";
  return `#${number} ${side} ${quantity} ${instrument}, ${where}`;
}

function detailsOf(fact: Fact): readonly Detail[] {
  switch (fact.kind) {
    case "TradePlanned": {
      const price = pricesOf(fact.plan);
      const { contract, stop, tranches, risk } = fact.plan;
      return [
        { label: "Contract", value: contract },
        { label: "Stop", value: price(stop) },
        ...tranches.map(({ target, quantity }, at) => ({
          label: `Target ${at + 1}`,
          value: `${price(target)} x${quantity}`,
        })),
        { label: "At risk", value: showMoney(risk) },
      ];
    }
    case "TradeClosed":
      return [
        { label: "Gross", value: showMoney(fact.gross) },
        { label: "Fees", value: showMoney(fact.fees) },
        { label: "Net", value: showMoney(fact.net) },
      ];
    case "AlarmRaised":
    case "AlarmRepeated":
      return [
        { label: "What to do", value: ALARM_ADVICE[fact.what] },
        { label: "Runbook", value: fact.what },
      ];
    default:
      return [];
  }
}

function withText(clerk: Clerk, fact: Fact): Clerk {
  if (!("text" in fact)) return clerk;
  const { author, text } = fact;
  const quote = { author, text: text.length > QUOTE_MAX ? `${text.slice(0, QUOTE_MAX)}…` : text };
  const heard = [...clerk.heard, { key: messageKey(fact.message), quote }].slice(-HEARD_MAX);
  return { ...clerk, heard };
}

function quoteFor({ heard }: Clerk, message: MessageRef): Quote | null {
  const key = messageKey(message);
  return heard.findLast((one) => one.key === key)?.quote ?? null;
}

export interface Envelope {
  readonly id: string;
  readonly channel: string;
  readonly at: Millis;
}

const TITLE_MAX = 160;

export function letterOf({ id, channel, at }: Envelope, items: readonly Item[]): Letter {
  const [first] = items;
  const trade = first?.trade ?? null;
  const isOfOne = trade !== null && items.every((item) => item.trade?.id === trade.id);
  return {
    id,
    thread: isOfOne ? `tt-${trade.id}-${channel}` : null,
    at,
    severity: gravest(items),
    title: cutTo(titleOf(items, isOfOne), TITLE_MAX),
    items,
    images: [],
  };
}

function titleOf(items: readonly Item[], isOfOne: boolean): string {
  const [first, ...more] = items;
  if (first !== undefined && more.length === 0) return first.title;
  if (first !== undefined && isOfOne) return `${first.title} (and ${more.length} more)`;
  const counts = new Map<Topic, number>();
  for (const { topic } of items) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  const sorts = [...counts].map(([topic, count]) => `${count} ${topic}`);
  return `${items.length} messages: ${sorts.join(", ")}`;
}

const ORDER: readonly Severity[] = ["info", "warning", "alarm"];

const gravest = (items: readonly Item[]): Severity =>
  ORDER.findLast((one) => items.some(({ topic }) => severityOf(topic) === one)) ?? "info";

/** Of very many, the first tell what it was about. */
const NAMED_MAX = 50;

function titleOnly({ sheet: _, ...item }: Item): Item {
  return { ...item, details: [], quote: null };
}

/** What could not be delivered in time, a line each. */
export function digestOf({ id, at }: Envelope, lost: readonly Letter[]): Letter {
  const items = lost.flatMap((letter) => letter.items);
  const count = lost.length === 1 ? "1 message" : `${lost.length} messages`;
  const more = items.length - NAMED_MAX;
  const rest: Item = {
    at,
    topic: "health",
    tone: "quiet",
    title: `and ${more} more`,
    account: null,
    trade: null,
    details: [],
    quote: null,
  };
  return {
    id,
    thread: null,
    at,
    severity: "warning",
    title: `${count} could not be delivered within a day`,
    items: [...items.slice(0, NAMED_MAX).map(titleOnly), ...(more > 0 ? [rest] : [])],
    images: [],
  };
}
