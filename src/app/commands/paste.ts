/**
 * `tradestream paste`: an alert by hand.
 *
 * ```text
 * text ─► preview by the running process ─► what it would do ─► send? ─► done, and told
 *              └ none runs: preview by the configured rules, exit 4
 * ```
 *
 * The preview is the decision itself, taken on the present state and thrown away; between it and
 * the answer the market moves, so what is told in the end is what really became of it.
 */

import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import { step } from "../../core/engine.ts";
import type { Config } from "../../core/model/config.ts";
import { DEFAULT_CONFIG } from "../../core/model/defaults.ts";
import { OPEN_ROOM } from "../../core/model/room.ts";
import { dollars, type Millis, millis } from "../../core/model/units.ts";
import { showMoney } from "../../core/model/wording.ts";
import { initialState, type State } from "../../core/state.ts";
import type { ExitCode, GlobalOptions, Handlers } from "../../ports/console.ts";
import type { ControlAnswer, ControlRequest, Heard } from "../../ports/control.ts";
import { askRunning } from "../asking.ts";
import { type Context, leave, stopped } from "../context.ts";
import { foresee, pasted } from "../heard.ts";
import { chooseConfig } from "../setup.ts";

/** Longer than any message of a chat; the socket takes a little more. */
const TEXT_MAX = 8_000;

export const paste =
  (context: Context): Handlers["paste"] =>
  async (options) => {
    const text = await textFrom(context, options.text);
    if (text.trim() === "") return leave(context, stopped(2, "there is nothing in it"));
    if (text.length > TEXT_MAX) {
      return leave(context, stopped(2, `a message has at most ${TEXT_MAX} characters`));
    }
    const message = { id: randomUUID(), text } as const;
    const asked = await askRunning(context, options, { kind: "preview", ...message });
    if (!asked.ok) {
      if (asked.error.kind === "failed") return leave(context, stopped(1, asked.error.detail));
      return previewAlone(context, options, text, asked.error.detail);
    }
    const preview = heardIn(asked.value);
    if (typeof preview === "string") return leave(context, stopped(1, preview));
    if (!canBeSent(preview)) return show(context, options, { sent: false, heard: preview });
    if (!options.yes) {
      if (!options.json) tell(context, preview, "would");
      const go = await confirm(context, preview);
      if (go !== "send") return leave(context, unsent(context, go));
    }
    return send(context, options, { kind: "paste", ...message });
  };

/** The words given, or standard input. */
async function textFrom({ input }: Context, text: string | null): Promise<string> {
  return text === null || text === "-" ? readAll(input) : text;
}

async function readAll(input: Readable): Promise<string> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of input) {
    pieces.push(String(piece));
    length += pieces.at(-1)?.length ?? 0;
    if (length > TEXT_MAX) break;
  }
  return pieces.join("");
}

const heardIn = (answer: ControlAnswer): Heard | string => {
  if (answer.kind === "heard") return answer.heard;
  return answer.kind === "fault" ? answer.reason : "not an answer to this";
};

/** What would wait has no risk yet that a person could say yes to. */
const canBeSent = ({ outcome }: Heard): boolean => outcome === "traded" || outcome === "shadowed";

const confirm = ({ screen }: Context, { riskUsd }: Heard): Promise<"send" | "keep" | null> =>
  screen.choose(
    `Send it? It may lose ${showMoney(dollars(riskUsd))}.`,
    [
      { value: "keep", label: "No", hint: "nothing happens" },
      { value: "send", label: "Send", hint: "it trades as shown" },
    ],
    "keep",
  );

const unsent = ({ screen }: Context, answer: "keep" | null) =>
  answer === "keep" || screen.isInteractive
    ? stopped(0, "not sent")
    : stopped(2, "not sent: nobody is there to be asked; add --yes");

async function send(
  context: Context,
  options: GlobalOptions,
  request: ControlRequest,
): Promise<ExitCode> {
  const asked = await askRunning(context, options, request);
  if (!asked.ok) {
    return leave(context, stopped(asked.error.kind === "nobody" ? 4 : 1, asked.error.detail));
  }
  const heard = heardIn(asked.value);
  if (typeof heard === "string") return leave(context, stopped(1, heard));
  return show(context, options, { sent: true, heard });
}

interface Shown {
  readonly sent: boolean;
  readonly heard: Heard;
}

/** What became of it, or would have; a refusal is no success. */
function show(context: Context, { json }: GlobalOptions, { sent, heard }: Shown): ExitCode {
  if (json) context.screen.printJson({ sent, ...heard });
  else tell(context, heard, sent ? "did" : "would");
  return canBeSent(heard) || (sent && heard.outcome === "waits") ? 0 : 2;
}

const INTRODUCTION = { would: "it would become:", did: "sent:" } as const;

function tell({ screen }: Context, { lines, outcome }: Heard, mood: "would" | "did"): void {
  screen.print(outcome === "known" ? "this message was taken before" : INTRODUCTION[mood]);
  for (const { text } of lines) screen.print(`  ${text}`);
}

/** No process, so no prices and no account: judged by the rules alone, as if at its own price. */
async function previewAlone(
  context: Context,
  options: GlobalOptions,
  text: string,
  detail: string,
): Promise<ExitCode> {
  const choice = await chooseConfig(context, options);
  const config = choice.kind === "configured" ? choice.config : DEFAULT_CONFIG;
  const at = context.clock.now();
  const heard = foresee(settledState(config, at), {
    kind: "message",
    at,
    quotes: [],
    message: pasted("preview", text, at),
    tradable: false,
    room: OPEN_ROOM,
    from: 0,
  });
  if (options.json) context.screen.printJson({ sent: false, ...heard });
  else tell(context, heard, "would");
  return leave(context, stopped(4, `${detail}; nothing was sent`));
}

/** A fresh house that agrees with its venue. */
function settledState({ settings, balances }: Config, at: Millis): State {
  const opened = step(initialState, {
    kind: "start",
    at,
    quotes: [],
    mode: "paper",
    version: "preview",
    settings,
    priceAgeMax: millis(0),
    balances,
  });
  return balances.reduce((state, { account, balance }) => {
    const report = { account, balance, askedAt: at, orders: [], positions: [], fills: [] };
    return step(state, { kind: "report", at, quotes: [], report: { kind: "snapshot", ...report } })
      .state;
  }, opened.state);
}
