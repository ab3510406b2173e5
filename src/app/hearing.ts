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
import type { Log } from "../ports/log.ts";
import type { Loop } from "./loop.ts";

/** A source and what its messages may do. */
export interface Plugged {
  readonly source: AlertSource;
  /** False: there is nothing to fill them from, they are judged and kept. */
  readonly tradable: boolean;
  /** Each of its messages by the settings of its channel; null where nobody asked to hear it. */
  readonly roomOf: (message: Message) => Room | null;
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

  let strangers = 0;

  const listen = ({ source, tradable, roomOf }: Plugged): void =>
    source.open({
      message(message) {
        if (stage !== "on") return;
        const room = roomOf(message);
        if (room === null) ignore(message);
        else parts.offer({ kind: "message", message, tradable, room, from: 0 });
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

  /** Counted, and said at the first, the tenth, the hundredth ... */
  function ignore({ source, channel }: Message): void {
    strangers += 1;
    if (!Number.isInteger(Math.log10(strangers))) return;
    parts.log.write("info", "unknown-channel", { source, channel, ignored: strangers });
  }

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
