/** The words for the house itself: runs, accounts, gates, commands, and what should not happen. */
import { unreachable } from "../../std/assert.ts";
import { getIn, valuesOf } from "../../std/trie.ts";
import type { Gate } from "../model/account.ts";
import type { Command } from "../model/command.ts";
import type { FactOf, HouseFact } from "../model/fact.ts";
import type { TroubleFact } from "../model/trouble-fact.ts";
import type { Ticks } from "../model/units.ts";
import { showWhen } from "../model/when.ts";
import { showApart, showMoney } from "../model/wording.ts";
import { type Narrator, nameOf, type TradeStory } from "./narrator.ts";
import { apart, ofTrade, pricesOf, type Said, type Words, words } from "./said.ts";
import { tellNotice } from "./tell-notice.ts";

export function tellHouse(narrator: Narrator, fact: HouseFact): Said {
  switch (fact.kind) {
    case "RunStarted":
      return apart(words("house", "plain", `started, ${fact.mode}, version ${fact.version}`));
    case "RunEnded":
      return apart(words("house", "plain", `stopped: ${fact.reason}`));
    case "JournalRecovered": {
      const late = `${fact.late} fact${fact.late === 1 ? " was" : "s were"} written late`;
      return apart(words("trouble", "bad", `the disk refused for a while: ${late}`));
    }
    case "SettingsAdopted": {
      const names = fact.settings.accounts.map((account) => account.name);
      return apart(words("house", "quiet", `settings adopted for ${names.join(", ")}`));
    }
    case "AccountOpened":
    case "AccountSettled":
      return tellAccount(narrator, fact);
    case "AccountFlat": {
      const text = `${nameOf(narrator, fact.account)} is flat: the venue has no position and no order at work`;
      return apart(words("house", "good", text), fact.account);
    }
    case "LinkMoved":
      return tellLink(narrator, fact);
    case "ClockMoved":
      return tellClock(narrator, fact);
    case "LiveEnabled": {
      const text = `account ${fact.name} may trade live, by the rules ${fact.rules}`;
      return apart(words("house", "plain", text), fact.account);
    }
    case "TradeDateBegan":
      return apart(words("house", "quiet", `trade date ${fact.tradeDate} begins`));
    case "GateMoved":
      return tellGate(narrator, fact);
    case "LockedOut": {
      const where = fact.account === null ? "" : ` on ${nameOf(narrator, fact.account)}`;
      const text = `locked out${where} until ${showWhen(fact.until)}: no entries, and nothing ends it earlier`;
      return apart(words("house", "bad", text), fact.account);
    }
    case "AccountSwitched": {
      const name = nameOf(narrator, fact.account);
      const text =
        fact.to === "on"
          ? `${name} is switched on`
          : `${name} is switched off: no entries there; what is open is looked after`;
      return apart(words("house", fact.to === "on" ? "good" : "bad", text), fact.account);
    }
    case "NoticeGiven":
      return apart(tellNotice(fact.notice));
    case "CommandTaken":
      return tellCommand(narrator, fact);
    default:
      return unreachable(fact);
  }
}

function tellAccount(
  narrator: Narrator,
  { kind, account, balance }: FactOf<"AccountOpened" | "AccountSettled">,
): Said {
  const what = kind === "AccountOpened" ? "opened with" : "agrees with the venue, balance";
  const text = `account ${nameOf(narrator, account)} ${what} ${showMoney(balance)}`;
  return apart(words("house", "quiet", text), account);
}

function tellLink(narrator: Narrator, { account, state }: FactOf<"LinkMoved">): Said {
  const name = nameOf(narrator, account);
  return state === "up"
    ? apart(words("house", "quiet", `the venue's reports for ${name} are whole again`), account)
    : apart(words("trouble", "bad", `the venue's reports for ${name} broke off`), account);
}

function tellClock(narrator: Narrator, { account, offset, isSound }: FactOf<"ClockMoved">): Said {
  const name = nameOf(narrator, account);
  const clock = `our clock is ${showApart(offset)} the venue's`;
  return isSound
    ? apart(words("house", "good", `${clock}: entries allowed on ${name} again`), account)
    : apart(words("trouble", "bad", `${clock}: only exits on ${name} until it is right`), account);
}

