/**
 * No entry in a contract the venue does not list as we know it.
 *
 * A tick of another size, another month, a symbol that is not there: each makes every figure of the
 * trade a guess. What is open already is looked after all the same; only entries are stopped here,
 * before they leave.
 */
import type { VenueReport, VenueRequest } from "../../core/model/venue.ts";
import type { Broker } from "../../ports/broker.ts";
import type { Clock } from "../../ports/clock.ts";

export interface EntryGuardParts {
  readonly broker: Broker;
  readonly clock: Clock;
  /** Why nothing may be entered in this contract; null when it may. */
  readonly refusal: (contract: string) => string | null;
}

export function guardedEntries({ broker, clock, refusal }: EntryGuardParts): Broker {
  let listener: ((report: VenueReport) => void) | null = null;
  const refuse = ({ account, id }: VenueRequest, reason: string): void => {
    const outcome = { kind: "refused", code: "contract", reason } as const;
    clock.schedule(clock.now(), () => listener?.({ kind: "answer", account, id, outcome }));
  };
  return {
    brackets: broker.brackets,
    open(heard) {
      listener = heard;
      broker.open(heard);
    },
    send(request) {
      const isEntry = request.kind === "place" && request.role === "entry";
      const reason = isEntry ? refusal(request.contract) : null;
      if (reason === null) broker.send(request);
      else refuse(request, reason);
    },
    ask: (account, since) => broker.ask(account, since),
    close() {
      listener = null;
      broker.close();
    },
  };
}
