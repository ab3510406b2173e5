/**
 * Whose time it is: the host's, or that of a day being played.
 *
 * A played day is timed by its own clock alone, so it gives the same facts at any speed; the pacer
 * only decides how long we watch.
 */
import { type Millis, millis } from "../core/model/units.ts";
import type { Clock } from "../ports/clock.ts";
import type { Screen, Speed } from "../ports/console.ts";
import type { Prices } from "./prices.ts";
import { wire } from "./wire.ts";

export interface Time {
  readonly clock: Clock;
  begin(): void;
  /** Before something from outside is taken in. */
  catchUp(): void;
  /** From here on as fast as it goes: for a stop nobody wants to wait for. */
  hurry(): void;
  end(): void;
}

const hostTime = (clock: Clock): Time => ({
  clock,
  begin: () => {},
  catchUp: () => {},
  hurry: () => {},
  end: () => {},
});

/** A played day has some time after its end to answer what was asked. */
const OVERTIME = 120_000;

export async function timeFor(
  { clock, screen }: { readonly clock: Clock; readonly screen: Pick<Screen, "remark"> },
  spec: { readonly prices: Prices; readonly speed: Speed; readonly prefix: string },
): Promise<Time> {
  const { playedFrom, endsAt } = spec.prices;
  if (playedFrom === null || endsAt === null) return hostTime(clock);
  return playedTime({
    from: playedFrom,
    until: (endsAt + OVERTIME) as Millis,
    speed: spec.speed,
    overdue: () => screen.remark(`${spec.prefix}the day is over and something still waits`),
  });
}

export interface PlayedTime {
  readonly from: Millis;
  /** The day stops long before; if it does not, `overdue` is called. */
  readonly until: Millis;
  readonly speed: Speed;
  readonly overdue: () => void;
}

/** A failed pacer turn is thrown into nowhere by its timer; `playedTime` leaves that to the process. */
async function playedTime({ from, until, speed, overdue }: PlayedTime): Promise<Time> {
  const { paced, virtualClock } = await wire.virtualClock();
  const clock = virtualClock(millis(from));
  let pacer = paced(clock, { speed, until, ended: overdue });
  return {
    clock,
    begin: () => pacer.start(),
    catchUp: () => pacer.catchUp(),
    hurry() {
      pacer.stop();
      pacer = paced(clock, { speed: "max", until, ended: overdue });
      pacer.start();
    },
    end: () => pacer.stop(),
  };
}
