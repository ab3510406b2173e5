/**
 * What an operator asked for, judged like anything else: taken or refused, and journaled with its
 * answer either way.
 */

import { valuesOf } from "../../std/trie.ts";
import type { Command, CommandAnswer } from "../model/command.ts";
import type { Fact } from "../model/fact.ts";
import type { InputOf } from "../model/input.ts";
import { reaches } from "../model/levels.ts";
import type { Trade } from "../model/trade.ts";
import { heldOf, heldOfTranche } from "../model/trade-sums.ts";
import { sceneOf } from "../scenery.ts";
import { accountOf, openTradesOf } from "../state.ts";
import { breakevenNow } from "../track/milestones.ts";
import { isPending } from "../track/order-states.ts";
import { exitPrice, type Scene } from "../track/scene.ts";
import { beginTrim } from "../track/trim.ts";
import { record, type Turn } from "../turn.ts";
import { acknowledge } from "./alarms.ts";
import { decideAnswer } from "./answer.ts";
import { sayOfFirm } from "./firm-terms.ts";
import { lookAgain } from "./look.ts";
import { accountNamed } from "./named-account.ts";
import { attended, lockOut, stillLocked } from "./presence.ts";
import { stillOff, switchOver } from "./switch.ts";

interface Decision {
  readonly answer: CommandAnswer;
  readonly facts: readonly Fact[];
}

export function decideCommand(turn: Turn, { command }: InputOf<"command">): void {
  if ("entry" in command) return decideAnswer(turn, command);
  const { answer, facts } = decide(turn, command);
  record(turn, { at: turn.at, kind: "CommandTaken", command, answer }, ...facts);
}

const taken = (...facts: readonly Fact[]): Decision => ({ answer: { kind: "taken" }, facts });
const noted = (note: string | undefined, ...facts: readonly Fact[]): Decision =>
  note === undefined ? taken(...facts) : { answer: { kind: "taken", note }, facts };
const refused = (reason: string): Decision => ({ answer: { kind: "refused", reason }, facts: [] });

type Other = Exclude<Command, { readonly entry: number }>;

function decide(turn: Turn, command: Other): Decision {
  switch (command.kind) {
    case "halt":
      return taken({
        at: turn.at,
        kind: "GateMoved",
        account: null,
        gate: "halted",
        reason: command.reason,
      });
    case "resume":
      return noted(stillShut(turn), {
        at: turn.at,
        kind: "GateMoved",
        account: null,
        gate: "active",
        reason: "resumed by the operator",
      });
    case "lockout":
      return lockOut(turn, command);
    case "firm-reset":
    case "firm-payout":
      return sayOfFirm(turn, command);
    case "switch":
      return switchOver(turn, command);
    case "attend":
      return noted(attended(turn.state));
    case "channel-passed": {
      const { channel, fingerprint } = command;
      return taken({ at: turn.at, kind: "ChannelPassed", channel, fingerprint });
    }
    case "ack":
      return acknowledge(turn, command.by);
    case "flatten":
      return flatten(turn, command);
    default:
      return onTrade(turn, command);
  }
}

/** What no `resume` opens. */
function stillShut(turn: Turn): string | undefined {
  const shut = [stillLocked(turn), stillOff(turn)].filter((one) => one !== undefined);
  return shut.length === 0 ? undefined : shut.join("; ");
}

const FLATTENED = "flattened by the operator";

/** Out of everything, and no way in again until a person says so. */
function flatten(turn: Turn, { account: named }: Extract<Command, { kind: "flatten" }>): Decision {
  const { at, state } = turn;
  const found = named === null ? null : accountNamed(state, named);
  if (found?.ok === false) return refused(found.error);
  const account = found?.value.id ?? null;
  const accounts = found === null ? valuesOf(state.accounts) : [found.value];
  // Where nothing is open nobody would look soon, and only the venue's word counts.
  for (const { id, open } of accounts) if (open.length === 0) lookAgain(turn, state, id);
  const exits = accounts
    .flatMap((one) => openTradesOf(state, one))
    .filter((trade) => trade.exit === null)
    .map((trade): Fact => ({ at, trade: trade.id, kind: "ExitBegun", reason: "flatten" }));
  return taken(
    { at, kind: "GateMoved", account, gate: "reducing", reason: FLATTENED, flattens: true },
    ...exits,
  );
}

