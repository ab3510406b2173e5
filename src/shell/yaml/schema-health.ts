/** Who outside watches over the program, and what it shows of itself on this machine, key by key. */
import { millis } from "../../core/model/units.ts";
import { block, key, needed, secret, wholeOrOff, written } from "./fields.ts";
import { duration } from "./notation.ts";

const MINUTE = 60_000;
const PING_EVERY = duration(millis(MINUTE / 2), millis(1_440 * MINUTE));
const PORT_MAX = 65_535;

const PING = block({
  url: needed(
    secret().optional(),
    "Where the address is kept that is asked for while all is well; left out: none is. Whoever keeps " +
      "it rings when it is silent, so an alarm does not hang on this machine. The address is a secret.",
  ),
  every: key(written(PING_EVERY), "5m", "How often it is asked for."),
});

export const HEALTH = block({
  ping: key(PING, {}, "The dead man's switch: a sign of life for somebody outside."),
});

export const WEB = block({
  port: key(
    wholeOrOff(0, PORT_MAX),
    "off",
    "The port on 127.0.0.1 for `/live`, `/ready`, `/health` and `/metrics`; 0: any that is free. No " +
      "other address is ever listened on.",
  ),
  token: needed(
    secret().optional(),
    "Where the token is kept that opens what tells of accounts: the page, `/snapshot` and those " +
      "metrics; left out: nobody sees them.",
  ),
});
