/**
 * A stand-in venue, open for business: its bad days, its prices and its doors around its logic.
 *
 * ```text
 * clients ─► server ─► faults ─► venue ◄─ levers ─ stage ◄─ script, control interface
 *                                  ▲
 *                                  └── own market, where there is no script
 * ```
 */
import type { Root } from "../../core/model/instrument.ts";
import type { Sessions } from "../../core/model/rules.ts";
import type { Millis } from "../../core/model/units.ts";
import type { Tape } from "../../core/paper/tape.ts";
import type { Clock } from "../../ports/clock.ts";
import { ok, type Result } from "../../std/result.ts";
import { controlDesk } from "./control.ts";
import type { FaultRates, Strike } from "./fault-odds.ts";
import { withFaults } from "./faults.ts";
import { ownMarket } from "./own-market.ts";
import { runScript, type TimedCue } from "./script.ts";
import { type ServerLimits, serveStandIn } from "./server.ts";
import { createStage, type Levers } from "./stage.ts";
import type { StandIn } from "./stand-in.ts";

export interface OpenVenueParts {
  readonly venue: StandIn;
  readonly levers: Levers;
  readonly clock: Clock;
  readonly host: string;
  readonly port: number;
  /** Of the faults and of the simulated market. */
  readonly seed: number;
  readonly rates: FaultRates;
  /** Null = its own market. */
  readonly script: readonly TimedCue[] | null;
  readonly sessions: Sessions;
  readonly controlToken: string | null;
  readonly tape: (root: Root, file: string) => Promise<Result<Tape, string>>;
  /** Null on the host's clock. */
  readonly advance: ((by: Millis) => void) | null;
  readonly limits?: ServerLimits;
  readonly struck: (strike: Strike) => void;
  /** A cue of the script that could not be carried out. */
  readonly stumbled: (line: number, reason: string) => void;
  /** The script or a person says it is enough. */
  readonly ended: () => void;
}

export interface OpenVenue {
  readonly url: string;
  readonly port: number;
  /** How often each fault has struck, for those that have. */
  struck(): readonly (readonly [string, number])[];
  close(): Promise<void>;
}

export async function openVenue(parts: OpenVenueParts): Promise<Result<OpenVenue, string>> {
  const { clock, levers, host, port, limits } = parts;
  const faults = withFaults(parts);
  const stage = createStage({ ...parts, faults, end: parts.ended });
  const served = await serveStandIn({
    ...{ standIn: faults, clock, host, port },
    control: controlDesk({ stage, token: parts.controlToken }),
    ...(limits === undefined ? {} : { limits }),
  });
  if (!served.ok) return served;
  const { seed, sessions, script } = parts;
  const stopPrices =
    script === null
      ? ownMarket({ seed, clock, sessions, levers })
      : runScript({ clock, cues: script, perform });

  function perform({ cue, line }: TimedCue): void {
    void stage.perform(cue).then((fault) => {
      if (fault !== null) parts.stumbled(line, fault);
    });
  }

  return ok({
    url: served.value.url,
    port: served.value.port,
    struck: () => Object.entries(faults.counts()).filter(([, count]) => count > 0),
    close() {
      stopPrices();
      stage.close();
      return served.value.close();
    },
  });
}
