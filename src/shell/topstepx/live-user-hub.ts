/**
 * The user hub over a link that is kept up for ever.
 *
 * An event that cannot be read is a gap like any other: something happened, and nobody knows what.
 * So the listener is told `up` once more, which makes it compare; if the venue has learnt a new
 * language altogether, it is told so every ten seconds and not at every word.
 */
import type { Millis } from "../../core/model/units.ts";
import type { Log } from "../../ports/log.ts";
import { userSubscriptions } from "./hub-events.ts";
import { type HubHealth, HubLink, type TokenSource } from "./hub-link.ts";
import type { Transport } from "./transport.ts";
import { userNews } from "./user-events.ts";
import type { UserHub, UserHubListener } from "./user-hub.ts";

export interface LiveUserHubParts {
  readonly transport: Pick<Transport, "clock" | "connect">;
  readonly tokens: TokenSource;
  readonly log: Log;
  /** The venue's numbers of the accounts to hear of. */
  readonly accounts: readonly number[];
  /** Of the jitter between tries. */
  readonly seed: number;
}

export interface UserHubHealth extends HubHealth {
  /** Events that could not be read. */
  readonly unread: number;
}

export interface LiveUserHub extends UserHub {
  health(): UserHubHealth;
}

const GAP_TOLD_EVERY = 10_000;

export function liveUserHub({
  transport,
  tokens,
  log,
  accounts,
  seed,
}: LiveUserHubParts): LiveUserHub {
  const { clock } = transport;
  let listener: UserHubListener | null = null;
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
    for (const one of news.value) listener?.news(one);
  };
  const link = new HubLink({
    ...{ hub: "user", transport, tokens, seed, watchdog: null },
    owner: {
      up() {
        log.write("info", "topstepx-user-up");
        listener?.up();
      },
      down(reason) {
        log.write("warn", "topstepx-user-down", { reason });
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
    restart: (reason) => link.restart(reason),
    health: () => ({ ...link.health(), unread }),
    close: () => link.close(),
  };
}
