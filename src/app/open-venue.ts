/**
 * The live venue of a configuration, with its key read from where it is kept.
 *
 * Nothing is sent yet: whoever uses a part of it makes the first call.
 */
import type { Config, TopstepxConfig } from "../core/model/config.ts";
import type { Root } from "../core/model/instrument.ts";
import type { LiveVenue } from "../ports/live-venue.ts";
import type { Log } from "../ports/log.ts";
import { err, ok, type Result } from "../std/result.ts";
import { type Context, type Stopped, stopped } from "./context.ts";
import { placeFrom } from "./places.ts";
import { wire } from "./wire.ts";

/** For commands that leave no trace. */
export const SILENT_LOG: Log = { write: () => {} };

export interface VenueSpec {
  readonly config: Config;
  readonly broker: TopstepxConfig;
  readonly log: Log;
}

export async function openVenue(
  { here, clock }: Pick<Context, "here" | "clock">,
  { config, broker, log }: VenueSpec,
): Promise<Result<LiveVenue, Stopped>> {
  const { readSecret } = await wire.secrets();
  const key = readSecret(placeFrom(here, broker.apiKey));
  if (!key.ok) return err(stopped(2, `topstepx: ${key.error}`));
  const { openLiveVenue } = await wire.liveVenue();
  return ok(
    openLiveVenue({ config: broker, apiKey: key.value, roots: rootsOf(config), clock, log }),
  );
}

/** What is followed is what can be traded. */
const rootsOf = ({ market }: Config): readonly Root[] =>
  market.kind === "topstepx" ? market.instruments : [];
