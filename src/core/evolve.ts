/**
 * Folds one fact into the state. It asks nothing and refuses nothing: a fact is true.
 *
 * The same function builds the state while running, after a restart and in a replay; that the three
 * agree byte for byte is a test.
 */

import { unreachable } from "../std/assert.ts";
import { entriesOf, getIn, removeIn, setIn, type Trie, trieOf } from "../std/trie.ts";
import {
  adopt,
  block,
  differ,
  eachAccount,
  flattened,
  heardOf,
  moveClock,
  moveGate,
  moveLink,
  openAccount,
  settleAccount,
  settleTrade,
  switchAccount,
  unbalance,
  unsettled,
} from "./evolve-account.ts";
import { evolveAlarm } from "./evolve-alarm.ts";
import { askApproval, endApproval, forgetAlert, rememberAlert } from "./evolve-alert.ts";
import { booksAfter, booksWithTrade, countAccount } from "./evolve-books.ts";
import { asStarted, evolveConfig, holdingNone } from "./evolve-config.ts";
import { beginFirmDay, evolveFirm, filledOn } from "./evolve-firm.ts";
import { enable } from "./evolve-live.ts";
import { spoke, taken } from "./evolve-message.ts";
import { attend, begin, lockOut } from "./evolve-presence.ts";
import { beginRiskDay, enteredRisk, evolveRisk, riskHeard, settledOf } from "./evolve-risk.ts";
import { isOfAlarm } from "./model/alarm-fact.ts";
import type { Fact, FactOf, HouseFact, TroubleFact } from "./model/fact.ts";