type TradeCommand = Extract<Command, { readonly trade: number }>;

function onTrade(turn: Turn, command: TradeCommand): Decision {
  const trade = valuesOf(turn.state.accounts)
    .flatMap((one) => openTradesOf(turn.state, accountOf(turn.state, one.id)))
    .find((one) => one.number === command.trade);
  if (trade === undefined) return refused(`trade #${command.trade} is not open`);
  const about = { at: turn.at, trade: trade.id };
  if (command.kind === "cancel") return cancel(turn, trade);
  // The first reason to leave stays the reason, and nothing is moved on the way out.
  if (trade.exit !== null) return refused(`trade #${trade.number} is being left already`);
  if (command.kind === "close")
    return taken({ ...about, kind: "ExitBegun", reason: "close-command" });
  if (trade.released)
    return refused(`trade #${trade.number} was released; only a close takes it back`);
  if (command.kind === "release") return taken({ ...about, kind: "TradeReleased" });
  return heldOf(trade) > 0
    ? onPosition(turn, trade, command)
    : refused(`trade #${trade.number} holds nothing yet`);
}

function cancel(turn: Turn, trade: Trade): Decision {
  const pending = trade.tranches.some((one) => isPending(one.entry.state));
  if (!pending || trade.entryEnding !== null)
    return refused("no entry order is waiting; the stop stays");
  return taken({
    at: turn.at,
    trade: trade.id,
    kind: "EntryWithdrawn",
    reason: "cancelled by the operator",
  });
}

type PositionCommand = Extract<TradeCommand, { kind: "trim" | "breakeven" | "stop" | "target" }>;

function onPosition(turn: Turn, trade: Trade, command: PositionCommand): Decision {
  const scene = sceneOf(turn, trade);
  switch (command.kind) {
    case "trim":
      return trim(trade, command.quantity, beginTrim(trade, command.quantity, scene));
    case "breakeven": {
      const facts = breakevenNow(trade, scene, "command");
      return facts.length > 0 ? taken(...facts) : refused("the stop is already there");
    }
    case "stop":
      return moveStop(trade, command, scene);
    case "target":
      return moveTarget(turn, trade, command);
  }
}

function trim(trade: Trade, quantity: number, facts: readonly Fact[]): Decision {
  if (quantity < 1) return refused("a trim takes at least one contract");
  if (quantity > heldOf(trade)) return refused(`only ${heldOf(trade)} contracts are held`);
  return facts.length > 0
    ? taken(...facts)
    : refused("no fresh price, another trim under way, or a trade of the other side beside it");
}

/** Tighten only: a stop that risks more than was approved is never a command away. */
function moveStop(
  trade: Trade,
  { price }: Extract<Command, { kind: "stop" }>,
  { at, quote }: Scene,
): Decision {
  const { side } = trade.plan;
  if (!reaches(side, price, trade.stopAim))
    return refused("that stop would risk more than the present one");
  // More likely a slip of the finger than a wish to leave, and there is a word for leaving.
  if (quote !== null && reaches(side, price, exitPrice(trade, quote)))
    return refused("the price is already through that stop; `close` leaves the trade");
  return taken({ at, trade: trade.id, kind: "StopAimed", stop: price, why: "command" });
}

/** Moves the next target: that of the nearest tranche still held. */
function moveTarget(
  turn: Turn,
  trade: Trade,
  { price }: Extract<Command, { kind: "target" }>,
): Decision {
  if (reaches(trade.plan.side, trade.stopAim, price))
    return refused("that target lies beyond the stop");
  const tranche = trade.tranches.findIndex((one) => heldOfTranche(one) > 0);
  return taken({
    at: turn.at,
    trade: trade.id,
    tranche,
    kind: "TargetAimed",
    target: price,
    why: "command",
  });
}
