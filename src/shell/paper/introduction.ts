/**
 * What a venue is told before anything else: its terms and its accounts, as far as its books do not
 * know them yet. An account the books know keeps its cash; only its fees may be new to it.
 */
import type { FeeSchedule } from "../../core/model/fees.ts";
import type { AccountId } from "../../core/model/ids.ts";
import type { Millis, Money } from "../../core/model/units.ts";
import type { VenueEvent } from "../../core/paper/event.ts";
import type { VenueSettings } from "../../core/paper/settings.ts";
import { getIn } from "../../std/trie.ts";
import type { VenueBooks } from "./venue-books.ts";

export interface PaperTerms {
  readonly account: AccountId;
  /** What the account opens with; one the books know keeps its own. */
  readonly balance: Money;
  readonly fees: FeeSchedule;
}

interface Introduced {
  readonly venue: VenueSettings;
  readonly accounts: readonly PaperTerms[];
}

export function introductionTo(
  { isBlank, state }: Pick<VenueBooks, "isBlank" | "state">,
  { venue: settings, accounts }: Introduced,
  at: Millis,
): readonly VenueEvent[] {
  const isKnown = !isBlank && isEqual(settings, state.settings);
  const terms = isKnown ? [] : [settings];
  return [
    ...terms.map((settings): VenueEvent => ({ kind: "settings", at, settings })),
    ...accounts
      .filter(({ account, fees }) => !isEqual(getIn(state.accounts, account)?.fees, fees))
      .map((one): VenueEvent => ({ kind: "account", at, ...one })),
  ];
}

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
