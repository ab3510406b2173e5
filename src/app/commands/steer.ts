/**
 * The commands of an operator to a running house: halt, resume, flatten, and those about one trade.
 *
 * They go through the control socket and are journaled there. With no process running there is
 * nobody to obey, and that is said with exit code 4; only `halt` and `lockout` are written down all
 * the same, so that the next start enters nothing.
 */
import { step } from "../../core/engine.ts";
import type { Command, CommandAnswer } from "../../core/model/command.ts";
import { LOCKOUT_ENDS, readLockoutEnd } from "../../core/model/lockout-end.ts";
import { millis } from "../../core/model/units.ts";
import type { ExitCode, GlobalOptions, Handlers } from "../../ports/console.ts";
import type { ControlRequest } from "../../ports/control.ts";
import { answerIn } from "../answer-entry.ts";
import { askRunning } from "../asking.ts";
import { openJournalIn } from "../books.ts";
import { type Context, leave, stopped } from "../context.ts";
import { newestDirectory } from "../setup.ts";

type Steering = Pick<
  Handlers,
  | "halt"
  | "resume"
  | "flatten"
  | "lockout"
  | "switchAccount"
  | "attend"
  | "ack"
  | "firmReset"
  | "firmPayout"
  | "approve"
  | "refuse"
  | "close"
  | "trim"
  | "breakeven"
  | "stop"
  | "target"
  | "cancel"
  | "release"
>;

export function steering(context: Context): Steering {
  const send = (options: GlobalOptions, request: ControlRequest): Promise<ExitCode> =>
    steer(context, options, request);
  return {
    halt: (options) => {
      const { reason } = options;
      return steer(context, options, { kind: "halt", reason }, () =>
        haltSleeping(context, options, reason),
      );
    },
    lockout: (options) => lockOut(context, options),
    firmReset: (options) => {
      const { account } = options;
      return steer(context, options, { kind: "firm-reset", account }, unheard(context));
    },
    firmPayout: (options) => {
      const { account, amountUsd } = options;
      return steer(context, options, { kind: "firm-payout", account, amountUsd }, unheard(context));
    },
    switchAccount: (options) => switchAccount(context, options),
    attend: (options) => send(options, { kind: "attend" }),
    ack: (options) => send(options, { kind: "ack", by: options.by }),
    resume: (options) => send(options, { kind: "resume" }),
    flatten: (options) => flatten(context, options),
    approve: (options) => send(options, { kind: "approve", entry: options.entry }),
    refuse: (options) => send(options, { kind: "refuse", entry: options.entry }),
    close: (options) => send(options, { kind: "close", trade: options.trade }),
    trim: (options) => {
      const { trade, quantity } = options;
      return send(options, { kind: "trim", trade, quantity });
    },
    breakeven: (options) => send(options, { kind: "breakeven", trade: options.trade }),
    stop: (options) => {
      const { trade, price } = options;
      return send(options, { kind: "stop", trade, points: price });
    },
    target: (options) => {
      const { trade, price } = options;
      return send(options, { kind: "target", trade, points: price });
    },
    cancel: (options) => send(options, { kind: "cancel", trade: options.trade }),
    release: (options) => send(options, { kind: "release", trade: options.trade }),
  };
}

/**
 * What the firm did is compared with what the venue says and with what is open, and only a process that
 * runs knows that. So, unlike a lock-out, it is not written down without one.
 */
const unheard =
  (context: Context) =>
  (detail: string): Promise<ExitCode> => {
    const help = "nothing was written down: `tradestream start` first, then say it again";
    return Promise.resolve(leave(context, stopped(4, `${detail}; ${help}`)));
  };

type LockoutOptions = Parameters<Handlers["lockout"]>[0];

/** A person who wants to be kept from trading must not need a process for it. */
function lockOut(context: Context, options: LockoutOptions): Promise<ExitCode> {
  const until = readLockoutEnd(options.until, context.clock.now());
  if (until === null) {
    const reason = `${JSON.stringify(options.until)} is no end of a lock-out: say ${LOCKOUT_ENDS}`;
    return Promise.resolve(leave(context, stopped(2, reason)));
  }
  const { account } = options;
  const request: ControlRequest = { kind: "lockout", until, account };
  return steer(context, options, request, () =>
    asWriter(context, options, { kind: "lockout", until, account }, (directory, answer) => {
      const code = say(context, options, request, answer);
      if (code === 0 && !options.json) context.screen.print(keptIn(directory));
      return code;
    }),
  );
}

type SwitchOptions = Parameters<Handlers["switchAccount"]>[0];

/** Off is written down with no process too, as it only keeps entries away; on takes one that obeys. */
function switchAccount(context: Context, options: SwitchOptions): Promise<ExitCode> {
  const { account, to } = options;
  const request = { kind: "switch", account, to } as const;
  if (to === "on") return steer(context, options, request);
  return steer(context, options, request, () =>
    asWriter(context, options, request, (directory, answer) => {
      const code = say(context, options, request, answer);
      if (code === 0 && !options.json) context.screen.print(keptIn(directory));
      return code;
    }),
  );
}

const keptIn = (directory: string): string =>
  `no process is running; written down in ${directory}, and it holds for the next start`;

type FlattenOptions = GlobalOptions & { readonly account: string | null };

/** Taken is not done: that only the venue can say. */
async function flatten(context: Context, options: FlattenOptions): Promise<ExitCode> {
  const taken = await steer(context, options, { kind: "flatten", account: options.account });
  return taken === 0 ? saidFlat(context, options) : taken;
}

