/**
 * A scenario file is its own expected result.
 *
 * ```text
 * # Plain English: what happens and why.
 * @ brackets none                                    how it differs from the defaults
 * > 09:30:00 alert m1 🚨 ES long 6326: A / Stop: 6316        what went in, and when
 *   09:30:00.1 TradePlanned #1 ...                   facts, as they were written to the disk
 *     -> place #1 e1 buy 1 ...                       what was sent to the venue
 *   = long 3 MESZ26; s1 1 at 6316.00 ...             what the venue says at the end
 * ```
 *
 * Replaying the lines that begin with `>` through the real program must give the rest, letter by
 * letter. `UPDATE=1 npx vitest run test/scenarios.test.ts` writes what it gave instead; read every
 * changed line as a trader would before it is kept.
 *
 * | Input | |
 * |---|---|
 * | `alert ID TEXT` | a message sent now; ` / ` is a new line. Also `alert ID (12s old, by bob, in vip, shadow) TEXT` |
 * | `edit ID TEXT`, `delete ID` | of the message with that id |
 * | `say ID TEXT` | the same as `alert`, for what is none; also `say ID (to m1) TEXT`, an answer to a message |
 * | `again ID` | the newest version of that message is delivered once more, as it was |
 * | | A time past midnight is of a later day: `27:30:00` |
 * | `price 6326.25`, `gap 6310` | a print; bid = last, ask = a tick more. Also `price LAST BID ASK`, `price CL 70.25` |
 * | `feed stops`, `feed goes on` | no prints; else the price is printed again every second |
 * | `command close 1` | also `trim 1 2`, `breakeven 1`, `stop 1 6320`, `target 1 6340`, `cancel 1`, `release 1`, `flatten [ACCOUNT]`, `halt WHY`, `resume`, `attend`, `ack [WHO]`, `lockout 10:00 [ACCOUNT]`, `lockout next-session`, `switch ACCOUNT off`, `firm-reset ACCOUNT`, `firm-payout ACCOUNT 500`, `approve 1`, `refuse 1` |
 * | `venue refuses next entry` | or leg, modify, stop, target, cancel, close, any; `... as CODE` |
 * | `venue loses next answer`, `venue loses next request` | the same with `of entry` ...; then its fate is unknown |
 * | `venue delays next request 40s` | given up as unknown, carried out late |
 * | `venue loses reports`, `venue answers no questions`, `venue is well` | until told otherwise |
 * | `venue answers questions 500ms late`, `venue repeats itself after 2s` | the same |
 * | `venue line breaks`, `venue line is back` | what it tells unasked is lost; it goes on |
 * | `venue bars WHY` | no entries on the first account, by the venue's word |
 * | `hand buys MESZ26`, `hand sells MESZ26 at 6400` | somebody on the platform itself: one contract |
 * | `hand cancels s1`, `hand moves t2 to 6350`, `hand closes MESZ26`, `hand closes 1 MESZ26` | the same |
 * | `disk refuses`, `disk heals` | the journal cannot be written |
 * | `crash`, `crash before the next request`, `crash after the next request` | the program dies, as with kill -9 |
 * | `restart`, `restart blind` | it starts again; blind: without a price until the next print |
 * | `stop`, `stop and flatten` | the clean stop |
 * | `reload limit trades-per-day 1; size A=1` | the file is saved with these `@` lines more, separated by `; ` |
 * | `reload broken 14 rules.default: WHY` | with a mistake in that line |
 * | `source discord down`, `source discord up` | it is not heard any more, or again |
 * | `wait 30s`, `look` | time passes; what the venue says now |
 */
import type { Command } from "../../src/core/model/command.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { accountId } from "../../src/core/model/ids.ts";
import { priceToTicks, type Root } from "../../src/core/model/instrument.ts";
import { instrumentOf, isRoot } from "../../src/core/model/instruments.ts";
import type { Message } from "../../src/core/model/message.ts";
import { dollars, type Millis, millis, type Ticks } from "../../src/core/model/units.ts";
import type { HandAct } from "./by-hand.ts";
import { type LineFault, NO_SILENCE, type RequestKind } from "./faulty-line.ts";
import { DEFAULT_SETUP, type ScenarioSetup, withDirective } from "./scenario-setup.ts";
import { scenarioWords } from "./scenario-words.ts";
import { atMinute, scenarioWorld, type World } from "./scenario-world.ts";

