/**
 * The sources of one run: opened once, closed once, and deaf before and after.
 *
 * ```text
 * not yet ── every account settled ──► on ── stop ──► over
 * ```
 */
import type { Message } from "../core/model/message.ts";
import type { Room } from "../core/model/room.ts";
import type { AlertSource, SourceFault } from "../ports/alert-source.ts";
import type { ApprovalDesk, GiveAnswer } from "../ports/approvals.ts";
import type { Log } from "../ports/log.ts";
import type { Loop } from "./loop.ts";

/** A source and what its messages may do. */
export interface Plugged {
  readonly source: AlertSource;
  /** False: there is nothing to fill them from, they are judged and kept. */
  readonly tradable: boolean;
  /** Each of its messages by the settings of its channel. */
  readonly roomOf: (message: Message) => Room;
  /** Where it asks people about entries that wait, if it can; to be called before it is opened. */
  readonly desk?: (answer: GiveAnswer) => ApprovalDesk;
}

export interface HearingParts {
  readonly sources: readonly Plugged[];
  readonly offer: Loop["offer"];
  readonly log: Log;
  /** A source could not read something; it goes on with the next. */
  readonly sourceFault: (fault: SourceFault) => void;
  /** No source has anything more to say. */
  readonly exhausted: () => void;
}

export interface Hearing {
  open(): void;
  close(): void;
}

export function createHearing(parts: HearingParts): Hearing {
  let stage: "not-yet" | "on" | "over" = "not-yet";
  let talking = parts.sources.length;

  const listen = ({ source, tradable, roomOf }: Plugged): void =>
    source.open({
      message(message) {
        if (stage !== "on") return;
        parts.offer({ kind: "message", message, tradable, room: roomOf(message), from: 0 });
      },
      fault(fault) {
        const { where, reason } = fault;
        parts.log.write("warn", "source-fault", { where, reason });
        parts.sourceFault(fault);
      },
      end() {
        talking -= 1;
        if (talking === 0 && stage === "on") parts.exhausted();
      },
    });

  return {
    open() {
      if (stage !== "not-yet") return;
      stage = "on";
      for (const one of parts.sources) listen(one);
    },
    close() {
      if (stage === "on") for (const { source } of parts.sources) source.close();
      stage = "over";
    },
  };
}
