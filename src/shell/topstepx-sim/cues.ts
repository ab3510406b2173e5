/**
 * What a person, a script or a test can tell the stand-in venue to do: one cue a line.
 *
 * ```text
 * price MES 6326.25 6326.00 6326.25    a trade, bid and ask; with one price all three are the same
 * ticks MES ticks.csv                  a price file, in the rhythm it was recorded in, from now on
 * session closed                       or open; or clock: by the calendar
 * switch cancelLeg sibling-cancelled   how it answers what nobody knows
 * account 101 canTrade false           what the firm or a person changes about an account
 * matching slippage 2                  or limit, protection, partial: the terms of filling
 * misstate MES tickSize 0.5            or tickValue, active: what it says of a contract is not so
 * flatten 101                          the firm's risk desk closes everything of the account
 * refuse Order/place 2 Not today.      the next such call, with this code and these words
 * refuse bracket/stop 2                the next leg of a bracket, as it should begin to work
 * delay activation 2s                  or fill, cancel, refusal: how slow the venue is
 * logout                               GatewayLogout to every hub connection
 * revoke                               no token given out so far is worth anything
 * fault answer-lost 0.1                a chance from 0 to 1
 * fault answer-lost once place         the next one of those whose path or event contains the word
 * fault answer-lost 3x                 the next three
 * fault off                            all of them
 * advance 90s                          where the clock is a virtual one
 * end                                  the venue closes
 * ```
 *
 * The words are read and checked before anything is done, so that a typing error in line 9 does not
 * leave the venue with the first eight lines.
 */

import type { Root } from "../../core/model/instrument.ts";
import { priceToTicks, showPrice } from "../../core/model/instrument.ts";
import { instrumentOf, isRoot } from "../../core/model/instruments.ts";
import { type Millis, type Ticks, ticks } from "../../core/model/units.ts";
import { ownOf } from "../../std/own.ts";
import { err, ok, type Result } from "../../std/result.ts";
import {
  type AccountCue,
  type MatchingCue,
  type MisstateCue,
  readAccount,
  readMatching,
  readMisstate,
} from "./cue-terms.ts";
import { decimal, readDuration, whole } from "./cue-words.ts";
import { FAULT_NAMES, type FaultName, isFaultName } from "./fault-names.ts";
import { DEFAULT_SWITCHES, turned } from "./switches.ts";

export interface Print {
  readonly root: Root;
  readonly last: Ticks;
  readonly bid: Ticks;
  readonly ask: Ticks;
  readonly size: number;
}

export type SessionWord = "open" | "closed" | "clock";

export type Cue =
  | { readonly kind: "price"; readonly print: Print }
  | { readonly kind: "ticks"; readonly root: Root; readonly file: string }
  | { readonly kind: "session"; readonly session: SessionWord }
  | { readonly kind: "switch"; readonly name: string; readonly value: string }
  | AccountCue
  | MatchingCue
  | MisstateCue
  | { readonly kind: "flatten"; readonly id: number }
  | {
      readonly kind: "refuse";
      readonly path: string;
      readonly code: number;
      readonly message: string | null;
    }
  | { readonly kind: "delay"; readonly name: DelayName; readonly by: Millis }
  | { readonly kind: "logout" | "revoke" | "end" }
  | { readonly kind: "fault-rate"; readonly name: FaultName; readonly rate: number }
  | {
      readonly kind: "fault-strike";
      readonly name: FaultName;
      readonly times: number;
      readonly only: string;
    }
  | { readonly kind: "fault-off" }
  | { readonly kind: "advance"; readonly by: Millis };

const DELAYS = ["fill", "activation", "cancel", "refusal"] as const;
export type DelayName = (typeof DELAYS)[number];

type Read = Result<Cue, string>;

const TIMES_MAX = 1_000_000;

const READERS: Readonly<Record<string, (words: readonly string[]) => Read>> = {
  price: readPrice,
  ticks: readTicks,
  session: readSession,
  switch: readSwitch,
  account: readAccount,
  matching: readMatching,
  misstate: readMisstate,
  flatten: readFlatten,
  refuse: readRefuse,
  delay: readDelay,
  logout: (words) => alone("logout", words),
  revoke: (words) => alone("revoke", words),
  fault: readFault,
  advance: readAdvance,
  end: (words) => alone("end", words),
};

const alone = (kind: "logout" | "revoke" | "end", { length }: readonly string[]): Read =>
  length === 0 ? ok({ kind }) : err(`${kind} stands alone`);

