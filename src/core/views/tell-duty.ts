/** The words of the morning's and the afternoon's message: one line, and its figures below. */
import { unreachable } from "../../std/assert.ts";
import type { DutyFact, ReadyAccount, Unready } from "../model/duty-fact.ts";
import type { FactOf } from "../model/fact.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Detail } from "../model/notification.ts";
import type { Sizing } from "../model/rules.ts";
import { type Millis, type Money, millis, money } from "../model/units.ts";
import { counted, showDuration, showMoney } from "../model/wording.ts";
import { dayAndTime } from "../notify/day-and-time.ts";
import { explainRefusal } from "../notify/explain.ts";
import { amountText } from "../risk/raised-limits.ts";
import { type Narrator, nameOf } from "./narrator.ts";
import { apart, type Said, words } from "./said.ts";
import { componentName } from "./tell-health.ts";

export function tellDuty(narrator: Narrator, fact: DutyFact): Said {
  return apart(
    words(
      "house",
      toneOf(fact),
      dutyText(fact, (id) => nameOf(narrator, id)),
    ),
  );
}

function toneOf(fact: DutyFact): "good" | "bad" | "plain" | "quiet" {
  switch (fact.kind) {
    case "ReadyTold":
      return fact.unready.length === 0 ? "good" : "bad";
    case "ClosingTold":
      return fact.accounts.every(({ open }) => open.length === 0) ? "plain" : "bad";
    case "SummaryDue":
      return "quiet";
    case "ChannelPassed":
      return "good";
    case "SourceMoved":
      return fact.state === "up" ? "good" : "bad";
    default:
      return unreachable(fact);
  }
}

type NameOf = (account: ReadyAccount["account"]) => string;

export function dutyText(fact: DutyFact, name: NameOf): string {
  switch (fact.kind) {
    case "ReadyTold":
      return readyText(fact, name);
    case "ClosingTold":
      return closingText(fact, name);
    case "SummaryDue":
      return `summary of ${periodText(fact)}${lateText(fact)}`;
    case "ChannelPassed":
      return `the channel ${fact.channel} took a test message`;
    case "SourceMoved":
      return fact.state === "up"
        ? `${fact.source} is heard`
        : `${fact.source} is not heard any more: alerts there do not reach us`;
    default:
      return unreachable(fact);
  }
}

function readyText(fact: FactOf<"ReadyTold">, name: NameOf): string {
  const { unready, mode, tradeDate, cutOff } = fact;
  const about = `${tradeDate} (${mode})${lateText(fact)}`;
  const until = cutOff === null ? "" : `: entries until ${dayAndTime(cutOff)}`;
  if (unready.length === 0) return `READY for ${about}${until}`;
  return `NOT READY for ${about}: ${unready.map((one) => unreadyText(one, name)).join("; ")}`;
}

/** `2026-03-02`, `the week of 2026-03-02`, `2026-03`. */
export function periodText({ period, from }: FactOf<"SummaryDue">): string {
  if (period === "day") return from;
  return period === "week" ? `the week of ${from}` : from.slice(0, 7);
}

/** A minute is nothing to speak of. */
const ON_TIME = 60_000;

const lateText = ({ at, due }: { readonly at: Millis; readonly due: Millis }): string =>
  at - due <= ON_TIME
    ? ""
    : `, ${showDuration(millis(at - due))} late: nothing ran here ${dayAndTime(due)}`;

function unreadyText(unready: Unready, name: NameOf): string {
  switch (unready.kind) {
    case "account":
      return `${name(unready.account)}: ${explainRefusal(unready.refusal, instrumentOf("ES"))}`;
    case "no-prices":
      return "there are no prices";
    case "price":
      return `the price of ${unready.instrument} is ${showDuration(unready.age)} old`;
    case "source":
      return `${unready.source} is not heard since ${dayAndTime(unready.since)}`;
    case "health":
      return `${componentName(unready.component)} does not work: ${unready.reason}`;
    default:
      return unreachable(unready);
  }
}

function closingText(fact: FactOf<"ClosingTold">, name: NameOf): string {
  const { accounts, waiting, tradeDate } = fact;
  const each = accounts.map(({ account, trades, net, open }) => {
    const rest =
      open.length === 0 ? "flat" : `NOT FLAT: ${open.map((one) => `#${one}`).join(", ")}`;
    return `${name(account)} ${counted(trades, "trade")}, ${showMoney(net)}, ${rest}`;
  });
  const waits = waiting === 0 ? "nothing waits" : `${waiting} waiting`;
  return `closing ${tradeDate}${lateText(fact)}: ${[...each, waits].join("; ")}`;
}

/** The figures of a letter. */
export function dutyDetails(fact: DutyFact, name: NameOf): readonly Detail[] {
  switch (fact.kind) {
    case "ReadyTold":
      return [
        ...fact.accounts.map((one) => ({ label: name(one.account), value: limitsText(one) })),
        { label: "Prices", value: pricesText(fact.prices) },
        ...fact.sources.map(({ source, state }) => ({
          label: source,
          value: state === "up" ? "heard" : "not heard",
        })),
        ...(fact.ailments ?? []).map(({ component, state, reason }) => ({
          label: componentName(component),
          value: `${state}: ${reason}`,
        })),
        ...(fact.cutOff === null
          ? []
          : [{ label: "Entries until", value: dayAndTime(fact.cutOff) }]),
      ];
    case "ClosingTold":
      return fact.accounts.map(({ account, balance }) => ({
        label: name(account),
        value: `balance ${showMoney(balance)}`,
      }));
    case "SummaryDue":
    case "ChannelPassed":
    case "SourceMoved":
      return [];
    default:
      return unreachable(fact);
  }
}

function limitsText({ balance, sizing, lossPerTrade, dailyLoss, tradesPerDay }: ReadyAccount) {
  const daily = dailyLoss === null ? "no daily loss" : `daily loss ${amountText(dailyLoss)}`;
  return [
    `balance ${showMoney(balance)}`,
    sizesText(sizing),
    `loss per trade ${amountText(lossPerTrade)}`,
    daily,
    `${tradesPerDay} trades a day`,
  ].join(", ");
}

function sizesText(sizing: Sizing): string {
  const { A, B, C } = sizing.bySize;
  if (sizing.kind === "contracts") return `sizes A ${A}, B ${B}, C ${C}`;
  const show = (size: number): string => showMoney(money(size) as Money);
  return `sizes A ${show(A)}, B ${show(B)}, C ${show(C)} at risk`;
}

const pricesText = (prices: FactOf<"ReadyTold">["prices"]): string =>
  prices.length === 0
    ? "none"
    : prices.map(({ instrument, age }) => `${instrument} ${showDuration(age)} old`).join(", ");
