/**
 * The live venue, key by key: who logs in where, and which accounts are ours.
 *
 * An account is named twice, by number and by name. Both have to be what the venue says, or nothing
 * starts: numbers change when an account is reset, and nobody should trade the wrong one.
 */
import * as z from "zod";
import { DEFAULT_RULE_SET } from "../../core/model/defaults.ts";
import { block, choice, flag, key, kinds, list, needed, secret, text, whole } from "./fields.ts";
import { FIRM_KEYS } from "./schema-firm.ts";
import { ROOTS, RULE_SET_NAME } from "./schema-rules.ts";
import { GROUP_NAME, urlOf } from "./schema-sources.ts";

const VENUE_ACCOUNTS_MAX = 100;
const ACCOUNT_NUMBER_MAX = 2 ** 31 - 1;

const USER_NAME = text("the user name of the platform").refine(
  (name) => !name.includes("@"),
  "expected the user name of the platform, which is not the e-mail address",
);

const VENUE_ACCOUNT = block({
  id: needed(whole(1, ACCOUNT_NUMBER_MAX), "Its number; `doctor --broker` lists them."),
  name: needed(text("an account's name at the venue"), "Its name there, letter for letter."),
  rules: key(RULE_SET_NAME, DEFAULT_RULE_SET, "The rule set it trades by."),
  group: needed(
    GROUP_NAME.optional(),
    "It follows the channels of this group, and those that name none. Left out: those alone.",
  ),
  ...FIRM_KEYS,
});

const url = urlOf("https", "http");

const TOPSTEPX = block({
  kind: needed(z.literal("topstepx"), "TopstepX, over its gateway."),
  userName: needed(USER_NAME, "The user name of the platform."),
  apiKey: needed(secret(), "Where the API key is kept."),
  restUrl: key(url, "https://api.topstepx.com", "Where orders go."),
  userHubUrl: key(url, "https://rtc.topstepx.com/hubs/user", "Where news of orders comes from."),
  marketHubUrl: key(url, "https://rtc.topstepx.com/hubs/market", "Where quotes come from."),
  accounts: key(
    list(VENUE_ACCOUNT, 0, VENUE_ACCOUNTS_MAX, "accounts"),
    [],
    "The accounts that trade in the modes `live` and `twin`. No other is ever touched.",
  ),
  simulated: key(
    flag(),
    true,
    "What the venue has to say of each of them. Practice, combine and express accounts are " +
      "simulated; Live Funded accounts may not be traded by a program.",
  ),
  brackets: key(
    choice(["native", "position-brackets-fallback"]),
    "native",
    "Native: the venue keeps stop and target from the fill on, which needs the account's setting " +
      "`Auto OCO Brackets`. The fallback, for accounts left on `Position Brackets`: we place the " +
      "stop after the fill, some tenths of a second later, and it does not survive our death before.",
  ),
  sessions: key(
    choice(["cme", "always-open"]),
    "cme",
    "Trading hours: the exchange's with its holidays, or none, which only a stand-in on this " +
      "machine may have.",
  ),
  copying: needed(
    choice(["acknowledged"]).optional(),
    "More than one account trades the same alerts: `acknowledged` says that the firm's rule on " +
      "copying has been read and allows it.",
  ),
});

export const BROKER = z.discriminatedUnion(
  "kind",
  [
    block({
      kind: needed(z.literal("paper"), "The paper venue inside the program, and no other."),
    }),
    TOPSTEPX,
  ],
  kinds("paper", "topstepx"),
);

export const TOPSTEPX_MARKET = block({
  kind: needed(z.literal("topstepx"), "Live quotes from the venue in `broker`."),
  instruments: needed(
    list(choice(ROOTS), 1, ROOTS.length, "contracts").optional(),
    "The contracts whose quotes are followed. Left out: all that the accounts' rules trade.",
  ),
});

export type BrokerFile = z.output<typeof BROKER>;
