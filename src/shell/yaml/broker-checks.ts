/**
 * What the mode, the venue and the accounts of a file owe each other.
 *
 * Money is at stake as soon as the mode is not paper, so everything that mode needs is asked for by
 * name: nothing is filled in that somebody might not have meant.
 */
import type { Mode } from "../../core/model/config.ts";
import { DEFAULT_ACCOUNT } from "../../core/model/defaults.ts";
import type { Conflict } from "./checks.ts";
import type { BrokerFile } from "./schema-broker.ts";

/** The keys that are compared, as the schema has read them. */
export interface ModeToCheck {
  readonly mode: Mode;
  readonly market: { readonly kind: string };
  readonly broker: BrokerFile;
  readonly accounts: readonly { readonly id: string }[];
}

export function conflictsInMode(file: ModeToCheck): readonly Conflict[] {
  const { mode, broker, market } = file;
  if (broker.kind === "paper") return withoutVenue(file);
  return [
    ...repeatedNumbers(broker),
    ...hoursOfAVenue(broker),
    ...(mode === "paper" ? [] : liveNeeds({ mode, broker, market, accounts: file.accounts })),
  ];
}

function withoutVenue({ mode, market }: ModeToCheck): readonly Conflict[] {
  const named = "name it under broker (kind: topstepx)";
  if (mode !== "paper") return [{ path: ["mode"], message: `${mode} needs a venue; ${named}` }];
  if (market.kind !== "topstepx") return [];
  return [{ path: ["market", "kind"], message: `its quotes need a login at the venue; ${named}` }];
}

type Venue = Extract<BrokerFile, { readonly kind: "topstepx" }>;

function repeatedNumbers({ accounts }: Venue): readonly Conflict[] {
  const seen = new Set<number>();
  return accounts.flatMap(({ id }, index) => {
    const isKnown = seen.has(id);
    seen.add(id);
    const path = ["broker", "accounts", index, "id"];
    return isKnown ? [{ path, message: "another account has this id already" }] : [];
  });
}

/** A real venue is closed when the exchange is. An address that is none is complained of by itself. */
function hoursOfAVenue({ sessions, restUrl }: Venue): readonly Conflict[] {
  if (sessions === "cme" || !restUrl.startsWith("https:")) return [];
  const message =
    "a real venue keeps the exchange's hours; only a stand-in on this machine has none";
  return [{ path: ["broker", "sessions"], message }];
}

interface Live extends Pick<ModeToCheck, "mode" | "market" | "accounts"> {
  readonly broker: Venue;
}

function liveNeeds({ mode, broker, market, accounts }: Live): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  const add = (path: Conflict["path"], message: string): void =>
    void conflicts.push({ path, message });
  if (market.kind !== "topstepx") {
    add(["market", "kind"], `${mode} trades at live quotes only; expected topstepx`);
  }
  if (broker.accounts.length === 0) {
    add(["broker", "accounts"], `${mode} needs an account; name its id and its name`);
  }
  if (broker.accounts.length > 1 && broker.copying === undefined) {
    const ask = "read the firm's rule on copying trades and add copying: acknowledged to broker";
    add(["broker", "accounts"], `one live account is the rule; for more, ${ask}`);
  }
  // Left at its default nobody has written it.
  if (accounts.some(({ id }) => id !== DEFAULT_ACCOUNT.id)) {
    add(["accounts"], `these are paper accounts; in the mode ${mode} those of broker trade`);
  }
  return conflicts;
}
