/**
 * The line between the program and its venue, on the days on which it breaks.
 *
 * ```text
 * program ── request ──►  lost │ late │ refused ──► venue
 * program ◄── answer ───  lost                 ◄── venue
 * program ◄── order, fill reports, snapshots: silent for a while ◄── venue
 * ```
 *
 * Faults are armed one by one and strike the next request they fit; without one the line carries
 * everything as it is. What was said to a program that has died is never heard by the next.
 */
import { readName } from "../../src/core/model/ids.ts";
import { millis } from "../../src/core/model/units.ts";
import type { Outcome, VenueReport, VenueRequest } from "../../src/core/model/venue.ts";
import type { Broker } from "../../src/ports/broker.ts";
import type { Clock } from "../../src/ports/clock.ts";

export type LineFault =
  /** The venue says no. */
  | { readonly kind: "refuse"; readonly what: RequestKind; readonly code?: string }
  /** It never arrives; after a while its fate is unknown. */
  | { readonly kind: "lose-request"; readonly what: RequestKind }
  /** It arrives and is carried out, and nobody is told. */
  | { readonly kind: "lose-answer"; readonly what: RequestKind }
  /** Given up as unknown, and carried out long after. */
  | { readonly kind: "delay"; readonly what: RequestKind; readonly by: number };

/** `stop` and `target` are the changes of a leg, `leg` its placement. */
export type RequestKind =
  | "any"
  | "entry"
  | "leg"
  | "modify"
  | "stop"
  | "target"
  | "cancel"
  | "close";

/** What the whole line does until told otherwise. */
export interface Silence {
  /** Orders and fills are not reported. */
  readonly reports: boolean;
  /** Questions are not answered. */
  readonly questions: boolean;
  /** By how much the answer to a question is late; it shows the venue as it was before. */
  readonly lag: number;
  /** Every order and fill is reported a second time, so long after the first. */
  readonly echo: number | null;
}

export const NO_SILENCE: Silence = { reports: false, questions: false, lag: 0, echo: null };

export interface FaultyLine extends Broker {
  /** What the venue says, from outside. */
  heard(report: VenueReport): void;
}

export interface FaultyLineParts {
  readonly clock: Clock;
  readonly venue: Pick<Broker, "brackets" | "send" | "ask">;
  /** Armed faults, oldest first; one that strikes is taken out. */
  readonly faults: LineFault[];
  readonly silence: () => Silence;
  /** Told of every request before anything happens to it. */
  readonly sending: (request: VenueRequest) => void;
}

/** How long an answer is waited for before it counts as lost. */
const TIME_OUT = 2_500;
const LATENCY = 100;

const LOST: Outcome = { kind: "unknown", reason: "timed out" };
const REFUSED = { kind: "refused", code: "rejected", reason: "the venue says no" } as const;

export function faultyLine(parts: FaultyLineParts): FaultyLine {
  const { clock, venue, faults } = parts;
  const unanswered = new Set<string>();
  let listener: ((report: VenueReport) => void) | null = null;

  const later = (report: VenueReport, delay: number): void => {
    clock.schedule(millis(clock.now() + delay), () => listener?.(report));
  };
  const answer = ({ account, id }: VenueRequest, outcome: Outcome, delay: number): void =>
    later({ kind: "answer", account, id, outcome }, delay);

  function suffer(fault: LineFault, request: VenueRequest): void {
    if (fault.kind === "refuse") {
      const { code = REFUSED.code } = fault;
      return answer(request, { ...REFUSED, code }, LATENCY);
    }
    answer(request, LOST, TIME_OUT);
    if (fault.kind === "lose-request") return;
    unanswered.add(request.id);
    const by = fault.kind === "delay" ? fault.by : 0;
    clock.schedule(millis(clock.now() + by), () => venue.send(request));
  }

  return {
    brackets: venue.brackets,
    open(next) {
      listener = next;
    },
    send(request) {
      parts.sending(request);
      const index = faults.findIndex(({ what }) => fits(what, request));
      const [fault] = index === -1 ? [] : faults.splice(index, 1);
      if (fault === undefined) venue.send(request);
      else suffer(fault, request);
    },
    ask(account, since) {
      if (!parts.silence().questions) venue.ask(account, since);
    },
    heard(report) {
      const { reports, lag, echo } = parts.silence();
      if (report.kind === "answer" && unanswered.delete(report.id)) return;
      const isEvent = report.kind === "order" || report.kind === "fill";
      if (isEvent && reports) return;
      if (isEvent && echo !== null) later(report, echo);
      if (report.kind === "snapshot" && lag > 0) later(report, lag);
      else listener?.(report);
    },
    close() {
      listener = null;
    },
  };
}

function fits(what: RequestKind, request: VenueRequest): boolean {
  switch (what) {
    case "any":
      return true;
    case "entry":
      return request.kind === "place" && request.role === "entry";
    case "leg":
      return request.kind === "place" && request.role !== "entry";
    case "close":
      return request.kind === "close" || request.kind === "close-part";
    case "stop":
    case "target":
      return request.kind === "modify" && readName(request.id)?.role === what[0];
    default:
      return request.kind === what;
  }
}
