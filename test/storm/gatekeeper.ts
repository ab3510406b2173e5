/**
 * I10: no entry while the gate is shut, while the account has not been compared with the venue since
 * the last start or gap, or while the fate of another entry is unknown. By the facts alone.
 */
import type { Fact, FactOf } from "../../src/core/model/fact.ts";

interface Account {
  isOpen: boolean;
  isCompared: boolean;
  isHeard: boolean;
  readonly unknown: Set<string>;
}

export function gatekeeper(blame: (detail: string) => void): (fact: Fact) => void {
  const accounts = new Map<string, Account>();
  const owners = new Map<string, Account>();

  function accountOf(id: string): Account {
    const known = accounts.get(id);
    if (known !== undefined) return known;
    const fresh = { isOpen: true, isCompared: false, isHeard: true, unknown: new Set<string>() };
    accounts.set(id, fresh);
    return fresh;
  }

  function moveGate({ account, gate }: FactOf<"GateMoved">): void {
    for (const [id, one] of accounts)
      if (account === null || account === id) one.isOpen = gate === "active";
  }

  function enter(account: Account, name: string): void {
    const why = account.isOpen
      ? account.isHeard
        ? account.isCompared
          ? null
          : "before its account was compared"
        : "while the line is down"
      : "behind a closed gate";
    if (why !== null) blame(`${name} enters ${why}`);
  }

  return (fact) => {
    switch (fact.kind) {
      case "AccountOpened":
        return void accountOf(fact.account);
      case "RunStarted":
        for (const one of accounts.values())
          Object.assign(one, { isCompared: false, isHeard: true });
        return;
      case "LinkMoved":
        Object.assign(accountOf(fact.account), {
          isCompared: false,
          isHeard: fact.state === "up",
        });
        return;
      case "PositionDiffered":
        accountOf(fact.account).isCompared = false;
        return;
      case "AccountSettled":
        accountOf(fact.account).isCompared = true;
        return;
      case "GateMoved":
        return moveGate(fact);
      case "TradePlanned": {
        const account = accountOf(fact.account);
        owners.set(fact.trade, account);
        enter(account, fact.trade);
        if (account.unknown.size > 0) blame(`${fact.trade} enters beside an unknown fate`);
        return;
      }
      case "EntrySent": {
        const account = owners.get(fact.trade);
        if (account !== undefined) enter(account, `${fact.trade}/${fact.tranche}`);
        return;
      }
      case "EntryUnknown":
        owners.get(fact.trade)?.unknown.add(`${fact.trade}/${fact.tranche}`);
        return;
      case "EntryAccepted":
      case "EntryRejected":
      case "EntryFilled":
      case "EntryEnded":
      case "EntryNotSent":
        owners.get(fact.trade)?.unknown.delete(`${fact.trade}/${fact.tranche}`);
        return;
      default:
        return;
    }
  };
}
