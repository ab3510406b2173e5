/**
 * The operator's desk at TopstepX: the preflight, the rehearsal, and the way out.
 */

import type { Check } from "../../core/model/check.ts";
import type { TopstepxConfig } from "../../core/model/config.ts";
import type { Root } from "../../core/model/instrument.ts";
import type { Flattened, FlattenOptions, VenueDesk } from "../../ports/venue-desk.ts";
import type { Result } from "../../std/result.ts";
import { type Ask, asking } from "./asking.ts";
import type { KnownContract } from "./contract-names.ts";
import { flattenAccount } from "./flatten.ts";
import type { Gateway } from "./gateway.ts";
import { newestBar } from "./newest-bar.ts";
import { preflight } from "./preflight.ts";
import { rehearse } from "./rehearsal.ts";
import type { Credentials } from "./token.ts";
import type { Transport } from "./transport.ts";
import type { WireContract } from "./wire-types.ts";

export interface VenueDeskParts {
  readonly transport: Transport;
  readonly gateway: Gateway;
  readonly config: TopstepxConfig;
  readonly credentials: Credentials;
  /** What will be traded. */
  readonly roots: readonly Root[];
  readonly check: (root: Root, rows: readonly WireContract[]) => Result<KnownContract, string>;
}

export function venueDesk(parts: VenueDeskParts): VenueDesk {
  const { transport, gateway, check } = parts;
  const ask = asking(gateway);
  const faultOf = (root: Root, rows: readonly WireContract[]): string | null => {
    const checked = check(root, rows);
    return checked.ok ? null : checked.error;
  };
  return {
    look: () => preflight({ ...parts, ask, faultOf }),
    flatten: (options) => flattenAll(parts, ask, options),
    prices: () => pricesOf(parts, ask),
    rehearse: (account, say) =>
      rehearse({
        ...{ ask, transport, credentials: parts.credentials, account, say, check },
        brackets: parts.config.brackets === "native" ? "native" : "none",
      }),
  };
}

/** What is no contract of ours was said by the look. */
async function pricesOf(
  { transport: { clock }, config, roots, check }: VenueDeskParts,
  ask: Ask,
): Promise<readonly Check[]> {
  const live = !config.simulated;
  const listed = await ask("Contract/available", { live }, "read");
  if (listed.kind !== "done") return [];
  const known = roots.flatMap((root) => {
    const contract = check(root, listed.value.contracts);
    return contract.ok ? [contract.value] : [];
  });
  return Promise.all(known.map((one) => newestBar({ ask, clock, live }, one)));
}

const flattenAll = (
  { config, transport: { clock } }: VenueDeskParts,
  ask: Ask,
  { accounts, patience, say }: FlattenOptions,
): Promise<readonly Flattened[]> =>
  Promise.all(
    config.accounts
      .filter(({ account }) => accounts.includes(account))
      .map(async ({ account, number: accountId, name }) => {
        const told = (line: string): void => say(`${name}: ${line}`);
        const end = await flattenAccount({ ask, clock, accountId, patience, say: told });
        return { account, ...end };
      }),
  );