/** The program starts so long before the first line. */
const BEFORE = 5_000;
/** And is watched so long after the last. */
const AFTER = 5_000;

interface Line {
  readonly text: string;
  readonly at: Millis;
  readonly verb: string;
  readonly rest: string;
}

export function replay(transcript: string, hear: (fact: Fact) => void = () => {}): string {
  const lines = transcript.trimEnd().split("\n");
  const setup = lines
    .filter((line) => line.startsWith("@ "))
    .reduce((sofar, line) => withDirective(sofar, line.slice(2)), DEFAULT_SETUP);
  const midnight = atMinute(0, setup.day);
  const inputs = lines.flatMap((text) => (text.startsWith("> ") ? [inputOf(text, midnight)] : []));
  const [first] = inputs;
  if (first === undefined) throw new Error("a scenario has an input");

  const said: string[] = [];
  const words = scenarioWords();
  let isWatched = false;
  const say = (line: string): void => {
    if (isWatched) said.push(line);
  };
  const world = scenarioWorld(setup, millis(first.at - BEFORE), {
    fact: (fact) => {
      hear(fact);
      say(factLine(midnight, world?.now() ?? fact.at, fact, words.fact(fact)));
    },
    request: (request) => say(`    -> ${words.request(request)}`),
    died: () => say("  (the program is down)"),
  });
  const lookAt = (): void => {
    for (const line of words.venue(world.venue())) say(`  = ${line}`);
  };

  world.runUntil(first.at);
  isWatched = true;
  const story = createStory({ world, setup, look: lookAt, midnight });
  let next = 0;
  for (const text of lines) {
    if (/^(?:#|@ |$)/.test(text)) said.push(text);
    if (!text.startsWith("> ")) continue;
    const input = inputs[next++] as Line;
    said.push(text);
    story(input);
    world.runUntil(inputs[next]?.at ?? millis(world.now() + AFTER));
  }
  lookAt();
  world.check();
  return `${said.join("\n")}\n`;
}

function inputOf(text: string, midnight: Millis): Line {
  const match = /^> (\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))? (\S+) ?(.*)$/.exec(text);
  if (match === null) throw new Error(`an input is "> HH:MM:SS what ...", was "${text}"`);
  const [, hours, minutes, seconds, fraction = "0", verb = "", rest = ""] = match;
  const at = millis(midnight + (Number(hours) * 60 + Number(minutes)) * 60_000);
  const past = Number(seconds) * 1_000 + Number(fraction.padEnd(3, "0"));
  return { text, at: millis(at + past), verb, rest };
}

/** Facts that reach the disk later than they became true say so. */
function factLine(midnight: Millis, now: Millis, fact: Fact, words: string): string {
  const clock = (at: Millis): string => clockOf(at, midnight);
  return `  ${clock(fact.at)} ${now > fact.at ? `(written ${clock(now)}) ` : ""}${words}`;
}

const clockOf = (at: Millis, midnight: Millis): string => {
  const past = at - midnight;
  const [hours, minutes] = [Math.floor(past / 3_600_000), Math.floor(past / 60_000) % 60];
  const pair = (of: number): string => String(of).padStart(2, "0");
  const fraction = past % 1_000 === 0 ? "" : `.${String(past % 1_000).padStart(3, "0")}`;
  const shown = fraction.replace(/0+$/, "");
  return `${pair(hours)}:${pair(minutes)}:${pair(Math.floor(past / 1_000) % 60)}${shown}`;
};

type Story = (line: Line) => void;

interface Stage {
  readonly world: World;
  readonly setup: ScenarioSetup;
  readonly look: () => void;
  readonly midnight: Millis;
}

function createStory({ world, setup: first, look, midnight }: Stage): Story {
  let setup = first;
  const texts = new Map<string, string>();
  const newest = new Map<string, Message>();

  function hear(message: Message, isShadow: boolean): void {
    newest.set(message.id, message);
    world.hear(message, { tradable: !isShadow });
  }

  function again({ rest }: Line): void {
    const known = newest.get(rest);
    if (known === undefined) throw new Error(`nobody has said "${rest}" yet`);
    world.hear(known);
  }

  function message(line: Line, event: Message["event"]): void {
    const match = /^(\S+)(?: \(([^)]*)\))? ?(.*)$/.exec(line.rest);
    const [, id = "", options = "", body = ""] = match ?? [];
    const text = body.replaceAll(" / ", "\n");
    const age = /(\d+(?:\.\d+)?)s old/.exec(options)?.[1] ?? "0";
    const replyTo = /to (\w+)/.exec(options)?.[1];
    const author = /by (\w+)/.exec(options)?.[1] ?? "alice";
    const channel = /in (\w+)/.exec(options)?.[1] ?? "alerts";
    const previous = texts.get(id) ?? null;
    texts.set(id, text);
    hear(
      {
        source: "chat-file",
        channel,
        id,
        author,
        text,
        embeds: [],
        referenced: replyTo === undefined ? null : (texts.get(replyTo) ?? null),
        ...(replyTo !== undefined && { replyTo }),
        event,
        previous: event === "create" ? null : previous,
        sentAt: millis(line.at - 1_000 * Number(age)),
      },
      options.includes("shadow"),
    );
  }

  function reload(line: Line): void {
    const flaw = /^broken (\d+) (\S+): (.+)$/.exec(line.rest);
    if (flaw !== null) {
      const [, number, key = "", reason = ""] = flaw;
      const file = "config.yaml";
      return world.reload({ flaw: { file, line: Number(number), key, reason } });
    }
    const edits = line.rest === "" ? [] : line.rest.split("; ");
    setup = edits.reduce(withDirective, setup);
    world.reload({ setup });
  }

  return (line) => {
    switch (line.verb) {
      case "alert":
      case "say":
        return message(line, "create");
      case "again":
        return again(line);
      case "edit":
        return message(line, "edit");
      case "delete":
        return message(line, "delete");
      case "price":
      case "gap":
        return world.price(priceIn(line));
      case "feed":
        return world.feed(line.rest === "goes on");
      case "command":
        return world.command(commandIn(line, midnight));
      case "venue":
        return tellVenue(world, line);
      case "hand":
        return world.byHand(actIn(line));
      case "disk":
        return world.disk(line.rest === "heals");
      case "crash":
        return crash(world, line);
      case "reload":
        return reload(line);
      case "restart":
        return world.restart({ isBlind: line.rest === "blind" });
      case "stop":
        return world.stop({ flatten: line.rest === "and flatten" });
      case "source": {
        const [source = "", state] = line.rest.split(" ");
        const moved = state === "down" ? "down" : "up";
        return void world.loop().offer({ kind: "source", source, state: moved });
      }
      case "wait":
        return world.runUntil(millis(line.at + durationIn(line.rest)));
      case "look":
        return look();
      default:
        throw strange(line);
    }
  };
}

