/**
 * Which account an operator means: by its id, or by its name where only one has it.
 *
 * ```text
 * TS50 ─► the id of one        Combine ─► the name of one        Mine ─► of two: refused with their ids
 * ```
 *
 * Nothing is guessed: a switch or a way out for the wrong account is worse than to be asked again.
 */
import { err, ok, type Result } from "../../std/result.ts";
import { getIn, valuesOf } from "../../std/trie.ts";
import type { Account } from "../model/account.ts";
import type { State } from "../state.ts";

/** The error says what to say instead. */
export function accountNamed({ accounts }: State, named: string): Result<Account, string> {
  const byId = getIn(accounts, named);
  if (byId !== undefined) return ok(byId);
  const [account, other] = valuesOf(accounts).filter(({ name }) => name === named);
  if (account === undefined) return err(`there is no account ${named}`);
  return other === undefined
    ? ok(account)
    : err(`several are named ${named}: say the id, as ${account.id} or ${other.id}`);
}
