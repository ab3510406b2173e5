/**
 * Where a source leaves a message that must not be lost before its sender is answered.
 *
 * ```text
 * request ─► keep (durable) ─► answer "taken" ─► listener.message
 *              └─ refused: "try again later", and nothing is offered
 * ```
 *
 * What `keep` called new comes to the source's listener right after the answer, once; whoever stands
 * behind both knows it by its origin. Between the two the program may die: what was kept and never
 * decided is offered by the next start.
 */
import type { MessageRef } from "../core/model/message.ts";
import type { Result } from "../std/result.ts";
import type { History, KeptMessage, NewMessage } from "./history.ts";

export interface Keeper {
  /** Kept for good when it returns. The error is a sentence without anything of the message. */
  keep(message: NewMessage): Result<"new" | "known", string>;
  /** Its newest version. */
  find(ref: MessageRef): KeptMessage | null;
  /** Something arrived that is no message. */
  keepFault(fault: Unreadable): Result<void, string>;
}

export type Unreadable = Parameters<History["keepFault"]>[0];
