/**
 * Which of the venue's contracts are ours today.
 *
 * ```text
 * start ──────────┐
 * each 17:00 CT ──┼─► Contract/available ─► each root: ours, or refused with its numbers
 * no answer: 10 s ┤         └─ a root it does not list: Contract/search
 * a refusal: 10 min
 * ```
 *
 * Names are translated for every contract of ours at any time, for a position that is open must be
 * readable and closable whatever the venue lists. `refusal` is the question before an *entry*.
 *
 * Accounts without real money are asked about with `live: false`; the other list is empty for them.
 */
import { type Contract, frontContract } from "../../core/model/expiry.ts";
import type { Root } from "../../core/model/instrument.ts";
import { nextRollAfter, tradeDateOf } from "../../core/model/trade-date.ts";
import { millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { checkContract } from "./contract-check.ts";
import { contractOfCode, contractOfId, type KnownContract, symbolIdOf } from "./contract-names.ts";
import type { Called, Gateway } from "./gateway.ts";
import type { WireContract } from "./wire-types.ts";

export interface ContractsParts {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly roots: readonly Root[];
  /** Whether the accounts hold real money. */
  readonly live: boolean;
  /** After each time the venue was asked, whatever came of it. */
  readonly told: (outcome: Resolved) => void;
}

export interface Resolved {
  readonly contracts: readonly KnownContract[];
  /** Why the others may not be traded, one line each. */
  readonly refusals: readonly string[];
  /** It will be asked again soon. */
  readonly hasAnswered: boolean;
}

export interface Contracts {
  /** The venue is asked at once, and from then on. */
  open(): void;
  byCode(code: string): KnownContract | null;
  byId(id: string): KnownContract | null;
  /** Why nothing may be entered in this contract; null when it may. */
  refusal(code: string): string | null;
  close(): void;
}

const NO_ANSWER = 10_000;
const SOME_REFUSED = 600_000;
/** At the very open the venue is known to answer with errors. */
const AFTER_OPEN = 5_000;

type Verdict = Result<KnownContract, string>;
type Verdicts = ReadonlyMap<Root, Verdict>;

export function openContracts(parts: ContractsParts): Contracts {
  const { clock, roots, told } = parts;
  let verdicts: Verdicts = new Map();
  let trouble = "the venue was not asked yet";
  let isOpen = false;
  let callOff = (): void => {};

  const look = (): void => {
    const date = tradeDateOf(clock.now());
    const meant = roots.map((root) => frontContract(root, date));
    resolve(parts, meant, (result) => {
      if (!isOpen) return;
      // What was known stays known while the venue says nothing.
      if (result.ok) verdicts = result.value;
      else trouble = `the venue was asked for its contracts and said: ${result.error}`;
      tell(result.ok);
    });
  };

  const tell = (hasAnswered: boolean): void => {
    const refusals = [...verdicts.values()].flatMap((one) => (one.ok ? [] : [one.error]));
    const contracts = [...verdicts.values()].flatMap((one) => (one.ok ? [one.value] : []));
    const now = clock.now();
    const atOpen = nextRollAfter(now) + AFTER_OPEN;
    const soon = now + (hasAnswered ? SOME_REFUSED : NO_ANSWER);
    const isWell = hasAnswered && refusals.length === 0;
    callOff = clock.schedule(millis(isWell ? atOpen : Math.min(atOpen, soon)), look);
    told({ contracts, refusals, hasAnswered });
  };

  return {
    open() {
      if (isOpen) return;
      isOpen = true;
      look();
    },
    byCode: contractOfCode,
    byId: contractOfId,
    refusal(code) {
      const root = contractOfCode(code)?.instrument.root;
      if (root === undefined || !roots.includes(root))
        return `${code}: no contract of this program`;
      const verdict = verdicts.get(root);
      if (verdict === undefined) return `${code}: not known yet, ${trouble}`;
      if (!verdict.ok) return verdict.error;
      if (verdict.value.code === code) return null;
      return `${code}: not the contract of this trade date, which is ${verdict.value.code}`;
    },
    close() {
      isOpen = false;
      callOff();
    },
  };
}

type Asking = Pick<ContractsParts, "gateway" | "live">;

/** An error only when the venue did not answer. */
function resolve(
  asking: Asking,
  meant: readonly Contract[],
  done: (result: Result<Verdicts, string>) => void,
): void {
  const { gateway, live } = asking;
  gateway.call("Contract/available", { live }, "read", (called) => {
    const rows = rowsIn(called);
    if (!rows.ok) return done(rows);
    const found = new Map(meant.map((one) => [one.root, checkContract(rows.value, one)]));
    const listed = new Set(rows.value.map(({ symbolId }) => symbolId));
    const missing = meant.filter(({ root }) => !listed.has(symbolIdOf(root)));
    searchEach(asking, missing, found, done);
  });
}

function searchEach(
  asking: Asking,
  [first, ...others]: readonly Contract[],
  found: Verdicts,
  done: (result: Result<Verdicts, string>) => void,
): void {
  if (first === undefined) return done(ok(found));
  const asked = { searchText: first.root, live: asking.live };
  asking.gateway.call("Contract/search", asked, "read", (called) => {
    const rows = rowsIn(called);
    if (!rows.ok) return done(rows);
    const verdict = checkContract(rows.value, first);
    searchEach(asking, others, new Map([...found, [first.root, verdict]]), done);
  });
}

const rowsIn = (
  called: Called<{ readonly contracts: readonly WireContract[] }>,
): Result<readonly WireContract[], string> =>
  called.kind === "done" ? ok(called.value.contracts) : err(called.reason);
