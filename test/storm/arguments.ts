/** What the storm is asked for on the command line, or what is wrong with it in one line. */
import { parseArgs } from "node:util";
import { isFaultName } from "../../src/shell/topstepx-sim/fault-names.ts";
import { err, ok, type Result } from "../../src/std/result.ts";
import { isFaultKind, type WeatherAims } from "./weather.ts";

export const USAGE = `npm run storm -- [OPTION ...]

  --seed N         the first seed (1)
  --seeds N        how many, spread over the processors (100)
  --venue NAME     paper, or wire: the TopstepX adapter and a stand-in venue (paper)
  --only KIND      no fault but this one, as often as it gets; may be given several times
  --trace          the whole story of one seed
  --shrunk         with --trace: with no more faults than it takes to fail
  --recorded       the seeds that were broken once
  --canaries       the deliberate mistakes, each of which must be caught
  --help           this

Exit code 1: something is broken. 2: it was asked for in a way nobody understands.`;

export interface Asked {
  readonly what: "window" | "trace" | "recorded" | "canaries" | "help";
  readonly seed: number;
  readonly seeds: number;
  readonly isShrunk: boolean;
  readonly aims: WeatherAims;
  /** First seed, how many and every which one: a part of a window, for a process of its own. */
  readonly child: readonly number[] | null;
}

const OPTIONS = {
  seeds: { type: "string", default: "100" },
  seed: { type: "string", default: "1" },
  trace: { type: "boolean", default: false },
  shrunk: { type: "boolean", default: false },
  canaries: { type: "boolean", default: false },
  recorded: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
  venue: { type: "string", default: "paper" },
  only: { type: "string", multiple: true, default: [] as string[] },
  child: { type: "string" },
} as const;

export function readArguments(args: readonly string[]): Result<Asked, string> {
  const parsed = parsedOf(args);
  if (!parsed.ok) return parsed;
  const { seed, seeds, venue, only, shrunk, child, ...asked } = parsed.value;
  const strange = only.find((one) => !isFaultKind(one) && !isFaultName(one));
  if (strange !== undefined) return err(`--only ${strange}: there is no such fault`);
  if (venue !== "paper" && venue !== "wire") return err(`--venue ${venue}: it is paper or wire`);
  for (const [name, text] of Object.entries({ seed, seeds }))
    if (!/^\d{1,15}$/.test(text)) return err(`--${name} ${text}: it is a whole number`);
  const kinds = only.filter((one) => isFaultKind(one) || isFaultName(one));
  const what = (["help", "recorded", "canaries", "trace"] as const).find((one) => asked[one]);
  return ok({
    ...{ what: what ?? "window", seed: Number(seed), seeds: Number(seeds), isShrunk: shrunk },
    aims: { venue, ...(kinds.length > 0 && { only: kinds }) },
    child: child === undefined ? null : child.split(",").map(Number),
  });
}

function parsedOf(args: readonly string[]) {
  try {
    return ok(parseArgs({ args: [...args], options: OPTIONS }).values);
  } catch (fault) {
    // It says which, and then at length how to write a word that only looks like an option.
    const said = fault instanceof Error ? fault.message : String(fault);
    return err(said.split(". ")[0] ?? said);
  }
}
