/** The calls that log in and those that only look: accounts, contracts, bars. */
import type { Accounts } from "./accounts.ts";
import { accountJson } from "./accounts.ts";
import type { Bar, Bars } from "./bars.ts";
import {
  availableContracts,
  contractById,
  type ListedContract,
  searchContracts,
  tradedContract,
} from "./contracts.ts";
import {
  type Caller,
  type Endpoint,
  type Envelope,
  endpoint,
  failure,
  success,
} from "./envelope.ts";
import type { Read } from "./fields.ts";
import type { StandInUser } from "./settings.ts";
import { restStamp } from "./stamps.ts";
import type { Switches } from "./switches.ts";
import type { Session, Tokens } from "./tokens.ts";

export interface LoginParts {
  readonly users: readonly StandInUser[];
  readonly tokens: Tokens;
  readonly switches: () => Switches;
  readonly loggedIn: (session: Session) => void;
}

/** Login codes: 3 invalid credentials, 4 unknown application. */
const INVALID_CREDENTIALS = 3;
const NO_SUCH_APP = 4;
const NO_TOKEN = { token: null };

export const loginCalls = (parts: LoginParts): readonly Endpoint[] => [
  endpoint(
    "/api/Auth/loginKey",
    { request: "LoginApiKeyRequest", isOpen: true },
    { userName: "text", apiKey: "text" },
    ({ userName, apiKey }, { at }) => {
      const user = parts.users.find((one) => one.userName === userName && one.apiKey === apiKey);
      if (user === undefined) return failure(INVALID_CREDENTIALS, null, NO_TOKEN);
      const fault = user.loginFault ?? 0;
      if (fault !== 0) return failure(fault, null, NO_TOKEN);
      const session = parts.tokens.issue(userName, at);
      parts.loggedIn(session);
      return success({ token: session.token });
    },
  ),
  endpoint(
    "/api/Auth/loginApp",
    { request: "LoginAppRequest", isOpen: true },
    { userName: "text", password: "text", deviceId: "text", appId: "text", verifyKey: "text" },
    () => failure(NO_SUCH_APP, null, NO_TOKEN),
  ),
  endpoint("/api/Auth/validate", { request: "ValidateRequest" }, {}, (_, { user, at }) => {
    const isRenewed = parts.switches().validate === "new-token";
    return success({ newToken: isRenewed ? parts.tokens.issue(user, at).token : null });
  }),
  endpoint("/api/Auth/logout", { request: "LogoutRequest" }, {}, (_, { session }) => {
    if (session !== null) parts.tokens.end(session.token);
    return success();
  }),
];

export interface ReadingParts {
  readonly accounts: Accounts;
  readonly bars: Bars;
  readonly balance: (account: number) => number;
  /** What the venue says of a contract, which need not be the truth. */
  readonly stated: (contract: ListedContract) => ListedContract;
}

const CONTRACT_NOT_FOUND = 1;

export const readingCalls = (parts: ReadingParts): readonly Endpoint[] => [
  endpoint(
    "/api/Account/search",
    { request: "SearchAccountRequest" },
    { onlyActiveAccounts: "flag" },
    ({ onlyActiveAccounts }, { user }) => {
      const rows = parts.accounts.of(user).filter((row) => !onlyActiveAccounts || row.isVisible);
      return success({ accounts: rows.map((row) => accountJson(row, parts.balance(row.id))) });
    },
  ),
  endpoint(
    "/api/Contract/search",
    { request: "SearchContractRequest" },
    { searchText: "text", live: "flag" },
    // Simulated accounts have no live contracts; the real gateway gives an empty list likewise.
    ({ searchText, live }, { at }) =>
      success({ contracts: live ? [] : searchContracts(searchText, at).map(parts.stated) }),
  ),
  endpoint(
    "/api/Contract/searchById",
    { request: "SearchContractByIdRequest" },
    { contractId: "text" },
    ({ contractId }, { at }) => {
      const contract = contractById(contractId, at);
      return contract === null
        ? failure(CONTRACT_NOT_FOUND, null, { contract: null })
        : success({ contract: parts.stated(contract) });
    },
  ),
  endpoint(
    "/api/Contract/available",
    { request: "ListAvailableContractRequest" },
    { live: "flag" },
    ({ live }, { at }) =>
      success({ contracts: live ? [] : availableContracts(at).map(parts.stated) }),
  ),
  endpoint(
    "/api/History/retrieveBars",
    { request: "RetrieveBarRequest", scope: "history" },
    BARS,
    (ask, caller) => retrieveBars(parts, ask, caller),
  ),
];

const BARS = {
  contractId: "text",
  live: "flag",
  startTime: "time",
  endTime: "time",
  unit: "int",
  unitNumber: "int",
  limit: "int",
  includePartialBar: "flag",
} as const;

const LIMIT_MAX = 20_000;

function retrieveBars(parts: ReadingParts, ask: Read<typeof BARS>, { at }: Caller): Envelope {
  const { contractId, live, startTime, endTime, unit, unitNumber, limit } = ask;
  const fault = barFault(ask);
  if (fault !== 0) return failure(fault, null, { bars: null });
  if (live) return success({ bars: [] });
  const bars = parts.bars.of(contractId, {
    from: startTime,
    until: endTime,
    unit,
    unitNumber,
    limit,
    includePartial: ask.includePartialBar,
    now: at,
  });
  return success({ bars: bars.map(barJson) });
}

/** 1 contract not found, 2 unit, 3 number of units, 4 limit; 0 nothing. */
function barFault({ contractId, unit, unitNumber, limit }: Read<typeof BARS>): number {
  if (tradedContract(contractId) === null) return 1;
  if (unit < 1 || unit > 7) return 2;
  if (unitNumber < 1) return 3;
  return limit < 1 || limit > LIMIT_MAX ? 4 : 0;
}

const barJson = ({ at, open, high, low, close, volume }: Bar) => ({
  t: restStamp(at),
  o: open,
  h: high,
  l: low,
  c: close,
  v: volume,
});
