/**
 * The venue's numbers by their names. A code means something else at each call: 2 is a rejected
 * order at place, an unknown order at cancel, an unknown position at close.
 *
 * From the swagger document of api.topstepx.com, 2026; statuses 7 and 8 stand there only.
 */
import type { CallName } from "./wire-types.ts";

export const ORDER_TYPE = {
  limit: 1,
  market: 2,
  stopLimit: 3,
  stop: 4,
  trailingStop: 5,
  joinBid: 6,
  joinAsk: 7,
} as const;

export const ORDER_SIDE = { buy: 0, sell: 1 } as const;

export const ORDER_STATUS = {
  none: 0,
  open: 1,
  filled: 2,
  cancelled: 3,
  expired: 4,
  rejected: 5,
  pending: 6,
  pendingCancellation: 7,
  /** A bracket child whose entry has not filled. */
  suspended: 8,
} as const;

/** Of these nothing more will come; of a status nobody knows that is not certain. */
export const isFinalStatus = (status: number): boolean =>
  status >= ORDER_STATUS.filled && status <= ORDER_STATUS.rejected;

export const POSITION_TYPE = { none: 0, long: 1, short: 2 } as const;

/** The only ones a bracket takes; trailing stops (5) are told of contradictingly. */
export const BRACKET_TYPE = { stop: ORDER_TYPE.stop, target: ORDER_TYPE.limit } as const;

export const LOGIN_CODES = [
  "Success",
  "UserNotFound",
  "PasswordVerificationFailed",
  "InvalidCredentials",
  "AppNotFound",
  "AppVerificationFailed",
  "InvalidDevice",
  "AgreementsNotSigned",
  "UnknownError",
  "ApiSubscriptionNotFound",
  "ApiKeyAuthenticationDisabled",
] as const;

const FOUND_OR_NOT = ["Success", "AccountNotFound"];
const CONTRACT_OR_NOT = ["Success", "ContractNotFound"];

const NAMES: Readonly<Record<CallName, readonly string[]>> = {
  "Account/search": ["Success"],
  "Contract/search": ["Success"],
  "Contract/searchById": CONTRACT_OR_NOT,
  "Contract/available": ["Success"],
  "History/retrieveBars": [...CONTRACT_OR_NOT, "UnitInvalid", "UnitNumberInvalid", "LimitInvalid"],
  "Order/place": [
    ...FOUND_OR_NOT,
    "OrderRejected",
    "InsufficientFunds",
    "AccountViolation",
    "OutsideTradingHours",
    "OrderPending",
    "UnknownError",
    "ContractNotFound",
    "ContractNotActive",
    "AccountRejected",
  ],
  "Order/modify": [
    ...FOUND_OR_NOT,
    "OrderNotFound",
    "Rejected",
    "Pending",
    "UnknownError",
    "AccountRejected",
    "ContractNotFound",
  ],
  "Order/cancel": [
    ...FOUND_OR_NOT,
    "OrderNotFound",
    "Rejected",
    "Pending",
    "UnknownError",
    "AccountRejected",
  ],
  "Order/search": FOUND_OR_NOT,
  "Order/searchOpen": FOUND_OR_NOT,
  "Order/searchById": ["Success", "OrderNotFound"],
  "Order/v2/query": FOUND_OR_NOT,
  "Position/searchOpen": FOUND_OR_NOT,
  "Position/closeContract": [
    ...FOUND_OR_NOT,
    "PositionNotFound",
    "ContractNotFound",
    "ContractNotActive",
    "OrderRejected",
    "OrderPending",
    "UnknownError",
    "AccountRejected",
  ],
  "Position/partialCloseContract": [
    ...FOUND_OR_NOT,
    "PositionNotFound",
    "ContractNotFound",
    "ContractNotActive",
    "InvalidCloseSize",
    "OrderRejected",
    "OrderPending",
    "UnknownError",
    "AccountRejected",
  ],
  "Trade/search": FOUND_OR_NOT,
};

export const codeName = (call: CallName, code: number): string =>
  NAMES[call][code] ?? `Code${code}`;

/** Calls that change something at the venue: what becomes of these has to be found out, not retried. */
const MUTATIONS: readonly CallName[] = [
  "Order/place",
  "Order/modify",
  "Order/cancel",
  "Position/closeContract",
  "Position/partialCloseContract",
];

export const isMutation = (call: CallName): boolean => MUTATIONS.includes(call);

/**
 * Codes by which the venue itself says that it does not know, or not yet. `UnknownError` at cancel
 * is none of them: two clients met it wherever the order had already ended.
 */
const UNDECIDED: readonly string[] = ["OrderPending", "Pending", "UnknownError"];

export const isUndecided = (call: CallName, code: number): boolean => {
  const name = codeName(call, code);
  return isMutation(call) && UNDECIDED.includes(name) && !isEndedOrder(call, name);
};

const isEndedOrder = (call: CallName, name: string): boolean =>
  call === "Order/cancel" && name === "UnknownError";
