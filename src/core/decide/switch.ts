/**
 * One account is switched off, or on again; the others go on.
 *
 * ```text
 * off   no entries, unfilled ones are withdrawn; stops, targets and updates of what is open go on
 * on    entries again, unless a halt, a lock-out or a limit says otherwise: those are not touched
 * ```
 */
import { valuesOf } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import type { Command, CommandAnswer } from "../model/command.ts";
import type { Fact } from "../model/fact.ts";
import { millis } from "../model/units.ts";
import { showWhen } from "../model/when.ts";
import { lockedUntil } from "../risk/barred.ts";
import { riskOf } from "../risk/memory.ts";
import { barsOf } from "../state.ts";
import type { Turn } from "../turn.ts";
import { accountNamed } from "./named-account.ts";

interface Decision {
  readonly answer: CommandAnswer;
  readonly facts: readonly Fact[];
}

const refused = (reason: string): Decision => ({ answer: { kind: "refused", reason }, facts: [] });

export function switchOver(turn: Turn, command: Extract<Command, { kind: "switch" }>): Decision {
  const { at, state } = turn;
  const { to, account: named } = command;
  const found = accountNamed(state, named);
  if (!found.ok) return refused(found.error);
  const account = found.value;
  const { id, name, offSince } = account;
  if (to === "off" && offSince !== undefined)
    return refused(`${name} is off already, since ${showWhen(offSince)}`);
  if (to === "on" && offSince === undefined) return refused(`${name} is not off`);
  const bar = to === "on" ? barOn(turn, account) : null;
  const answer = { kind: "taken", ...(bar !== null && { note: bar }) } as const;
  return { answer, facts: [{ at, kind: "AccountSwitched", account: id, to }] };
}

/** What switching it on does not end. */
function barOn({ at, state }: Turn, account: Account): string | null {
  const { gate, gateReason, name, firm } = account;
  if (gate !== "active") return `but ${name} is ${gate}: ${gateReason}`;
  if (firm?.breach !== undefined)
    return `but ${name} is lost for its firm: say \`firm reset\` once that has begun it anew`;
  const locks = [lockedUntil(barsOf(state), account), riskOf(account).lock?.until];
  const until = millis(Math.max(0, ...[...locks, firm?.lock?.until].map((end) => end ?? 0)));
  return at < until ? `but ${name} is locked until ${showWhen(until)}` : null;
}

/** Which accounts a `resume` leaves off. */
export function stillOff({ state }: Turn): string | undefined {
  const off = valuesOf(state.accounts).filter(({ offSince }) => offSince !== undefined);
  return off.length === 0
    ? undefined
    : `but switched off: ${off.map(({ name }) => name).join(", ")}`;
}
