/**
 * The sources of one run: opened once, closed once, and deaf before and after.
 *
 * ```text
 * not yet ── every account settled ──► on ── stop ──► over
 * ```
 */
import type { Message } from "../core/model/message.ts";
import { OPEN_ROOM, type Room } from "../core/model/room.ts";
import { millis } from "../core/model/units.ts";
import type { AlertSource, SourceFault } from "../ports/alert-source.ts";
import type { ApprovalDesk, GiveAnswer } from "../ports/approvals.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { createIntake, type Intake, type Terms } from "./intake.ts";
import type { Loop } from "./loop.ts";
import type { MessageBook } from "./message-book.ts";

/** A source and what its messages may do. */
export interface Plugged {
  readonly source: AlertSource;
  /** False: there is nothing to fill them from, they are judged and kept. */
  readonly tradable: boolean;
  /** Each of its messages by the settings of its channel; null where nobody asked to hear it. */
  readonly roomOf: (message: Message) => Room | null;
  /** Where it asks people about entries that wait, if it can; to be called before it is opened. */
  readonly desk?: (answer: GiveAnswer) => ApprovalDesk;
  /** Whether a message of an earlier run came from it; without this, none did. */
  readonly owns?: (message: Message) => boolean;
}

export interface HearingParts {
  readonly sources: readonly Plugged[];
  readonly offer: Loop["offer"];
  readonly clock: Clock;
  readonly log: Log;
  /** Where messages are kept; null keeps none. */
  readonly messages: MessageBook | null;
  /** A source could not read something; it goes on with the next. */
  readonly sourceFault: (fault: SourceFault) => void;
  /** No source has anything more to say, and what was said is decided. */
  readonly exhausted: () => void;
}

export interface Hearing {
  /** Nothing more will be decided: the books of it are closed. */
  end(): void;
  /** What an operator hands in, heard like everything else. */
  readonly hear: Intake["take"];
  open(): void;
  close(): void;
}

/** Until what was said last is decided. */
const LOOK_WHETHER_IDLE = 50;

export function createHearing(parts: HearingParts): Hearing {
  const { clock } = parts;
  let stage: "not-yet" | "on" | "over" = "not-yet";
  let talking = parts.sources.length;
  let strangers = 0;
  const intake = createIntake({ ...parts, termsOf: (message) => termsOf(parts, message) });

  const listen = ({ source, tradable, roomOf }: Plugged): void =>
    source.open({
      message(message) {
        if (stage !== "on") return;
        const room = roomOf(message);
        if (room === null) ignore(message);
        else intake.take(message, { tradable, room });
      },
      fault(fault) {
        const { where, reason } = fault;
        parts.log.write("warn", "source-fault", { where, reason });
        parts.sourceFault(fault);
      },
      moved(state) {
        if (stage === "on") parts.offer({ kind: "source", source: source.name, state });
      },
      end() {
        talking -= 1;
        if (talking === 0) finish();
      },
    });
  /** Counted, and said at the first, the tenth, the hundredth ... */
  function ignore({ source, channel }: Message): void {
    strangers += 1;
    if (!Number.isInteger(Math.log10(strangers))) return;
    parts.log.write("info", "unknown-channel", { source, channel, ignored: strangers });
  }

  const finish = (): void => {
    if (stage !== "on") return;
    if (intake.isIdle()) parts.exhausted();
    else clock.schedule(millis(clock.now() + LOOK_WHETHER_IDLE), finish);
  };

  return {
    hear: intake.take,
    end: intake.end,
    open() {
      if (stage !== "not-yet") return;
      stage = "on";
      intake.begin();
      for (const one of parts.sources) listen(one);
    },
    close() {
      if (stage === "on") for (const { source } of parts.sources) source.close();
      stage = "over";
    },
  };
}

/** Of a message that was kept by an earlier run. */
function termsOf({ sources }: HearingParts, message: Message): Terms | "comes again" | null {
  // Whoever pasted it was not told what became of it: it may still take something off, and no more.
  if (message.source === "paste") return { tradable: false, room: OPEN_ROOM };
  const owner = sources.find(({ owns }) => owns?.(message) === true);
  const room = owner?.roomOf(message) ?? null;
  if (owner !== undefined && room !== null) return { tradable: owner.tradable, room };
  // A file is read from its beginning at every start, and says which of them it was.
  return message.source === "chat-file" ? "comes again" : null;
}
