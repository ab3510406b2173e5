/**
 * The accounts of the configuration file, and the groups they inherit from, key by key.
 *
 * ```text
 * account ──says nothing──► its group ──says nothing──► its rule set
 * ```
 */
import * as z from "zod";
import { DEFAULT_ACCOUNT, DEFAULT_BALANCE } from "../../core/model/defaults.ts";
import { toDollars } from "../../core/model/units.ts";
import { amount, block, choice, key, label, needed, text } from "./fields.ts";
import { FIRM_KEYS } from "./schema-firm.ts";
import { OWN_TRADE_AS, RULE_SET_NAME, SIZING } from "./schema-rules.ts";
import { GROUP_NAME } from "./schema-sources.ts";

const RATIO_MAX = 10;

/** In thousandths. */
function ratio() {
  const expected = `expected a factor above 0, at most ${RATIO_MAX}, with at most three decimals, such as 0.5`;
  return z
    .number(expected)
    .positive(expected)
    .max(RATIO_MAX, expected)
    .meta({ errorMessage: expected })
    .transform((value, context): number => {
      if (/^\d+(\.\d{1,3})?$/.test(String(value))) return Math.round(value * 1_000);
      context.addIssue({ code: "custom", message: expected });
      return z.NEVER;
    });
}

const ELSE = "Left out: as its group says, else";

/** What an account may say for itself, and a group for all of its accounts. */
export const TERMS = {
  rules: needed(
    RULE_SET_NAME.optional(),
    `The rule set it trades by. ${ELSE} \`${DEFAULT_ACCOUNT.rules}\`.`,
  ),
  ratio: needed(
    ratio().optional(),
    "Of the contracts the sizing comes to it takes so much, rounded down; less than one is refused. " +
      `${ELSE} 1.`,
  ),
  sizing: needed(
    SIZING.optional(),
    `How many contracts, instead of what its rule set says. ${ELSE} as that does.`,
  ),
  tradeAs: needed(
    OWN_TRADE_AS.optional(),
    "Which contract of its family an alert is traded in, row by row instead of its rule set's.",
  ),
  owner: needed(
    label(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
      "a name of up to 64 letters, digits, dots, hyphens and underscores",
    ).optional(),
    "Whose it is, where not all are of one person. Only accounts of one owner may not stand against " +
      "each other.",
  ),
  opposing: needed(
    choice(["refuse", "allow"]).optional(),
    "Whether it may be long in a product family while another account is short, or the other way " +
      `round; both have to allow it. ${ELSE} refused.`,
  ),
} as const;

export const GROUP = needed(
  GROUP_NAME.optional(),
  "It follows the channels of this group, and those that name none, and has what `groups` says of " +
    "it. Left out: those alone.",
);

export const ACCOUNT = block({
  id: key(
    label(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
      "an account id: up to 64 letters, digits, dots, hyphens and underscores",
    ),
    DEFAULT_ACCOUNT.id,
    "The account's name at the venue, and in commands. Order tags are computed from it.",
  ),
  name: needed(
    text("a name").optional(),
    "What people call it. Left out: its id, so that no two look alike on a screen.",
  ),
  group: GROUP,
  ...TERMS,
  balance: needed(
    amount().optional(),
    `Dollars it holds when first opened. Left out: what its plan begins with, else ${toDollars(DEFAULT_BALANCE.balance)}.`,
  ),
  ...FIRM_KEYS,
});

export const GROUPS = z.record(GROUP_NAME, block(TERMS), {
  error: ({ code }) =>
    code === "invalid_key"
      ? "a group is named by small letters, digits and hyphens, a letter first"
      : "expected a block of groups, each under its name",
});

export type GroupsFile = z.output<typeof GROUPS>;
export type TermsFile = GroupsFile[string];
