/**
 * The venue of the storm: the very matching of the paper venue, behind a line that loses, delays
 * and doubles what it carries.
 *
 * It keeps the truth the oracle looks at. While the program is down it either goes on, as a real
 * venue does, or rests, as the paper venue does.
 */
import type { AccountId } from "../../src/core/model/ids.ts";
import type { Quote } from "../../src/core/model/quote.ts";
import { type Millis, millis, money } from "../../src/core/model/units.ts";
import type { Outcome, VenueReport, VenueRequest } from "../../src/core/model/venue.ts";
import type { VenueEvent } from "../../src/core/paper/event.ts";
import type { VenueSettings } from "../../src/core/paper/settings.ts";
import { emptyVenue, type VenueState } from "../../src/core/paper/state.ts";
import { applyToVenue } from "../../src/core/paper/venue.ts";
import type { Broker } from "../../src/ports/broker.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Faults } from "./weather.ts";

/** A venue the storm can play with, whatever lies between it and the program. */
export interface StormVenue extends Broker {
  truth(): VenueState;
  price(quote: Quote): void;
  /** The program died: nobody listens any more. */
  hangUp(): void;
  /** What it tells unasked is lost for so long; it says so, and when it is whole again. */
  breakLine(span: number): void;
  /** Null while it is whole. */
  lineDownSince(): number | null;
  /** Something placed behind our back; whether the venue took it. */
  foreign(request: VenueRequest): boolean;
  /** From here on nothing goes wrong on the way. */
  calm(): void;
}

export interface SimVenueParts {
  readonly clock: Clock;
  readonly settings: VenueSettings;
  readonly accounts: readonly AccountId[];
  readonly survives: boolean;
  readonly latency: number;
  readonly timeout: number;
  readonly faults: Faults;
  /** Of a contract. */
  readonly quote: (contract: string) => Quote | null;
  /** A fault begun long ago does its harm now. */
  readonly struck: () => void;
  readonly changed: (state: VenueState, event: VenueEvent, reports: readonly VenueReport[]) => void;
}

const TIMED_OUT: Outcome = { kind: "unknown", reason: "timed out" };

export function simVenue(parts: SimVenueParts): StormVenue {
  const { clock, faults } = parts;
  let state = emptyVenue(parts.settings);
  let listener: ((report: VenueReport) => void) | null = null;
  let session = 0;
  let lineDownSince: number | null = null;
  for (const account of parts.accounts) {
    apply({
      kind: "account",
      at: clock.now(),
      account,
      balance: money(500_000_000),
      fees: { kind: "table" },
    });
  }

  function apply(event: VenueEvent): readonly VenueReport[] {
    const next = applyToVenue(state, event);
    if (next.state !== state || next.reports.length > 0) {
      state = next.state;
      parts.changed(state, event, next.reports);
    }
    return next.reports;
  }

  const at = (delay: number): Millis => millis(clock.now() + delay);
  const later = (delay: number, task: () => void): void => void clock.schedule(at(delay), task);

  /** Speaks only to the process that was listening when it was said. */
  function tell(report: VenueReport, delay = 0): void {
    const spoken = session;
    later(delay, () => {
      if (spoken === session) listener?.(report);
    });
  }

  function deliver(reports: readonly VenueReport[]): void {
    for (const report of reports) {
      if (report.kind !== "answer") carry(report);
      else if (faults.strikes("answer-lost")) tellUnknown(report);
      else tell(report, faults.strikes("answer-late") ? 50 + faults.draw("answer-delay", 1500) : 0);
    }
  }

  function tellLink(link: "up" | "down"): void {
    for (const account of parts.accounts) tell({ kind: "link", account, state: link });
  }

  function carry(report: VenueReport): void {
    if (lineDownSince !== null && report.kind !== "snapshot") return parts.struck();
    if (report.kind !== "snapshot" && faults.strikes("report-dropped")) return;
    tell(report, faults.strikes("report-late") ? 20 + faults.draw("report-delay", 3000) : 0);
    if (faults.strikes("report-doubled")) tell(report, faults.draw("double-delay", 5000));
  }

  function tellUnknown(report: Extract<VenueReport, { kind: "answer" }>): void {
    tell({ ...report, outcome: TIMED_OUT }, parts.timeout);
  }

  const answerTo = (request: VenueRequest, outcome: Outcome): VenueReport => ({
    kind: "answer",
    account: request.account,
    id: request.id,
    outcome,
  });

  function refusedByWhim(request: VenueRequest): boolean {
    if (request.kind === "place")
      return faults.strikes(request.role === "entry" ? "place-refused" : "leg-refused");
    return request.kind === "modify" && faults.strikes("modify-refused");
  }

  function send(request: VenueRequest): void {
    if (faults.strikes("request-lost")) return tell(answerTo(request, TIMED_OUT), parts.timeout);
    // Executed long after the line gave up: the answer is lost, the order is not.
    const late = faults.strikes("request-late");
    if (late) tell(answerTo(request, TIMED_OUT), parts.timeout);
    later(late ? 1_000 + faults.draw("very-late", 89_000) : parts.latency, () => {
      if (late) parts.struck();
      if (refusedByWhim(request)) {
        return tell(
          answerTo(request, { kind: "refused", code: "rejected", reason: "velocity control" }),
        );
      }
      deliver(
        apply({ kind: "request", at: clock.now(), request, quote: parts.quote(request.contract) }),
      );
    });
  }

  function ask(account: AccountId, since: Millis): void {
    const askedAt = clock.now();
    if (faults.strikes("snapshot-lost")) return;
    later(parts.latency, () => {
      const reports = applyToVenue(state, {
        kind: "ask",
        at: clock.now(),
        account,
        askedAt,
        since,
      }).reports;
      // It shows the venue as it was, whatever happens on the way.
      const delay = faults.strikes("snapshot-late") ? faults.draw("snapshot-delay", 5_000) : 0;
      for (const report of reports) tell(report, delay);
    });
  }

  return {
    brackets: parts.settings.brackets,
    open(next) {
      session++;
      listener = next;
      if (lineDownSince !== null) tellLink("down");
    },
    lineDownSince: () => lineDownSince,
    breakLine(span) {
      if (lineDownSince !== null) return;
      lineDownSince = clock.now();
      tellLink("down");
      later(span, () => {
        lineDownSince = null;
        parts.struck();
        tellLink("up");
      });
    },
    hangUp() {
      session++;
      listener = null;
    },
    close: () => {},
    calm: () => {},
    send,
    ask,
    truth: () => state,
    price(quote) {
      if (listener === null && !parts.survives) return;
      deliver(apply({ kind: "price", at: clock.now(), quote }));
    },
    foreign(request) {
      const reports = apply({
        kind: "request",
        at: clock.now(),
        request,
        quote: parts.quote(request.contract),
      });
      deliver(reports);
      return reports.some((one) => one.kind === "answer" && one.outcome.kind === "done");
    },
  };
}
