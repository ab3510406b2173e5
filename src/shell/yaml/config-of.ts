/** From the file as the schema has read it to the configuration the program runs on. */
import type { Config } from "../../core/model/config.ts";
import { accountId } from "../../core/model/ids.ts";
import type { ByFamily, Limits, Rules, Sizing } from "../../core/model/rules.ts";
import { ticks } from "../../core/model/units.ts";
import type { Formats } from "./room-checks.ts";
import type { ConfigFile, RuleSet } from "./schema.ts";
import { sourceOf } from "./source-of.ts";

export function configOf(file: ConfigFile, formats: Formats): Config {
  const { mode, dataDirectory, logLevel, flattenOnStop, paste, market, paper, accounts } = file;
  const sets = Object.entries(file.rules).map(([name, set]) => [name, rulesOf(set)] as const);
  return {
    mode,
    settings: {
      ruleSets: Object.fromEntries(sets),
      accounts: accounts.map(({ id, name, rules, group }) => ({
        id: accountId(id),
        name,
        rules,
        brackets: paper.brackets, // what the venue can do, its accounts can
        ...(group === undefined ? {} : { group }),
        ...(paper.sessions === "cme" ? {} : { sessions: paper.sessions }),
      })),
    },
    balances: accounts.map(({ id, balance }) => ({ account: accountId(id), balance })),
    paper: { ...paper, slippage: ticks(paper.slippage) },
    market,
    sources: file.sources.map((source) => sourceOf(source, file, formats)),
    formats,
    ...(file.formats === null ? {} : { formatsDirectory: file.formats }),
    dataDirectory,
    logLevel,
    flattenOnStop,
    paste,
  };
}

function rulesOf(set: RuleSet): Rules {
  const { entry, exits, fees, adds } = set;
  return {
    tradeAs: tradeAsOf(set),
    sizing: sizingOf(set.sizing),
    sizeUnstated: set.sizeUnstated === "refuse" ? null : set.sizeUnstated,
    entry,
    exits,
    limits: limitsOf(set),
    fees,
    adds,
  };
}

/** A root that trades itself needs no row. */
const tradeAsOf = ({ tradeAs }: RuleSet): Rules["tradeAs"] =>
  Object.fromEntries(Object.entries(tradeAs).filter(([alerted, traded]) => alerted !== traded));

function sizingOf({ kind, ...letters }: RuleSet["sizing"]): Sizing {
  const { A, B, C } = letters;
  return { kind, bySize: { A, B, C } } as Sizing; // both kinds have the same three letters
}

function limitsOf({ limits, families }: RuleSet): Limits {
  const { stopDistance, collar, ...others } = limits;
  const only = <T>(byFamily: Readonly<Record<string, T>>): ByFamily<T> =>
    Object.fromEntries(
      Object.entries(byFamily).filter(([root]) => families.some((family) => family === root)),
    );
  return { stopDistance: only(stopDistance), collar: only(collar), ...others };
}
