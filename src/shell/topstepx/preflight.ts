/**
 * What a live start rests on, looked at one by one.
 *
 * ```text
 * key ─► accounts ─► contracts ─► what lies there already
 *  └ refused: nothing else can be asked
 * ```
 */

import type { Check } from "../../core/model/check.ts";
import type { TopstepxConfig, VenueAccount } from "../../core/model/config.ts";
import type { Root } from "../../core/model/instrument.ts";
import { dollars } from "../../core/model/units.ts";
import type { FoundAccount, Look } from "../../ports/venue-desk.ts";
import { judgeAccounts } from "./accounts.ts";
import { type Ask, failureText, ordersAtWork } from "./asking.ts";
import { checkLogin } from "./login-check.ts";
import type { Credentials } from "./token.ts";
import type { Transport } from "./transport.ts";
import type { WireAccount, WireContract, WireOrder, WirePosition } from "./wire-types.ts";

export interface PreflightParts {
  readonly transport: Transport;
  readonly ask: Ask;
  readonly config: TopstepxConfig;
  readonly credentials: Credentials;
  /** What will be traded. */
  readonly roots: readonly Root[];
  /** Why the venue's row for this contract is not to be traded on; null when it is sound. */
  readonly faultOf: (root: Root, rows: readonly WireContract[]) => string | null;
}

export async function preflight(parts: PreflightParts): Promise<Look> {
  const { ask, config } = parts;
  const { login, checks } = await checkLogin(parts.transport, parts.credentials);
  if (login !== "in") return { login, checks, accounts: [] };
  const judged = await judgeAccounts(ask, config);
  if (judged.kind === "unreadable") {
    return { login: "unreachable", checks: [...checks, judged.check], accounts: [] };
  }
  const accounts = judged.kind === "judged" ? judged.accounts : [];
  const [contracts, looks] = await Promise.all([
    contractChecks(parts),
    Promise.all(accounts.flatMap(({ pinned, found }) => lookedAt(parts, pinned, found))),
  ]);
  return {
    login,
    checks: [
      ...checks,
      ...(judged.kind === "on-offer" ? [judged.check] : accounts.map((one) => one.check)),
      ...contracts,
      ...looks.flatMap((one) => one.checks),
      bracketCheck(config),
    ],
    accounts: looks.map(({ account }) => account),
  };
}

const lookedAt = (
  parts: PreflightParts,
  pinned: VenueAccount,
  found: WireAccount | null,
): readonly Promise<Looked>[] => (found === null ? [] : [looked(parts, pinned, found)]);

/** A tick of another size than ours would make every price and every loss a wrong one. */
async function contractChecks(parts: PreflightParts): Promise<readonly Check[]> {
  const { ask, roots, faultOf } = parts;
  const listed = await ask("Contract/available", { live: false }, "read");
  if (listed.kind !== "done") {
    const says = `cannot be listed: ${failureText(listed)}; try again later`;
    return [{ what: "contracts", state: "problem", says }];
  }
  return roots.map((root): Check => {
    const fault = faultOf(root, listed.value.contracts);
    const what = `contract ${root}`;
    return fault === null
      ? { what, state: "ok", says: "found, with the tick size and value we know" }
      : { what, state: "problem", says: `${fault}; nothing is traded in it` };
  });
}

interface Looked {
  readonly account: FoundAccount;
  readonly checks: readonly Check[];
}

async function looked(
  { ask }: PreflightParts,
  pinned: VenueAccount,
  wire: WireAccount,
): Promise<Looked> {
  const { number: accountId } = pinned;
  const what = `account ${accountId}`;
  const [positions, orders] = await Promise.all([
    ask("Position/searchOpen", { accountId }, "read"),
    ordersAtWork(ask, accountId),
  ]);
  const account = {
    ...pinned,
    balance: dollars(Math.round(wire.balance * 100) / 100),
    simulated: wire.simulated ?? true,
  };
  const failed = positions.kind !== "done" ? positions : orders.kind !== "done" ? orders : null;
  if (failed !== null || positions.kind !== "done" || orders.kind !== "done") {
    const says = `what it holds cannot be read: ${failed === null ? "" : failureText(failed)}`;
    return { account: { ...account, exposure: [] }, checks: [{ what, state: "problem", says }] };
  }
  const exposure = [...positions.value.positions.map(positionText), ...orders.value.map(orderText)];
  return {
    account: { ...account, exposure },
    checks: [exposureCheck(what, exposure, orders.value)],
  };
}

const positionText = ({ size, type, contractId }: WirePosition): string =>
  `${size} ${contractId} ${type === 2 ? "short" : "long"}`;

const orderText = ({ id, size, contractId, side, customTag }: WireOrder): string =>
  `order ${id}: ${side === 0 ? "buy" : "sell"} ${size} ${contractId}${isOurs(customTag) ? "" : ", not ours"}`;

const isOurs = (tag: string | null): boolean => tag?.startsWith("ts-") === true;

function exposureCheck(
  what: string,
  exposure: readonly string[],
  orders: readonly WireOrder[],
): Check {
  if (exposure.length === 0) return { what, state: "ok", says: "flat, no order at work" };
  const foreign = orders.filter(({ customTag }) => !isOurs(customTag)).length;
  const whose = foreign === 0 ? "" : `; ${foreign} of them not ours, and never touched by us`;
  return { what, state: "note", says: `not flat: ${exposure.join(", ")}${whose}` };
}

/** The venue does not say it; only an order does. */
const bracketCheck = ({ brackets }: TopstepxConfig): Check => ({
  what: "brackets",
  state: "note",
  says:
    brackets === "native"
      ? "kept by the venue, if each account is set to Auto OCO Brackets; a rehearsal proves it"
      : "kept by us, after the fill (position-brackets-fallback, as the configuration says); a rehearsal proves it",
});