const strange = ({ text }: Line): Error => new Error(`a scenario knows no "${text}"`);

function priceIn(line: Line) {
  const words = line.rest.split(" ");
  const named = words[0] !== undefined && isRoot(words[0]) ? words[0] : null;
  const root: Root = named ?? "ES";
  const [last, bid, ask] = words.slice(named === null ? 0 : 1).map((word) => ticksOf(root, word));
  if (last === undefined) throw strange(line);
  return bid === undefined || ask === undefined ? { root, last } : { root, last, bid, ask };
}

function ticksOf(root: Root, text: string): Ticks {
  const price = priceToTicks(instrumentOf(root), Number(text));
  if (!price.ok) throw new Error(`${text} is no price of ${root}`);
  return price.value;
}

function durationIn(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text);
  if (match === null) throw new Error(`"${text}" is no duration`);
  return Number(match[1]) * ({ ms: 1, s: 1_000, m: 60_000 }[match[2] ?? "s"] ?? 1_000);
}

function commandIn(line: Line, midnight: Millis): Command {
  const [kind, first = "", second = ""] = line.rest.split(" ");
  const trade = Number(first);
  switch (kind) {
    case "close":
    case "breakeven":
    case "cancel":
    case "release":
      return { kind, trade };
    case "trim":
      return { kind, trade, quantity: Number(second) };
    case "stop":
    case "target":
      return { kind, trade, price: ticksOf("ES", second) };
    case "flatten":
      return { kind, account: first === "" ? null : accountId(first) };
    case "halt":
      return { kind, reason: line.rest.slice("halt ".length) };
    case "approve":
    case "refuse":
      return { kind, entry: trade, by: "olga" };
    case "firm-reset":
      return { kind, account: accountId(first) };
    case "firm-payout":
      return { kind, account: accountId(first), amount: dollars(Number(second)) };
    case "lockout": {
      const account = second === "" ? null : accountId(second);
      if (first === "next-session") return { kind, until: first, account };
      const [hours, minutes] = first.split(":").map(Number);
      const until = millis(midnight + ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000);
      return { kind, until, account };
    }
    case "switch":
      return { kind, account: first, to: second === "on" ? "on" : "off" };
    case "resume":
    case "attend":
      return { kind };
    case "ack":
      return { kind, by: first === "" ? "the operator" : first };
    default:
      throw strange(line);
  }
}

