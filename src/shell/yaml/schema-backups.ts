/** The copies of the books, key by key: how often, for whose eyes, and where else to. */
import { DEFAULT_BACKUPS } from "../../core/model/defaults.ts";
import { millis } from "../../core/model/units.ts";
import { block, key, label, list, text, written } from "./fields.ts";
import { duration, orWords } from "./notation.ts";

const HOUR = 3_600_000;
const EVERY = orWords(duration(millis(HOUR / 4), millis(24 * HOUR)), ["off"]);
const RECIPIENTS_MAX = 20;

const RECIPIENT = label(
  /^age1[02-9ac-hj-np-z]{58}$/,
  "a public key of age: age1 and 58 more letters and digits, as age-keygen prints it",
);

export const BACKUPS = block({
  every: key(
    written(EVERY),
    EVERY.write(DEFAULT_BACKUPS.every ?? "off"),
    "How often the books are copied into `backups` in the data directory, beside a copy when the " +
      "session ends and when the program stops; off: none of these.",
  ),
  recipients: key(
    list(RECIPIENT, 0, RECIPIENTS_MAX, "public keys"),
    [],
    "Who alone can read the copies: public keys of age. This machine cannot then; keep the key " +
      "elsewhere.",
  ),
  copyTo: key(
    text("the path of a directory, or none").transform((path) => (path === "none" ? null : path)),
    "none",
    "A second directory that gets each copy too, best on another disk or machine.",
  ),
});
