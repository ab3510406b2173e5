/** What was said on the command line of the stand-in venue, turned into its settings, or refused. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { err, ok, type Result } from "../../std/result.ts";
import type { Cue } from "./cues.ts";
import { FAULT_NAMES, type FaultName, isFaultName } from "./fault-names.ts";
import type { FaultRates } from "./fault-odds.ts";
import { readScript, type TimedCue } from "./script.ts";
import { PRACTICE_ACCOUNT, type StandInAccount } from "./settings.ts";
import { DEFAULT_SWITCHES, type Switches, turned } from "./switches.ts";

const ACCOUNTS_MAX = 5_000;
const SCRIPT_SIZE_MAX = 8 * 1_024 * 1_024;

/** `answer-lost=0.1` */
export function readRates(words: readonly string[]): Result<FaultRates, string> {
  const rates: Partial<Record<FaultName, number>> = {};
  for (const word of words) {
    const [name, value] = partsOf(word);
    if (!isFaultName(name)) {
      return err(`--fault ${word}: no fault ${name}; there are ${FAULT_NAMES.join(", ")}`);
    }
    const rate = /^\d(\.\d{1,9})?$/.test(value) ? Number(value) : Number.NaN;
    if (!(rate >= 0 && rate <= 1)) {
      return err(`--fault ${word}: a rate is a chance from 0 to 1, such as ${name}=0.05`);
    }
    rates[name] = rate;
  }
  return ok(rates);
}

/** `cancelLeg=sibling-cancelled` */
export function readSwitches(words: readonly string[]): Result<Switches, string> {
  let switches = DEFAULT_SWITCHES;
  for (const word of words) {
    const next = turned(switches, ...partsOf(word));
    if (!next.ok) return err(`--switch ${word}: ${next.error}`);
    switches = next.value;
  }
  return ok(switches);
}

function partsOf(word: string): readonly [name: string, value: string] {
  const at = word.indexOf("=");
  return at < 0 ? [word, ""] : [word.slice(0, at), word.slice(at + 1)];
}

/** A number of practice accounts, or their names with commas between them. */
export function readAccounts(word: string | null): Result<readonly StandInAccount[], string> {
  if (word === null) return ok([PRACTICE_ACCOUNT]);
  const count = /^\d{1,9}$/.test(word) ? Number(word) : null;
  if (count !== null && (count < 1 || count > ACCOUNTS_MAX)) {
    return err(`--accounts ${word}: expected from 1 to ${ACCOUNTS_MAX} of them, or names`);
  }
  const names =
    count === null
      ? word.split(",")
      : Array.from({ length: count }, (_, index) => `PRAC-V2-TRADER-${index + 1}`);
  const odd = names.find((name) => !/^[A-Za-z0-9-]{1,40}$/.test(name));
  if (odd !== undefined) {
    return err(`--accounts ${word}: a name is letters, digits and hyphens, such as 50KTC-V2-1`);
  }
  if (names.length > ACCOUNTS_MAX || new Set(names).size < names.length) {
    return err(`--accounts: up to ${ACCOUNTS_MAX} names, each once`);
  }
  const { id } = PRACTICE_ACCOUNT;
  return ok(names.map((name, index) => ({ ...PRACTICE_ACCOUNT, id: id + index, name })));
}

/** What it names has to be there, or the venue would stumble over it in the middle of its day. */
export function readScriptFile(
  path: string,
  accounts: readonly StandInAccount[],
): Result<readonly TimedCue[], string> {
  const text = textOf(path);
  if (!text.ok) return text;
  const script = readScript(text.value);
  if (!script.ok) return err(`${path}: ${script.error}`);
  for (const { cue, line } of script.value) {
    const missing = missingOf(cue, path, accounts);
    if (missing !== null) return err(`${path}: line ${line}: ${missing}`);
  }
  return script;
}

const NAMED_MAX = 5;

function missingOf(cue: Cue, script: string, accounts: readonly StandInAccount[]): string | null {
  if (cue.kind === "ticks") {
    const file = join(dirname(script), cue.file);
    return existsSync(file) ? null : `there is no file ${file}`;
  }
  if (cue.kind !== "account" && cue.kind !== "flatten") return null;
  if (accounts.some(({ id }) => id === cue.id)) return null;
  const ids = accounts.slice(0, NAMED_MAX).map(({ id }) => id);
  const more = accounts.length > NAMED_MAX ? " and more" : "";
  return `no account ${cue.id}; there is ${ids.join(", ")}${more}`;
}

function textOf(path: string): Result<string, string> {
  try {
    if (!statSync(path).isFile()) return err(`${path}: this is not a file`);
    if (statSync(path).size > SCRIPT_SIZE_MAX) return err(`${path}: longer than 8 MiB`);
    return ok(readFileSync(path, "utf8"));
  } catch (failure) {
    if (!(failure instanceof Error) || !("code" in failure)) throw failure;
    return err(`${path}: ${failure.code === "ENOENT" ? "there is no such file" : failure.message}`);
  }
}