function actIn(line: Line): HandAct {
  const [verb = "", what = "", ...rest] = line.rest.split(" ");
  const last = rest.at(-1);
  const price = last === undefined || verb === "closes" ? null : ticksOf("ES", last);
  const leg = {
    role: what.startsWith("s") ? ("stop" as const) : ("target" as const),
    tranche: Number(what.slice(1)) - 1,
  };
  if (verb === "buys" || verb === "sells")
    return { kind: "order", side: verb === "buys" ? "buy" : "sell", contract: what, limit: price };
  if (verb === "cancels") return { kind: "cancel", ...leg };
  if (verb === "moves" && price !== null) return { kind: "move", ...leg, to: price };
  if (verb !== "closes") throw strange(line);
  return last === undefined
    ? { kind: "close", contract: what, quantity: null }
    : { kind: "close", contract: last, quantity: Number(what) };
}

const KINDS: readonly RequestKind[] = [
  "entry",
  "leg",
  "modify",
  "stop",
  "target",
  "cancel",
  "close",
];

function tellVenue(world: World, line: Line): void {
  const what = KINDS.find((kind) => line.rest.split(" ").includes(kind)) ?? "any";
  const fault = faultIn(line, what);
  if (fault !== null) return world.fault(fault);
  const late = /^answers questions (\S+) late$/.exec(line.rest)?.[1];
  if (late !== undefined) return world.silence({ lag: durationIn(late) });
  const echo = /^repeats itself after (\S+)$/.exec(line.rest)?.[1];
  if (echo !== undefined) return world.silence({ echo: durationIn(echo) });
  const barred = /^bars (.+)$/.exec(line.rest)?.[1];
  if (barred !== undefined) return world.tell({ kind: "barred", reason: barred });
  const offset = /^clock is (-?\d+) ms ahead$/.exec(line.rest)?.[1];
  if (offset !== undefined) return world.tell({ kind: "clock", offset: millis(Number(offset)) });
  switch (line.rest) {
    case "line breaks":
      world.tell({ kind: "link", state: "down" });
      return world.silence({ reports: true });
    case "line is back":
      world.silence({ reports: false });
      return world.tell({ kind: "link", state: "up" });
    case "loses reports":
      return world.silence({ reports: true });
    case "answers no questions":
      return world.silence({ questions: true });
    case "is well":
      return world.silence(NO_SILENCE);
    default:
      throw strange(line);
  }
}

function faultIn({ rest }: Line, what: RequestKind): LineFault | null {
  const code = /^refuses next(?: \w+)? as (\S+)$/.exec(rest)?.[1];
  if (code !== undefined) return { kind: "refuse", what, code };
  if (rest.startsWith("refuses next")) return { kind: "refuse", what };
  if (rest.startsWith("loses next answer")) return { kind: "lose-answer", what };
  if (rest.startsWith("loses next request")) return { kind: "lose-request", what };
  const delay = /^delays next request(?: of \w+)? (\S+)$/.exec(rest);
  return delay === null ? null : { kind: "delay", what, by: durationIn(delay[1] ?? "") };
}

function crash(world: World, { rest }: Line): void {
  if (rest === "") world.kill();
  else world.killAt(rest.startsWith("before") ? "before-send" : "after-send");
}
