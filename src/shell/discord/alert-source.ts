/**
 * Discord as a source of messages: a bot that reads the channels it was given, and nothing else.
 *
 * A user's token is refused before anybody is asked; everything else happens in a session, which
 * begins when the source is opened and ends for good when it is closed. What waits for an answer
 * since an earlier run is asked before that; it is shown as soon as there is a session.
 */
import type { AlertSource } from "../../ports/alert-source.ts";
import type { ApprovalDesk, GiveAnswer, WaitingEntry } from "../../ports/approvals.ts";
import type { Result } from "../../std/result.ts";
import { type DiscordStats, Session, type SessionParts } from "./session.ts";
import { botToken } from "./token.ts";

export interface DiscordParts extends Omit<SessionParts, "token" | "listener" | "answer"> {
  /** As it was read from its place. */
  readonly token: Result<string, string>;
}

export interface DiscordSource extends AlertSource {
  stats(): DiscordStats;
  /** Shows waiting entries with buttons; to be called before `open`. */
  approvals(answer: GiveAnswer): ApprovalDesk;
}

export function discordSource(parts: DiscordParts): DiscordSource {
  let session: Session | null = null;
  let answer: GiveAnswer | null = null;
  /** Asked before there was a session; the house bounds how many entries wait. */
  const early = new Map<number, WaitingEntry>();
  const desk: ApprovalDesk = {
    ask(waiting) {
      if (session === null) early.set(waiting.entry, waiting);
      else session.desk?.ask(waiting);
    },
    ended(entry, how, by) {
      early.delete(entry);
      session?.desk?.ended(entry, how, by);
    },
  };
  return {
    name: "discord",
    open(listener) {
      const token = parts.token.ok ? botToken(parts.token.value) : parts.token;
      if (!token.ok) {
        const { clock } = parts;
        const reason = token.error;
        clock.schedule(clock.now(), () => listener.fault({ where: "discord", reason }));
        return;
      }
      session = new Session({ ...parts, token: token.value, listener, answer });
      for (const waiting of early.values()) session.desk?.ask(waiting);
      early.clear();
    },
    close: () => session?.close(),
    stats: () => session?.stats() ?? NO_STATS,
    approvals(given) {
      answer = given;
      return desk;
    },
  };
}

const NO_STATS: DiscordStats = {
  ...{ connected: false, reconnects: 0, deaf: 0, beatAt: null, readings: 0 },
  ...{ duplicates: 0, unknownChannel: 0, own: 0, limited: 0 },
};
