/**
 * Cues that change a term: of an account, of how orders are filled, of what is said of a contract.
 */
import type { Root } from "../../core/model/instrument.ts";
import { isRoot } from "../../core/model/instruments.ts";
import { ticks } from "../../core/model/units.ts";
import { err, ok, type Result } from "../../std/result.ts";
import type { ListedContract } from "./contracts.ts";
import { decimal, whole } from "./cue-words.ts";
import type { StandInSettings } from "./settings.ts";

export type AccountTerm = "canTrade" | "isVisible" | "isFollower" | "bracketMode" | "maxContracts";

export interface AccountCue {
  readonly kind: "account";
  readonly id: number;
  readonly name: AccountTerm;
  readonly value: boolean | string | number | null;
}

export interface MatchingCue {
  readonly kind: "matching";
  readonly change: Partial<StandInSettings["matching"]>;
}

export interface MisstateCue {
  readonly kind: "misstate";
  readonly root: Root;
  readonly change: Partial<ListedContract>;
}

const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);

export function readAccount([
  account = "",
  name = "",
  value = "",
  ...more
]: readonly string[]): Result<AccountCue, string> {
  const id = whole(account);
  if (id === null || more.length > 0) return err("an account is its id, a name and a value");
  switch (name) {
    case "canTrade":
    case "isVisible":
    case "isFollower": {
      const truth = TRUTHS.get(value);
      if (truth === undefined) return err(`${name} is true or false`);
      return ok({ kind: "account", id, name, value: truth });
    }
    case "bracketMode":
      return value === "position" || value === "autoOco"
        ? ok({ kind: "account", id, name, value })
        : err("bracketMode is position or autoOco");
    case "maxContracts": {
      const most = value === "none" ? null : whole(value);
      if (most === null && value !== "none") return err("maxContracts is a whole number or none");
      return ok({ kind: "account", id, name, value: most });
    }
    default:
      return err("of an account: canTrade, isVisible, isFollower, bracketMode, maxContracts");
  }
}

/** No stop is ever so far behind the market. */
const NO_PROTECTION = 1_000_000;
const TICKS_MAX = 10_000;
const PARTIAL_SEED = 1;
const NONE = "none";

export function readMatching([name = "", value = "", ...more]: readonly string[]): Result<
  MatchingCue,
  string
> {
  const change = more.length === 0 ? matchingOf(name, value) : null;
  if (change !== null) return ok({ kind: "matching", change });
  return err(
    "matching is slippage and ticks, limit and through or touch, protection and ticks or none, partial and a chance or none",
  );
}

function matchingOf(name: string, value: string): MatchingCue["change"] | null {
  const count = whole(value);
  const size = count !== null && count <= TICKS_MAX ? ticks(count) : null;
  switch (name) {
    case "slippage":
      return size === null ? null : { slippage: size };
    case "limit":
      return value === "through" || value === "touch" ? { limitFill: value } : null;
    case "protection":
      if (value === NONE) return { stopProtection: ticks(NO_PROTECTION) };
      return size === null ? null : { stopProtection: size };
    case "partial": {
      if (value === NONE) return { partialFill: null };
      const permille = Math.round(decimal(value) * 1_000);
      const isChance = permille >= 0 && permille <= 1_000;
      return isChance ? { partialFill: { permille, seed: PARTIAL_SEED } } : null;
    }
    default:
      return null;
  }
}

export function readMisstate([
  root = "",
  name = "",
  value = "",
  ...more
]: readonly string[]): Result<MisstateCue, string> {
  if (!isRoot(root)) return err(`no product ${root}, such as MES`);
  const change = more.length === 0 ? statementOf(name, value) : null;
  if (change !== null) return ok({ kind: "misstate", root, change });
  return err("of a contract: tickSize or tickValue and a number, active and true or false");
}

function statementOf(name: string, value: string): MisstateCue["change"] | null {
  const number = decimal(value);
  const truth = TRUTHS.get(value);
  if (name === "active") return truth === undefined ? null : { activeContract: truth };
  if (!(number > 0)) return null;
  return name === "tickSize"
    ? { tickSize: number }
    : name === "tickValue"
      ? { tickValue: number }
      : null;
}
