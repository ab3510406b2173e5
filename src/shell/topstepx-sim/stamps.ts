/** Times as the gateway writes them: six digits of a second in answers, seven on the hubs. */
import { isoOf } from "../../core/model/iso-time.ts";
import type { Millis } from "../../core/model/units.ts";

export const restStamp = (at: Millis): string => isoOf(at).replace("Z", "000+00:00");
export const hubStamp = (at: Millis): string => isoOf(at).replace("Z", "0000+00:00");
