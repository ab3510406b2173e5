/**
 * One contract of MES, on a practice account, through everything a trade may go through.
 *
 * ```text
 * the user hub is heard from here on
 *   three trades              rehearsal-trades.ts    in, protected, moved, out: each in another way
 *   orders far from the market rehearsal-orders.ts   waiting legs, tags, ends; none of them fills
 *   a second login            rehearsal-hub.ts       and what the hub makes of it
 * flat, whatever happened
 * ```
 *
 * Where the operator chose in writing to keep stop and target himself, it is done so here as well, and
 * the questions about what the venue would keep stay open.
 *
 * Some of what the venue does is written nowhere. What has to be so, or nothing should trade live, is
 * a problem when it is not. What only has to be known is a note for each of the open questions
 * (open-questions.ts): settled, or why not and what is assumed meanwhile.
 */

import type { Check } from "../../core/model/check.ts";
import type { Root } from "../../core/model/instrument.ts";
import type { BracketSupport } from "../../core/model/rules.ts";
import { millis } from "../../core/model/units.ts";
import type { Rehearsal } from "../../ports/venue-desk.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { type Ask, failureText, ordersAtWork } from "./asking.ts";
import type { KnownContract } from "./contract-names.ts";
import { flattenAccount } from "./flatten.ts";
import { answersTold } from "./open-questions.ts";
import { type Door, listenIn, tellHub } from "./rehearsal-hub.ts";
import { bracketsRefused, farAndCancelled, farAndUntagged, lookBack } from "./rehearsal-orders.ts";
import { checkOf, heldIn, type Stage } from "./rehearsal-stage.ts";
import { broughtToTheMarket, byTheCloseCall, throughTheLeg } from "./rehearsal-trades.ts";
import type { WireAccount, WireContract } from "./wire-types.ts";

export interface RehearsalParts extends Door {
  readonly ask: Ask;
  /** By name; null: the first practice account. */
  readonly account: string | null;
  readonly say: (line: string) => void;
  /** Whether the venue keeps stop and target, or the operator chose that we do. */
  readonly brackets: BracketSupport;
  readonly check: (root: Root, rows: readonly WireContract[]) => Result<KnownContract, string>;
}

const ROOT: Root = "MES";
const PRACTICE = /^PRAC-/;
const FLATTEN_PATIENCE = millis(30_000);

/** An error when nothing was tried at all, with what to do about it. */
export async function rehearse(parts: RehearsalParts): Promise<Result<Rehearsal, string>> {
  const { ask, brackets, say, transport } = parts;
  const { clock } = transport;
  const at = clock.now();
  const found = await accountFor(parts);
  if (!found.ok) return found;
  const { id: account, name } = found.value;
  const contract = await contractFor(parts);
  if (!contract.ok) return contract;
  const checks: Check[] = [];
  const stage: Stage = {
    ...{ ask, clock, checks, accountId: account, contract: contract.value },
    ...{ brackets, begun: at, answers: new Map() },
  };
  const busy = await whatIsThere(stage);
  if (busy !== null) return err(busy);
  say(`rehearsing with one ${contract.value.code} on ${name}`);
  await play(parts, stage);
  const end = await flattenAccount({ ...stage, say, patience: FLATTEN_PATIENCE });
  checks.push(checkOf("the end", end.isFlat, end.says));
  const told = [...checks, ...answersTold(stage.answers)];
  return ok({ at, account, name, brackets, checks: told, passed: !hasProblem(stage) });
}

/** After the first the price is known that the others go by. */
const actsOf = ({ brackets }: Stage): readonly Act[] => [
  byTheCloseCall,
  broughtToTheMarket,
  farAndCancelled,
  brackets === "native" ? farAndUntagged : bracketsRefused,
  lookBack,
];

type Act = (stage: Stage, market: number) => Promise<void>;

/** Where something is not as it has to be, nothing more is tried. */
async function play(parts: RehearsalParts, stage: Stage): Promise<void> {
  const listening = await listenIn(parts, stage);
  const market = await throughTheLeg(stage);
  for (const act of actsOf(stage)) {
    if (market === null || hasProblem(stage)) break;
    await act(stage, market);
  }
  await tellHub(parts, stage, listening);
}

const hasProblem = ({ checks }: Stage): boolean => checks.some(({ state }) => state === "problem");

const NAMES_MAX = 5;

async function accountFor({ ask, account }: RehearsalParts): Promise<Result<WireAccount, string>> {
  const listed = await ask("Account/search", { onlyActiveAccounts: true }, "read");
  if (listed.kind !== "done") return err(`accounts cannot be listed: ${failureText(listed)}`);
  const fit = listed.value.accounts.filter(
    (one) => PRACTICE.test(one.name) && one.canTrade && one.simulated !== false,
  );
  const chosen = account === null ? fit[0] : fit.find(({ name }) => name === account);
  if (chosen !== undefined) return ok(chosen);
  if (fit.length === 0) {
    return err("no practice account (PRAC-...) that may trade; make one on the platform");
  }
  const names = fit.slice(0, NAMES_MAX).map(({ name }) => name);
  return err(`${account} is no practice account that may trade; there is ${names.join(", ")}`);
}

async function contractFor({ ask, check }: RehearsalParts): Promise<Result<KnownContract, string>> {
  const listed = await ask("Contract/available", { live: false }, "read");
  if (listed.kind !== "done") return err(`contracts cannot be listed: ${failureText(listed)}`);
  return check(ROOT, listed.value.contracts);
}

async function whatIsThere(stage: Stage): Promise<string | null> {
  const held = await heldIn(stage);
  const orders = await ordersAtWork(stage.ask, stage.accountId);
  if (held === null || orders.kind !== "done") return "what it holds cannot be read; try again";
  if (held === 0 && orders.value.length === 0) return null;
  return "the account is not flat; close what is there, then rehearse";
}
