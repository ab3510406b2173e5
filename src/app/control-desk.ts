/**
 * Answers the operator's questions to a running house.
 *
 * ```text
 * request ─► command, prices in ticks ─► loop ─► what its step decided ─► answer
 * status, preview ─► read off the state, nothing is touched
 * ```
 *
 * An answer is given when the facts behind it are safe, so "taken" means taken.
 */

import type { Command } from "../core/model/command.ts";
import type { Input } from "../core/model/input.ts";
import { priceToTicks, showPrice } from "../core/model/instrument.ts";
import { instrumentOf } from "../core/model/instruments.ts";
import type { Quote } from "../core/model/quote.ts";
import { OPEN_ROOM } from "../core/model/room.ts";
import { dollars, millis, ticks } from "../core/model/units.ts";
import type { HealthView } from "../core/views/health.ts";
import { priceView } from "../core/views/prices.ts";
import type { Clock } from "../ports/clock.ts";
import type {
  ControlAnswer,
  ControlListener,
  ControlRequest,
  LiveStatus,
} from "../ports/control.ts";
import type { HistoryCounts } from "../ports/history.ts";
import type { Journal } from "../ports/journal.ts";
import { unreachable } from "../std/assert.ts";
import { err, ok, type Result } from "../std/result.ts";
import { valuesOf } from "../std/trie.ts";
import { answerEntry, answerIn } from "./answer-entry.ts";
import type { FormatsInForce } from "./formats-in-force.ts";
import { foresee, heardOf, pasted } from "./heard.ts";
import type { Hearing } from "./hearing.ts";
import type { News } from "./inbox.ts";
import type { Loop } from "./loop.ts";
import type { Reloading } from "./reloading.ts";
import { statusOf } from "./status-of.ts";

export interface DeskParts {
  readonly loop: Loop;
  /** Takes a pasted message, keeps it, and says what became of it. */
  readonly hear: Hearing["hear"];
  /** A person allows entries again: whatever forbade them outside the books goes first. */
  readonly resumed?: () => void;
  readonly clock: Clock;
  readonly journal: Pick<Journal, "head">;
  readonly mode: LiveStatus["mode"];
  /** Where prices come from, for people. */
  readonly market: string;
  readonly quotes: () => readonly Quote[];
  /** What the message history holds; null where none is kept. */
  readonly messages: () => HistoryCounts | null;
  readonly paste: {
    /** As configured now. */
    readonly isAllowed: () => boolean;
    readonly isTradable: boolean;
  };
  /** Null where nobody looks. */
  readonly health?: () => HealthView | null;
  /** Left out where the configuration is not read again. */
  readonly reloading?: Reloading;
  /** Left out where there are no packs to change, as in a demo. */
  readonly formats?: FormatsInForce;
  /** Brings a clock that is played up to the present. */
  readonly catchUp: () => void;
}

type Request<Kind extends ControlRequest["kind"]> = Extract<
  ControlRequest,
  { readonly kind: Kind }
>;

export function controlDesk(parts: DeskParts): ControlListener {
  return (request) => {
    parts.catchUp();
    switch (request.kind) {
      case "status":
        return Promise.resolve({ kind: "status", status: liveStatus(parts) });
      case "formats":
        return Promise.resolve(formatsOf(parts));
      case "apply-formats":
        return Promise.resolve(applyFormats(parts));
      case "config-reload":
        return parts.reloading?.reload("command") ?? Promise.resolve(NO_RELOAD);
      case "config-diff":
        return parts.reloading?.preview() ?? Promise.resolve(NO_RELOAD);
      case "preview":
        return Promise.resolve(preview(parts, request));
      case "paste":
        return paste(parts, request);
      case "approve":
      case "refuse":
        return answered(parts, request);
      default:
        return command(parts, request);
    }
  };
}

const NO_RELOAD: ControlAnswer = {
  kind: "fault",
  reason: "a day that is played keeps the configuration it began with",
};

function liveStatus({
  loop,
  clock,
  journal,
  mode,
  market,
  quotes,
  messages,
  health,
}: DeskParts): LiveStatus {
  const sequence = journal.head().sequence;
  const view = statusOf(loop.state(), { at: clock.now(), sequence, quotes: quotes() });
  const prices = quotes().map(priceView);
  const found = health?.() ?? null;
  return {
    ...{ ...view, mode, market, prices, impaired: loop.impaired() },
    ...(found !== null && { health: found }),
    messages: messages(),
  };
}

const formatsOf = ({ formats }: DeskParts, problems: readonly string[] = []): ControlAnswer => ({
  kind: "formats",
  formats: formats?.current() ?? {},
  problems,
});

