/**
 * What a login says of all its accounts at once: that it is refused, and how far the clocks are apart.
 *
 * ```text
 * key withdrawn, subscription over, agreements to sign ─► barred    (until a person has acted)
 * Date of every answer ─► offset ─► moved? ─────────────► clock     (what follows is decided in the core)
 * ```
 *
 * An account that is locked says so itself. Here the account is well and the way to it is not: so it is
 * told of each account, and told again at every try that fails in the same way: a minute apart or
 * less while anything is open (`login-pauses.ts`).
 */
import type { AccountId } from "../../core/model/ids.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { VenueReport } from "../../core/model/venue.ts";
import type { Broker } from "../../ports/broker.ts";
import type { Clock } from "../../ports/clock.ts";
import type { GatewayClient } from "./gateway-client.ts";

export interface LoginGuardParts {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly login: Pick<GatewayClient, "listen" | "health" | "clockOffset">;
  readonly accounts: readonly AccountId[];
  /** Whether any of them holds something, or may. */
  readonly isExposed: () => boolean;
}

/** Answers measure the difference to some tens of milliseconds; what is less than this is no news. */
const MOVED = 100;

export function guardedLogin(parts: LoginGuardParts): Broker {
  const { broker, clock, login, accounts, isExposed } = parts;
  let listener: ((report: VenueReport) => void) | null = null;
  let told: Millis | null = null;

  const tellAll = (reportFor: (account: AccountId) => VenueReport): void =>
    void clock.schedule(clock.now(), () => {
      for (const account of accounts) listener?.(reportFor(account));
    });
  const shutOut = (reason: string): void =>
    tellAll((account) => ({ kind: "barred", account, reason }));
  const dated = (): void => {
    const offset = login.clockOffset();
    if (offset === null || Math.abs(offset - (told ?? millis(0))) < MOVED) return;
    told = offset;
    tellAll((account) => ({ kind: "clock", account, offset }));
  };

  return {
    brackets: broker.brackets,
    open(heard) {
      listener = heard;
      broker.open(heard);
      login.listen({ shutOut, dated, isExposed });
      const { loginFault } = login.health();
      if (loginFault?.kind === "fatal") shutOut(loginFault.reason);
      dated();
    },
    send: (request) => broker.send(request),
    ask: (account, since) => broker.ask(account, since),
    close() {
      listener = null;
      broker.close();
    },
  };
}
