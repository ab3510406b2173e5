/**
 * The venue of a house, as its configuration says: paper, live, or one beside the other.
 *
 * ```text
 * paper   the paper venue, at whatever prices there are
 * live    the live venue; nothing of the paper one is loaded
 * twin    both: an account and its twin see the same quotes
 * ```
 */
import { isLive } from "../core/model/account.ts";
import type { Config } from "../core/model/config.ts";
import { type AccountId, isTwin } from "../core/model/ids.ts";
import type { State } from "../core/state.ts";
import type { Broker } from "../ports/broker.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { MarketData } from "../ports/market-data.ts";
import { invariant } from "../std/assert.ts";
import { trieOf, valuesOf } from "../std/trie.ts";
import type { Books } from "./books.ts";
import type { Context } from "./context.ts";
import { rebuildAfterPowerCut } from "./rebuild-paper.ts";
import { routingBroker } from "./routing-broker.ts";
import { wire } from "./wire.ts";

export interface BrokerSpec {
  readonly config: Config;
  readonly prefix: string;
  /** Left out where nothing is live. */
  readonly live?: Broker;
}

export interface BrokerParts {
  readonly market: MarketData;
  readonly clock: Clock;
  readonly books: Books;
  readonly log: Log;
}

export async function brokerFor(
  context: Context,
  spec: BrokerSpec,
  parts: BrokerParts,
): Promise<Broker> {
  const { mode, broker: venue } = spec.config;
  const { live: liveBroker } = spec;
  if (mode === "paper")
    return onlyPaper(await paperBroker(context, spec, parts), parts.books.state);
  invariant(liveBroker !== undefined && venue !== undefined, "a live mode comes with its venue");
  const ours = new Set(venue.accounts.map(({ account }) => account));
  const live = { owns: (account: AccountId) => ours.has(account), broker: liveBroker };
  if (mode === "live") return routingBroker(live);
  return routingBroker(live, { owns: isTwin, broker: await paperBroker(context, spec, parts) });
}

/** Live accounts of an earlier time are not the paper venue's: it is asked nothing about them. */
function onlyPaper(broker: Broker, { accounts }: State): Broker {
  const live = new Set(valuesOf(accounts).flatMap((one) => (isLive(one) ? [one.id] : [])));
  if (live.size === 0) return broker;
  return routingBroker({ owns: (account) => !live.has(account), broker });
}

/** Events after which the venue's books are written anew. */
const CHECKPOINT_AFTER = 5_000;
/** Chance of a partial fill, thousandths, where they are asked for. */
const PARTIALS = { permille: 300, seed: 1 };

async function paperBroker(
  { screen }: Context,
  { config, prefix }: BrokerSpec,
  { market, clock, books, log }: BrokerParts,
): Promise<Broker> {
  const { PaperBroker } = await wire.broker();
  const { brackets, slippage, limitFill, partials, latency, sessions } = config.paper;
  const { calendar } = config.settings;
  const broker = new PaperBroker({
    clock,
    marketData: market,
    book: books.paperBook,
    log,
    settings: {
      venue: { brackets, slippage, limitFill, partialFill: partials ? PARTIALS : null },
      latency,
      sessions,
      ...(calendar !== undefined && { calendar }),
      accounts: paperTerms(config),
      checkpointAfter: CHECKPOINT_AFTER,
    },
  });
  const { journal } = books;
  const state = onPaper(books.state);
  for (const account of rebuildAfterPowerCut({ venue: broker, state, journal, log })) {
    screen.remark(`${prefix}the paper venue had forgotten ${account}; restored from the journal`);
  }
  return broker;
}

function paperTerms({ mode, settings: { accounts, ruleSets }, balances }: Config) {
  const terms = balances.map(({ account, balance }, index) => {
    const rules = ruleSets[accounts[index]?.rules ?? ""];
    return { account, balance, fees: rules?.fees ?? ({ kind: "none" } as const) };
  });
  return mode === "paper" ? terms : terms.filter(({ account }) => isTwin(account));
}

/** What lies at another venue, this one never knew. */
const onPaper = (state: State): State => ({
  ...state,
  accounts: trieOf(
    valuesOf(state.accounts)
      .filter((one) => !isLive(one))
      .map((one) => [one.id, one]),
  ),
});
