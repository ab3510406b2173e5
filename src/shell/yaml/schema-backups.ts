/** The copies of the books, key by key: how often, for whose eyes, and where else to. */
import { DEFAULT_BACKUPS } from "../../core/model/defaults.ts";
import { millis } from "../../core/model/units.ts";
import { block, key, label, list, needed, secret, text, written } from "./fields.ts";
import { duration, orWords } from "./notation.ts";

const HOUR = 3_600_000;
const EVERY = orWords(duration(millis(HOUR / 4), millis(24 * HOUR)), ["off"]);
const RECIPIENTS_MAX = 20;

const RECIPIENT = label(
  /^age1[02-9ac-hj-np-z]{58}$/,
  "a public key of age: age1 and 58 more letters and digits, as age-keygen prints it",
);

/** Anybody on the way could change what comes back over a line that is not sealed. */
const ENDPOINT = label(
  /^(https:\/\/[A-Za-z0-9.-]{1,253}(:\d{1,5})?|http:\/\/(127\.0\.0\.1|localhost)(:\d{1,5})?)$/,
  "https://HOST, with nothing behind it (http:// on this machine only)",
);

const BUCKET = block({
  endpoint: needed(
    ENDPOINT,
    "The server, `https://s3.eu-central-1.amazonaws.com` for one; any that speaks the protocol.",
  ),
  region: key(
    label(/^[a-z0-9-]{1,40}$/, "a region such as eu-central-1, or auto"),
    "us-east-1",
    "The server's name for where it is.",
  ),
  bucket: needed(
    label(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket"),
    "The bucket; it must be there.",
  ),
  prefix: key(
    label(/^([A-Za-z0-9._-]{1,100}\/){0,5}$/, "letters, digits and dots, and a slash at the end"),
    "tradestream/",
    "Stands before the name of everything that is put there.",
  ),
  accessKeyId: needed(secret(), "Where the name of the key is kept."),
  secretAccessKey: needed(secret(), "Where the key itself is kept."),
});

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
  bucket: needed(
    BUCKET.optional(),
    "A bucket of Amazon S3, or of a server that speaks its protocol, that gets each copy too.",
  ),
});