const FLAT_WITHIN = 15_000;
const LOOK_EVERY = 200;

async function saidFlat(context: Context, options: FlattenOptions): Promise<ExitCode> {
  const { clock, screen } = context;
  const deadline = clock.now() + FLAT_WITHIN;
  for (;;) {
    const left = await unflattened(context, options);
    const isFlat = left?.length === 0;
    if (isFlat && !options.json) screen.print(`done: ${FLAT}`);
    if (isFlat && options.json) screen.printJson({ flat: true });
    if (isFlat) return 0;
    if (clock.now() >= deadline) {
      const who = left === null ? "nothing is heard of it" : left.join(", ");
      const how = "`tradestream status` shows what is left, `tradestream panic --yes` asks nobody";
      return leave(context, stopped(1, `not done within 15 s: ${who}; ${how}`));
    }
    await new Promise<void>((resolve) => {
      clock.schedule(millis(clock.now() + LOOK_EVERY), resolve);
    });
  }
}

const FLAT = "the venue reports no position and no order at work";

/** The accounts whose venue has not said it; null where nobody answers. */
async function unflattened(
  context: Context,
  options: FlattenOptions,
): Promise<readonly string[] | null> {
  const asked = await askRunning(context, options, { kind: "status" });
  if (!asked.ok || asked.value.kind !== "status") return null;
  return asked.value.status.accounts
    .filter(({ account, name }) => [null, account, name].includes(options.account))
    .flatMap(({ flattening, name }) => (flattening === true ? [name] : []));
}

async function steer(
  context: Context,
  options: GlobalOptions,
  request: ControlRequest,
  withNobody: ((detail: string) => Promise<ExitCode>) | null = null,
): Promise<ExitCode> {
  const asked = await askRunning(context, options, request);
  if (!asked.ok) {
    const { kind, detail } = asked.error;
    if (kind === "nobody" && withNobody !== null) return withNobody(detail);
    return leave(context, stopped(kind === "nobody" ? 4 : 1, detail));
  }
  const answer = asked.value;
  if (answer.kind === "command") return say(context, options, request, answer.answer);
  return leave(context, stopped(1, answer.kind === "fault" ? answer.reason : "not an answer"));
}

function say(
  context: Context,
  { json }: GlobalOptions,
  request: ControlRequest,
  answer: CommandAnswer,
): ExitCode {
  const { screen } = context;
  if (json) screen.printJson({ request, answer });
  if (answer.kind === "refused") {
    return leave(context, stopped(2, ...(json ? [] : [`refused: ${answer.reason}`])));
  }
  const note = answer.note === undefined ? "" : `; ${answer.note}`;
  if (!json) screen.print(`taken: ${wordsFor(request)}${note}`);
  return 0;
}

function wordsFor(request: ControlRequest): string {
  switch (request.kind) {
    case "halt":
      return `no more entries (${request.reason}); open trades are still cared for`;
    case "resume":
      return "entries are allowed again";
    case "flatten":
      return "every trade is being closed; no entries until resume";
    case "lockout":
      return request.account === null ? "locked out" : `locked out on ${request.account}`;
    case "firm-reset":
      return `${request.account} was begun anew by its firm`;
    case "firm-payout":
      return `$${request.amountUsd} were paid out of ${request.account}`;
    case "switch":
      return `${request.account} is ${request.to}`;
    case "attend":
      return "somebody is there";
    case "ack":
      return `heard by ${request.by}`;
    case "approve":
      return `entry ${request.entry} is approved; the timeline tells what became of it`;
    case "refuse":
      return `entry ${request.entry} is refused`;
    case "trim":
      return `${request.kind} ${request.quantity} of #${request.trade}`;
    case "stop":
    case "target":
      return `${request.kind} of #${request.trade} to ${pointsText(request.points)}`;
    case "close":
    case "breakeven":
    case "cancel":
    case "release":
      return `${request.kind} #${request.trade}`;
    default:
      return request.kind;
  }
}

/** In what the trade is counted we do not know here: a fraction is shown in cents at least. */
function pointsText(points: number): string {
  const text = String(points);
  return /\.\d$/.test(text) ? `${text}0` : text;
}

const haltSleeping = (
  context: Context,
  options: GlobalOptions,
  reason: string,
): Promise<ExitCode> =>
  asWriter(context, options, { kind: "halt", reason }, (directory) => {
    const request: ControlRequest = { kind: "halt", reason };
    if (options.json) return say(context, options, request, { kind: "taken" });
    const kept = `written down (${reason}): the next start on ${directory} enters nothing`;
    context.screen.print(`no process is running; ${kept}`);
    return 0;
  });

/** With nobody running we are the writer for a moment; `done` tells what was written down where. */
async function asWriter(
  context: Context,
  options: GlobalOptions,
  command: Command,
  done: (directory: string, answer: CommandAnswer) => ExitCode,
): Promise<ExitCode> {
  const directory = await newestDirectory(context, options);
  if (!directory.ok) return leave(context, directory.error);
  const at = context.clock.now();
  const opened = await openJournalIn(context, directory.value, at);
  if (!opened.ok) return leave(context, opened.error);
  const { journal, state, close } = opened.value;
  try {
    const { facts } = step(state, { kind: "command", at, quotes: [], command });
    const written = journal.append(facts);
    if (!written.ok) return leave(context, stopped(1, written.error.detail));
    return done(directory.value, answerIn(facts, command));
  } finally {
    close();
  }
}