function applyFormats(parts: DeskParts): ControlAnswer {
  if (parts.formats === undefined) return formatsOf(parts, ["there are no format packs here"]);
  const applied = parts.formats.apply();
  return formatsOf(parts, applied.ok ? [] : applied.error);
}

type PasteNews = Extract<News, { readonly kind: "message" }>;

/** Why nothing may be pasted here; null when it may. */
const pasteBar = ({ paste }: DeskParts): string | null =>
  paste.isAllowed() ? null : "pasting is switched off in the configuration (paste: false)";

const newsOf = (parts: DeskParts, { id, text }: Request<"paste" | "preview">): PasteNews => ({
  kind: "message",
  message: pasted(id, text, parts.clock.now()),
  tradable: parts.paste.isTradable,
  room: OPEN_ROOM,
  from: 0,
});

function preview(parts: DeskParts, request: Request<"preview">): ControlAnswer {
  const bar = pasteBar(parts);
  if (bar !== null) return { kind: "fault", reason: bar };
  const input: Input = {
    ...newsOf(parts, request),
    at: parts.clock.now(),
    quotes: parts.quotes(),
  };
  return { kind: "heard", heard: foresee(parts.loop.state(), input) };
}

function paste(parts: DeskParts, request: Request<"paste">): Promise<ControlAnswer> {
  const { loop } = parts;
  const bar = pasteBar(parts);
  if (bar !== null) return Promise.resolve({ kind: "fault", reason: bar });
  if (loop.impaired()) {
    const reason = "facts cannot be written just now, so nothing is entered; see the log";
    return Promise.resolve({ kind: "fault", reason });
  }
  // Whoever pastes is there.
  if (loop.state().settings.attended !== undefined)
    loop.offer({ kind: "command", command: { kind: "attend" } });
  const before = loop.state();
  return new Promise((resolve) => {
    const { message, ...terms } = newsOf(parts, request);
    const taken = parts.hear(message, terms, ({ facts }) =>
      resolve({ kind: "heard", heard: heardOf(before, facts) }),
    );
    if (!taken) resolve({ kind: "fault", reason: "too many messages are waiting; try again" });
  });
}

async function answered(
  { loop }: DeskParts,
  { kind, entry }: Request<"approve" | "refuse">,
): Promise<ControlAnswer> {
  const answer = await answerEntry(loop, { entry, how: kind, by: "the operator" });
  return { kind: "command", answer };
}

type CommandRequest = Exclude<
  ControlRequest,
  Request<
    | "status"
    | "preview"
    | "paste"
    | "approve"
    | "refuse"
    | "formats"
    | "apply-formats"
    | "config-reload"
    | "config-diff"
  >
>;

function command(parts: DeskParts, request: CommandRequest): Promise<ControlAnswer> {
  if (request.kind === "resume") parts.resumed?.();
  const read = commandOf(parts, request);
  if (!read.ok) return Promise.resolve(refused(read.error));
  return new Promise((resolve) => {
    parts.loop.offer({ kind: "command", command: read.value }, ({ facts }) =>
      resolve({ kind: "command", answer: answerIn(facts, read.value) }),
    );
  });
}

const refused = (reason: string): ControlAnswer => ({
  kind: "command",
  answer: { kind: "refused", reason },
});

/** The same in the engine's words; the error says why the price is none. */
function commandOf(parts: DeskParts, request: CommandRequest): Result<Command, string> {
  switch (request.kind) {
    case "stop":
    case "target":
      return priced(parts, request);
    case "lockout": {
      const { account, until } = request;
      return ok({
        kind: "lockout",
        account,
        until: until === "next-session" ? until : millis(until),
      });
    }
    case "firm-payout": {
      const { account, amountUsd } = request;
      return ok({ kind: "firm-payout", account, amount: dollars(amountUsd) });
    }
    case "firm-reset":
    case "flatten":
    case "switch":
    case "attend":
    case "ack":
    case "channel-passed":
    case "halt":
    case "resume":
    case "close":
    case "breakeven":
    case "cancel":
    case "release":
    case "trim":
      return ok(request);
    default:
      return unreachable(request);
  }
}

function priced(
  { loop }: DeskParts,
  { kind, trade, points }: Request<"stop" | "target">,
): Result<Command, string> {
  const known = valuesOf(loop.state().trades).find(({ number }) => number === trade);
  // The engine says that there is no such trade, and writes it down; the price does not matter.
  if (known === undefined) return ok({ kind, trade, price: ticks(0) });
  const instrument = instrumentOf(known.plan.instrument);
  const price = priceToTicks(instrument, points);
  if (price.ok) return ok({ kind, trade, price: price.value });
  const step = showPrice(instrument, ticks(1));
  return err(`${points} is not a price of ${instrument.root}, which moves in steps of ${step}`);
}
