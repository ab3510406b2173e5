/** The words of an alarm: what is wrong, since when, and what silences it. */
import { unreachable } from "../../std/assert.ts";
import { getIn } from "../../std/trie.ts";
import type { AlarmFact, AlarmKind } from "../model/alarm-fact.ts";
import { REPEATS_MAX } from "../model/alarm-fact.ts";
import { dayAndTime } from "../notify/day-and-time.ts";
import { type Narrator, nameOf } from "./narrator.ts";
import { apart, ofTrade, type Said, words } from "./said.ts";

export function tellAlarm(narrator: Narrator, fact: AlarmFact): Said {
  const story = fact.trade === null ? undefined : getIn(narrator.trades, fact.trade);
  const whose = fact.trade === null ? `${nameOf(narrator, fact.account)}: ` : "";
  const said = words("trouble", toneOf(fact), alarmText(fact, whose));
  return story === undefined ? apart(said, fact.account) : ofTrade(said, story);
}

const toneOf = ({ kind }: AlarmFact): "good" | "plain" | "bad" =>
  kind === "AlarmEnded" ? "good" : kind === "AlarmAcknowledged" ? "plain" : "bad";

const WRONG: Readonly<Record<AlarmKind, string>> = {
  unprotected: "contracts are held without a working stop",
  "outcome-unknown": "nobody knows what became of an entry order",
  "venue-unreachable": "the venue cannot be reached, and something is open there",
  "halted-with-position": "it is halted, and something is open",
};

const GONE: Readonly<Record<AlarmKind, string>> = {
  unprotected: "every contract has a working stop, or is gone",
  "outcome-unknown": "it is known what became of the entry order",
  "venue-unreachable": "the venue is heard again, or nothing is open any more",
  "halted-with-position": "it is not halted any more, or nothing is open",
};

/** What a person does now, in a line; the runbook has a section of that name. */
export const ALARM_ADVICE: Readonly<Record<AlarmKind, string>> = {
  unprotected: "look at the platform; place a stop there, or close it there or with `close`",
  "outcome-unknown":
    "wait 20 s; then look at the platform's orders and cancel what you do not want",
  "venue-unreachable": "look whether the line and the platform are up; stops work at the venue",
  "halted-with-position":
    "leave it to its stop, `close` it or `flatten`; `resume` when all is well",
};

/** `whose` stands before what is wrong. */
export function alarmText(fact: AlarmFact, whose = ""): string {
  switch (fact.kind) {
    case "AlarmRaised":
      return `ALARM: ${whose}${WRONG[fact.what]}; \`ack\` silences this`;
    case "AlarmRepeated": {
      const since = `since ${dayAndTime(fact.since)}`;
      return `ALARM, repeated ${fact.times} of ${REPEATS_MAX}: ${whose}${WRONG[fact.what]}, ${since}; \`ack\` silences this`;
    }
    case "AlarmAcknowledged":
      return `alarm silenced by ${fact.by}: ${whose}${WRONG[fact.what]}`;
    case "AlarmEnded":
      return `alarm over: ${whose}${GONE[fact.what]}`;
    default:
      return unreachable(fact);
  }
}
