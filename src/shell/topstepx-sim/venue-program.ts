/**
 * The stand-in venue as a program: from words of the command line to an open door.
 *
 * The person who may log in is made up, and known to everybody.
 */
import { basename, dirname } from "node:path";
import type { Root } from "../../core/model/instrument.ts";
import type { Tape } from "../../core/paper/tape.ts";
import type { Clock } from "../../ports/clock.ts";
import type { VenueWords } from "../../ports/console.ts";
import { err, ok, type Result } from "../../std/result.ts";
import type { Strike } from "./fault-odds.ts";
import { leversOf } from "./levers.ts";
import { type OpenVenue, openVenue } from "./open-venue.ts";
import { OWN_PRODUCTS } from "./own-market.ts";
import type { TimedCue } from "./script.ts";
import { DEFAULT_STAND_IN, type StandInAccount } from "./settings.ts";
import { createStandIn } from "./venue.ts";
import { readAccounts, readRates, readScriptFile, readSwitches } from "./venue-words.ts";

export interface VenueProgramParts {
  /** Its script is a path that leads there from the process. */
  readonly words: VenueWords;
  readonly clock: Clock;
  /** Where files of prices are looked for when no script says otherwise. */
  readonly here: string;
  readonly tape: (root: Root, path: string) => Promise<Result<Tape, string>>;
  readonly struck: (strike: Strike) => void;
  readonly stumbled: (line: number, reason: string) => void;
  readonly ended: () => void;
}

export interface VenueProgram extends OpenVenue {
  readonly introduction: Introduction;
}

export interface Introduction {
  readonly userName: string;
  readonly apiKey: string;
  readonly accounts: readonly Pick<StandInAccount, "id" | "name" | "balance">[];
  /** For people: where prices come from. */
  readonly prices: string;
}

/** Words that make no sense are `wrong`; a port that is taken is not, and may be free tomorrow. */
export interface VenueRefusal {
  readonly isWrong: boolean;
  readonly reason: string;
}

const HOST = "127.0.0.1";
const FIRST_USER = { userName: "trader", apiKey: "practice-key" };

export async function openProgram(
  parts: VenueProgramParts,
): Promise<Result<VenueProgram, VenueRefusal>> {
  const { words, clock } = parts;
  const { port, seed, script, alwaysOpen } = words;
  const rates = readRates(words.faults);
  if (!rates.ok) return wrong(rates.error);
  const switches = readSwitches(words.switches);
  if (!switches.ok) return wrong(switches.error);
  const accounts = readAccounts(words.accounts);
  if (!accounts.ok) return wrong(accounts.error);
  const cues = script === null ? ok(null) : readScriptFile(script, accounts.value);
  if (!cues.ok) return wrong(cues.error);
  const settings = {
    ...DEFAULT_STAND_IN,
    ...{ users: [FIRST_USER], accounts: accounts.value, switches: switches.value },
    ...(words.unlimited ? { rates: null } : {}),
    ...(alwaysOpen ? { hours: "always-open" as const } : {}),
  };
  const venue = createStandIn({ clock, settings, seed });
  const directory = script === null ? parts.here : dirname(script);
  const opened = await openVenue({
    ...{ venue, levers: leversOf(venue, clock), clock, host: HOST, port, seed },
    ...{ rates: rates.value, script: cues.value, controlToken: null, advance: null },
    sessions: alwaysOpen ? "always-open" : "cme",
    tape: (root, file) => parts.tape(root, `${directory}/${file}`),
    ...{ struck: parts.struck, stumbled: parts.stumbled, ended: parts.ended },
  });
  if (!opened.ok) return err({ isWrong: false, reason: opened.error });
  const introduction = {
    ...FIRST_USER,
    accounts: accounts.value.map(({ id, name, balance }) => ({ id, name, balance })),
    prices: pricesText(words, cues.value),
  };
  const close = (): Promise<void> => {
    venue.close();
    return opened.value.close();
  };
  return ok({ ...opened.value, introduction, close });
}

function pricesText({ script, seed }: VenueWords, cues: readonly TimedCue[] | null): string {
  if (script === null || cues === null) return `simulated, seed ${seed}: ${OWN_PRODUCTS.join(" ")}`;
  return `${basename(script)}, ${cues.length} ${cues.length === 1 ? "cue" : "cues"}`;
}

const wrong = (reason: string): Result<never, VenueRefusal> => err({ isWrong: true, reason });
