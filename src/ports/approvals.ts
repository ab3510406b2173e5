/**
 * Where a waiting entry is shown to the people who may answer it. The desk shows and carries the
 * answer back; whether the answer still counts is decided by the house.
 */
import type { MessageRef } from "../core/model/message.ts";
import type { Millis } from "../core/model/units.ts";

export interface WaitingEntry {
  readonly entry: number;
  readonly message: MessageRef;
  /** What it is, for the person who is asked. */
  readonly lines: readonly string[];
  /** Without an answer by then it expires. */
  readonly until: Millis;
}

export interface ApprovalDesk {
  ask(entry: WaitingEntry): void;
  /** It can no longer be answered: taken, refused, expired. */
  ended(entry: number, how: string, by: string): void;
}

/** Carries a person's answer to the house; resolves when what follows from it is written down. */
export type GiveAnswer = (given: {
  readonly entry: number;
  readonly how: "approve" | "refuse";
  /** Who, for the journal. */
  readonly by: string;
}) => Promise<{ readonly kind: "taken" } | { readonly kind: "refused"; readonly reason: string }>;