export function readCue(line: string): Read {
  const [verb = "", ...words] = line.trim().split(/\s+/);
  const reader = ownOf(READERS, verb);
  if (reader === undefined) {
    return err(`no cue ${verb}; there are ${Object.keys(READERS).join(", ")}`);
  }
  return reader(words);
}

function readPrice(words: readonly string[]): Read {
  const [root = "", ...prices] = words;
  if (!isRoot(root)) return err(`no product ${root}, such as MES`);
  if (prices.length !== 1 && prices.length !== 3) {
    return err("a price is the last trade, or last, bid and ask");
  }
  const read: Ticks[] = [];
  for (const price of prices) {
    const level = priceToTicks(instrumentOf(root), decimal(price));
    if (!level.ok) return err(`${price} is no price of ${root}, whose tick is ${tickOf(root)}`);
    read.push(level.value);
  }
  const [last = 0 as Ticks, bid = last, ask = last] = read;
  if (bid > ask) return err("the bid is not above the ask");
  return ok({ kind: "price", print: { root, last, bid, ask, size: 1 } });
}

const tickOf = (root: Root): string => showPrice(instrumentOf(root), ticks(1));

function readTicks([root = "", file = "", ...more]: readonly string[]): Read {
  if (!isRoot(root)) return err(`no product ${root}, such as MES`);
  if (file === "" || more.length > 0) return err("ticks need one file, without blanks in its name");
  const isOutside = /^([/\\]|[a-z]:)/i.test(file) || file.split(/[/\\]/).includes("..");
  return isOutside ? err("files lie in or below its directory") : ok({ kind: "ticks", root, file });
}

function readSession([word = "", ...more]: readonly string[]): Read {
  const session = (["open", "closed", "clock"] as const).find((one) => one === word);
  if (session === undefined || more.length > 0) return err("a session is open, closed or clock");
  return ok({ kind: "session", session });
}

function readSwitch([name, value, ...more]: readonly string[]): Read {
  if (name === undefined || value === undefined || more.length > 0) {
    return err("a switch is a name and a value");
  }
  const isThere = turned(DEFAULT_SWITCHES, name, value);
  return isThere.ok ? ok({ kind: "switch", name, value }) : isThere;
}

function readFlatten([account = "", ...more]: readonly string[]): Read {
  const id = whole(account);
  return id === null || more.length > 0
    ? err("flatten needs an account's id")
    : ok({ kind: "flatten", id });
}

function readRefuse([call = "", code = "", ...words]: readonly string[]): Read {
  const number = whole(code);
  const isLeg = call === "bracket/stop" || call === "bracket/target";
  if (number === null || !(isLeg || /^[A-Z][A-Za-z0-9/]{1,60}$/.test(call))) {
    return err("a refusal is a call such as Order/place, a code and perhaps words");
  }
  const message = words.length === 0 ? null : words.join(" ");
  return ok({ kind: "refuse", path: isLeg ? call : `/api/${call}`, code: number, message });
}

function readDelay([word = "", time = "", ...more]: readonly string[]): Read {
  const name = DELAYS.find((one) => one === word);
  const by = readDuration(time);
  if (name === undefined || by === null || more.length > 0) {
    return err(`a delay is ${DELAYS.join(", ")} and a duration, such as 2s`);
  }
  return ok({ kind: "delay", name, by });
}

function readFault(words: readonly string[]): Read {
  const [name = "", word = "", only = "", ...more] = words;
  if (words.length === 1 && name === "off") return ok({ kind: "fault-off" });
  if (!isFaultName(name)) return err(`no fault ${name}; there are ${FAULT_NAMES.join(", ")}`);
  if (more.length > 0) return err("a fault is a name, a rate or a number of times, and one word");
  const times = word === "once" ? 1 : Number(/^(\d{1,7})x$/.exec(word)?.[1] ?? Number.NaN);
  if (times >= 1 && times <= TIMES_MAX) return ok({ kind: "fault-strike", name, times, only });
  const rate = decimal(word);
  if (!(rate >= 0 && rate <= 1) || only !== "") {
    return err("a fault has a rate from 0 to 1, or strikes once or, such as, 3x");
  }
  return ok({ kind: "fault-rate", name, rate });
}

function readAdvance([word = "", ...more]: readonly string[]): Read {
  const by = readDuration(word);
  if (by === null || more.length > 0) return err("time advances by a duration, such as 90s or 5m");
  return ok({ kind: "advance", by });
}
