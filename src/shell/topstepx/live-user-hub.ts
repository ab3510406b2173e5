/**
 * The user hub over a link that is kept up for ever.
 *
 * An event that cannot be read is a gap like any other: something happened, and nobody knows what.
 * So the listener is told `up` once more, which makes it compare; if the venue has learnt a new
 * language altogether, it is told so every ten seconds and not at every word.
 *
 * Lists that pass through `comparing` on their way to whoever asked for them are compared with what
 * was told; a connection found deaf is left for another.
 */
import { type Millis, millis } from "../../core/model/units.ts";
import type { Log } from "../../ports/log.ts";
import { deafCheck, type Listed } from "./deaf-check.ts";
import type { Gateway } from "./gateway.ts";
import { userSubscriptions } from "./hub-events.ts";
import { type HubHealth, HubLink, type TokenSource } from "./hub-link.ts";
import type { Transport } from "./transport.ts";
import { userNews } from "./user-events.ts";
import type { UserHub, UserHubListener } from "./user-hub.ts";
import type { Answer, CallName } from "./wire-types.ts";

export interface LiveUserHubParts {
  readonly transport: Pick<Transport, "clock" | "connect">;
  readonly tokens: TokenSource;
  readonly log: Log;
  /** The venue's numbers of the accounts to hear of. */
  readonly accounts: readonly number[];
  /** What to add to our time to have the venue's. */
  readonly clockOffset: () => Millis | null;
  /** Of the jitter between tries. */
  readonly seed: number;
}

export interface UserHubHealth extends HubHealth {
  /** Events that could not be read. */
  readonly unread: number;
  /** Connections that were left because they did not tell what a list showed. */
  readonly deaf: number;
}

export interface LiveUserHub extends UserHub {
  /** The same gateway; what it lists is compared with what was told. */
  comparing(gateway: Gateway): Gateway;
  health(): UserHubHealth;
}

const GAP_TOLD_EVERY = 10_000;

export function liveUserHub(parts: LiveUserHubParts): LiveUserHub {
  const { transport, tokens, log, accounts, clockOffset, seed } = parts;
  const { clock } = transport;
  let listener: UserHubListener | null = null;
  let deaf = 0;
  let unread = 0;
  let gapToldAt: Millis | null = null;

  const passOver = (reason: string): void => {
    unread += 1;
    const now = clock.now();
    if (gapToldAt !== null && now - gapToldAt < GAP_TOLD_EVERY) return;
    gapToldAt = now;
    log.write("warn", "topstepx-user-unread", { reason, unread });
    // While it is down everything will be compared anyway, once it is up.
    if (link.health().connected) listener?.up();
  };
  const hear = (target: string, args: readonly unknown[]): void => {
    const news = userNews(target, args);
    if (!news.ok) return passOver(news.error);
    for (const one of news.value) {
      check.told(one);
      listener?.news(one);
    }
  };
  const check = deafCheck({
    clock,
    venueNow: () => millis(clock.now() + (clockOffset() ?? 0)),
    deaf(what) {
      deaf += 1;
      link.restart(`deaf: a list shows ${what}, and 3 s later it was not told`);
    },
  });
  const link = new HubLink({
    ...{ hub: "user", transport, tokens, seed, watchdog: null },
    owner: {
      up() {
        log.write("info", "topstepx-user-up");
        check.begin();
        listener?.up();
      },
      down(reason) {
        log.write("warn", "topstepx-user-down", { reason });
        check.end();
        listener?.down(reason);
      },
      event: hear,
      contested(reason) {
        log.write("error", "topstepx-contested", { reason });
        listener?.contested(reason);
      },
    },
  });

  return {
    open(heard) {
      listener = heard;
      link.want(userSubscriptions(accounts));
      link.open();
    },
    comparing: (gateway) => ({
      call: (name, asked, urgency, called) =>
        gateway.call(name, asked, urgency, (result) => {
          if (result.kind === "done") check.listed(listedIn(result.value));
          called(result);
        }),
    }),
    health: () => ({ ...link.health(), unread, deaf }),
    close() {
      check.end();
      link.close();
    },
  };
}

const listedIn = (answer: Answer<CallName>): Listed =>
  "orders" in answer || "trades" in answer ? answer : {};
