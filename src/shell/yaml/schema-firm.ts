/** What an account says of its firm: the plan it trades under, and what was before we saw it. */
import { DEFAULT_FLOOR_BUFFER } from "../../core/model/defaults.ts";
import { toDollars } from "../../core/model/units.ts";
import { amount, block, key, label, list, needed, whole } from "./fields.ts";
import { balance, date } from "./rule-notation.ts";

const DAYS_MAX = 500;
const PAYOUTS_MAX = 1_000;

const PLAN_NAME = label(
  /^[a-z][a-z0-9-]{0,63}\/[a-z0-9][a-z0-9-]{0,63}$/,
  "a plan as `tradestream rules list` names it: topstep/combine-50k",
);

const SO_FAR = block({
  highest: needed(
    balance("any").optional(),
    "Its highest closed balance, dollars, or its highest equity where the floor follows that. Left " +
      "out: what it begins with.",
  ),
  days: key(
    list(balance("any"), 0, DAYS_MAX, "results"),
    [],
    "The net result of each trade date it was traded on, dollars, oldest first.",
  ),
  payouts: key(whole(0, PAYOUTS_MAX), 0, "How many payouts there have been."),
  since: needed(
    date().optional(),
    "The trade date it began on. Left out: the one it is first seen.",
  ),
});

/** Of a paper account and of one at a venue alike. */
export const FIRM_KEYS = {
  plan: needed(
    PLAN_NAME.optional(),
    "The plan of its firm: floor, daily limit, sizes and hours of it are kept. Left out: there is " +
      "no firm.",
  ),
  floorBuffer: key(
    amount(),
    toDollars(DEFAULT_FLOOR_BUFFER),
    "Dollars above the firm's floor at which everything is closed, before the firm does.",
  ),
  soFar: needed(
    SO_FAR.optional(),
    "What it did before it was first seen here. Read once; later the journal knows better.",
  ),
};
