/**
 * One run of the house, from its first fact to its last, on whatever clock and venue it is given.
 *
 * ```text
 * venue opened ─► start ─► venue's truth compared with the books ─► sources opened ─► ... ─► stop
 * ```
 *
 * Live, demo and replay differ in the parts they bring. What happens in between, and in which
 * order, is the same here for all of them.
 */
import type { InputOf } from "../core/model/input.ts";
import { millis } from "../core/model/units.ts";
import { accountOf, type State } from "../core/state.ts";
import type { ApprovalDesk } from "../ports/approvals.ts";
import type { Recorded } from "../ports/journal.ts";
import { approvalAudience } from "./approval-audience.ts";
import { openTrades } from "./exposure.ts";
import { createHearing, type Hearing, type HearingParts } from "./hearing.ts";
import { createLoop, type Loop, type LoopParts } from "./loop.ts";
import { snapshotOf } from "./recover.ts";
import { shutDown } from "./shutdown.ts";

export type Opening = Omit<InputOf<"start">, "kind" | "at" | "quotes">;

export interface RunParts extends Omit<LoopParts, "giveUp">, Omit<HearingParts, "offer"> {
  readonly initial: State;
  readonly opening: Opening;
  /** Where a person is asked about entries that wait, beside the command line. */
  readonly desks?: readonly ApprovalDesk[];
  /** Every account agrees with the venue and the sources are open. */
  readonly settled: () => void;
  /** The last fact is written. With a fault: the house could not be trusted any more. */
  readonly ended: (fault: string | null) => void;
}

export interface Run {
  readonly loop: Loop;
  /** A message from an operator. */
  readonly hear: Hearing["hear"];
  /** Begins the clean stop. Only the first call counts. */
  stop(reason: string, options: { readonly flatten: boolean }): void;
  /** The same, as soon as no trade is open. */
  stopWhenFlat(reason: string): void;
  /** Nothing more is heard; what is open is cared for. */
  deafen(): void;
}

/** Time for answers at a clean stop. */
const STOP_PATIENCE = millis(10_000);
const LOOK_WHETHER_FLAT = 1_000;

export function startRun(parts: RunParts): Run {
  const { clock, journal, log } = parts;
  let fault: string | null = null;
  let isSettled = false;
  let isStopping = false;

  const told = (recorded: readonly Recorded[]): void => {
    if (!isSettled && isEveryAccountSettled(loop.state())) settle();
    // Between two turns the state is what the journal adds up to, neither more nor less.
    if (recorded.some(({ fact }) => fact.kind === "TradeDateBegan")) soon(roll);
  };
  const giveUp = (reason: string): void => {
    fault = reason;
    stop(reason, { flatten: false });
  };
  const approvals = approvalAudience({
    clock,
    desks: parts.desks ?? [],
    state: () => loop.state(),
    quotes: () => parts.followed.flatMap((root) => parts.market.quote(root) ?? []),
  });
  const audience = [...parts.audience, approvals, { told }];
  const loop = createLoop({ ...parts, audience, giveUp }, parts.initial);
  const hearing = createHearing({ ...parts, offer: loop.offer });

  function soon(task: () => void, delay = 0): void {
    clock.schedule(millis(clock.now() + delay), task);
  }

  /** In a turn of its own: a source may speak at once. */
  function settle(): void {
    isSettled = true;
    soon(() => {
      if (isStopping) return;
      hearing.open();
      parts.settled();
    });
  }

  function roll(): void {
    saveSnapshot();
    parts.messages?.prune();
  }

  function saveSnapshot(): void {
    if (loop.impaired()) return;
    const saved = journal.saveSnapshot(snapshotOf(loop.state(), journal.head().sequence));
    if (!saved.ok) log.write("warn", "snapshot-refused", { detail: saved.error.detail });
  }

  function stop(reason: string, { flatten }: { readonly flatten: boolean }): void {
    if (isStopping) return;
    isStopping = true;
    hearing.close();
    shutDown({ clock, loop, reason, flatten, patience: STOP_PATIENCE, done: close });
  }

  function stopWhenFlat(reason: string): void {
    if (openTrades(loop.state()).length === 0) stop(reason, { flatten: false });
    else soon(() => stopWhenFlat(reason), LOOK_WHETHER_FLAT);
  }

  function close(): void {
    saveSnapshot();
    loop.stop();
    parts.messages?.end();
    parts.broker.close();
    parts.market.close();
    parts.ended(fault);
  }

  parts.broker.open((report) => loop.offer({ kind: "report", report }));
  loop.offer({ kind: "start", ...parts.opening });
  return { loop, hear: hearing.hear, stop, stopWhenFlat, deafen: hearing.close };
}

/** Accounts of an earlier configuration are cared for, and not waited for. */
function isEveryAccountSettled(state: State): boolean {
  const { accounts } = state.settings;
  return accounts.length > 0 && accounts.every(({ id }) => accountOf(state, id).settled);
}