const GATES: Readonly<Record<Gate, string>> = {
  active: "entries allowed",
  reducing: "only exits allowed",
  halted: "halted",
};

function tellGate(narrator: Narrator, { account, gate, reason }: FactOf<"GateMoved">): Said {
  const where = account === null ? "" : ` on ${nameOf(narrator, account)}`;
  const tone = gate === "active" ? "good" : "bad";
  return apart(words("house", tone, `${GATES[gate]}${where}: ${reason}`), account);
}

function tellCommand(narrator: Narrator, { command, answer }: FactOf<"CommandTaken">): Said {
  const story = "trade" in command ? storyNumbered(narrator, command.trade) : undefined;
  const asked = commandText(narrator, command, story);
  const said =
    answer.kind === "taken"
      ? words("house", "quiet", `command: ${asked}`)
      : words("house", "bad", `command refused: ${asked}: ${answer.reason}`);
  return story === undefined ? apart(said) : ofTrade(said, story);
}

/** Commands are rare, so looking through the trades is quick enough. */
const storyNumbered = (narrator: Narrator, number: number): TradeStory | undefined =>
  valuesOf(narrator.trades).find((story) => story.number === number);

function commandText(narrator: Narrator, command: Command, story: TradeStory | undefined): string {
  // A trade we know stands in front of the line; of another, the number is all there is.
  const verb = story || !("trade" in command) ? command.kind : `${command.kind} #${command.trade}`;
  switch (command.kind) {
    case "halt":
      return `${verb} (${command.reason})`;
    case "flatten":
      return command.account === null ? verb : `${verb} ${nameOf(narrator, command.account)}`;
    case "trim":
      return `${verb} ${command.quantity}`;
    case "stop":
    case "target":
      return story ? `${verb} ${priceIn(story, command.price)}` : verb;
    case "lockout": {
      const { until, account } = command;
      const end = until === "next-session" ? "the next session" : showWhen(until);
      const where = account === null ? "" : ` on ${nameOf(narrator, account)}`;
      return `${verb} until ${end}${where}`;
    }
    case "firm-reset":
      return `firm reset of ${nameOf(narrator, command.account)}`;
    case "firm-payout":
      return `firm payout of ${showMoney(command.amount)} from ${nameOf(narrator, command.account)}`;
    case "switch":
      return `${verb} ${command.account} ${command.to}`;
    case "resume":
    case "attend":
    case "close":
    case "breakeven":
    case "cancel":
    case "release":
      return verb;
    case "channel-passed":
      return `test of ${command.channel}`;
    case "ack":
      return `${verb} (${command.by})`;
    case "approve":
    case "refuse":
      return `${verb} ${command.entry} (${command.by})`;
    default:
      return unreachable(command);
  }
}

const priceIn = (story: TradeStory, price: Ticks): string => pricesOf(story)(price);

type Told = Exclude<TroubleFact, { kind: "BalanceDiffered" | "PositionDiffered" }>;

export function tellTrouble(narrator: Narrator, fact: Told): Said {
  switch (fact.kind) {
    case "IncidentFound": {
      const said = words("trouble", "bad", `${INCIDENTS[fact.what]}: ${fact.detail}`);
      const story = fact.trade === null ? undefined : getIn(narrator.trades, fact.trade);
      return story === undefined ? apart(said, fact.account) : ofTrade(said, story);
    }
    case "OrphanCancelAsked":
      return apart(
        trouble("plain", `cancelling an order left over in ${fact.contract}`),
        fact.account,
      );
    case "ForeignOrderSeen": {
      const text = `an order in ${fact.contract} that is not ours: ${fact.detail}`;
      return apart(trouble("plain", text), fact.account);
    }
    default:
      return unreachable(fact);
  }
}

const trouble = (tone: Words["tone"], text: string): Words => words("trouble", tone, text);

const INCIDENTS: Readonly<Record<FactOf<"IncidentFound">["what"], string>> = {
  reversed: "the position is reversed",
  "position-mismatch": "the position differs from the books",
  "balance-differs": "the venue's cash differs from the books",
  "outcome-unknown": "the fate of an order is unknown",
  opposing: "accounts stand against each other",
  "position-gone": "contracts are gone that nobody sold here",
};
