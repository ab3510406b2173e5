/**
 * A stand-in that has been at work for a while, as a venue has been when an alert comes.
 *
 * The first thousand orders of a process cost it twice as much as the next ones, because its code is
 * not compiled yet. It has them before anything is measured, from accounts that nobody measures.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { floorLine } from "../floor/orders-over-http.ts";
import { textOf } from "./alerts.ts";
import { FIRST_ACCOUNT, LOGIN, type VenueProcess, venueProcess } from "./live-house.ts";

const OTHERS = 16;
const ALERTS = 60;

export interface VenueParts {
  readonly folder: string;
  /** Those that are measured. */
  readonly accounts: number;
  /** In points; the next one up is asked for. */
  readonly price: number;
}

export async function warmVenue({ folder, accounts, price }: VenueParts): Promise<VenueProcess> {
  const venue = await venueProcess(folder, accounts + OTHERS, price);
  const others = Array.from({ length: OTHERS }, (_, index) => FIRST_ACCOUNT + accounts + index);
  const apart = join(folder, "warm");
  mkdirSync(apart);
  const line = await floorLine({ folder: apart, url: venue.url, login: LOGIN, accounts: others });
  for (let n = 0; n < ALERTS; n++) {
    await line.alert(textOf(n));
    await line.flatten();
  }
  line.close();
  return venue;
}
