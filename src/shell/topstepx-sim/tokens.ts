/**
 * Who is calling. A login gives a token, good for a day and for the hubs too; a second one does not
 * end the first. Tokens look like the real ones, so that a client may read their end from them;
 * they are worth nothing outside this venue.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import { hash128 } from "../../std/hash.ts";

export interface Session {
  readonly user: string;
  readonly token: string;
  readonly issuedAt: Millis;
  readonly expiresAt: Millis;
}

export interface Tokens {
  issue(user: string, at: Millis): Session;
  /** Null for a token that was never given out, has expired, or was ended. */
  read(token: string | null, at: Millis): Session | null;
  end(token: string): void;
  endAll(): void;
}

/** The oldest are forgotten; each login makes one. */
const TOKENS_MAX = 10_000;

export function tokens(life: Millis, seed: number): Tokens {
  const sessions = new Map<string, Session>();
  let issued = 0;

  function forgetOldest(): void {
    const oldest = sessions.keys().next();
    if (sessions.size > TOKENS_MAX && oldest.done !== true) sessions.delete(oldest.value);
  }

  return {
    issue(user, at) {
      issued += 1;
      const expiresAt = millis(at + life);
      const claims = { sub: user, jti: issued, iat: seconds(at), exp: seconds(expiresAt) };
      const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
      const seal = hash128(`${seed}.${signed}`).map((word) => word.toString(36));
      const token = `${signed}.${seal.join("")}`;
      const session: Session = { user, token, issuedAt: at, expiresAt };
      sessions.set(token, session);
      forgetOldest();
      return session;
    },
    read(token, at) {
      const session = sessions.get(token ?? "");
      return session !== undefined && at < session.expiresAt ? session : null;
    },
    end: (token) => void sessions.delete(token),
    endAll: () => sessions.clear(),
  };
}

const seconds = (at: Millis): number => Math.floor(at / 1000);
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
