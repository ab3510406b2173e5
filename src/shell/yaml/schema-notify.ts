/**
 * Who is told away from the screen, key by key: the channels, what is told on each, and when.
 *
 * Secrets are never written here, and an address that lets anyone write to a channel is one.
 */
import * as z from "zod";
import { TOPICS, type Topic } from "../../core/model/notification.ts";
import { clockTime, showClock } from "./clock-notation.ts";
import {
  block,
  choice,
  key,
  kinds,
  label,
  list,
  needed,
  secret,
  text,
  whole,
  written,
} from "./fields.ts";
import type { Notation } from "./notation.ts";
import { urlOf } from "./schema-sources.ts";

const CHANNELS_MAX = 20;
const RECIPIENTS_MAX = 20;
const PORT_MAX = 65_535;

/** By whom somebody is called at night. */
const FOR_A_DESK: readonly Topic[] = TOPICS.filter((topic) => topic !== "refusal");
const FOR_A_POCKET: readonly Topic[] = ["close", "approval", "risk", "breaker", "day", "alarm"];
const FOR_THE_ROOM: readonly Topic[] = ["approval", "alarm"];

const TIME = clockTime.pattern.source.replace(/^\^|\$$/g, "");

type Quiet = { readonly from: number; readonly until: number } | "off";

const QUIET: Notation<Quiet> = {
  pattern: new RegExp(`^(?:off|(?:${TIME}) to (?:${TIME}))$`),
  expected: 'expected two different times of Chicago such as "22:00 to 06:30", or "off"',
  read(value) {
    if (value === "off") return "off";
    const [from, until] = value.split(" to ").map((one) => clockTime.read(one));
    return from == null || until == null || from === until ? null : { from, until };
  },
  write: (quiet) =>
    quiet === "off" ? "off" : `${showClock(quiet.from)} to ${showClock(quiet.until)}`,
};

const CHANNEL_NAME = label(
  /^[a-z][a-z0-9-]{0,31}$/,
  "the name of a channel: small letters, digits and hyphens, a letter first",
);

const topics = () => list(choice(TOPICS), 0, TOPICS.length, "kinds of news");

/** What every channel says of itself. */
const ruled = (now: readonly Topic[], daily: readonly Topic[], perHour: number) => ({
  name: needed(CHANNEL_NAME, "What people call it, on the screen and in `notify test`."),
  now: key(topics(), [...now], "What is told as it happens."),
  daily: key(topics(), [...daily], "What is collected and told together once a day."),
  dailyAt: key(written(clockTime), "15:15", "When, in Chicago."),
  quiet: key(
    written(QUIET),
    "off",
    "Hours, in Chicago, in which only alarms are told; the rest follows in one message.",
  ),
  perHour: key(
    whole(1, 1_000),
    perHour,
    "At most so many messages in any hour, alarms apart; what is beyond comes together.",
  ),
});

const HOST = label(
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|[0-9a-fA-F:]{2,45})$/,
  "the name or the address of a mail server",
);

/** Nothing in it can end a header or begin another address. */
const MAIL_ADDRESS = label(
  /^(?:[^<>@,;:"\\\p{C}]{1,64} <[^\s<>@,;:"\\\p{C}]{1,64}@[A-Za-z0-9.-]{1,253}>|[^\s<>@,;:"\\\p{C}]{1,64}@[A-Za-z0-9.-]{1,253})$/u,
  'a mail address such as "trader@example.com" or "TradeStream <bot@example.com>"',
);

const EMAIL = block({
  kind: needed(z.literal("email"), "Mail, over SMTP."),
  ...ruled(FOR_A_DESK, ["refusal"], 100),
  host: needed(HOST, "The server that takes it."),
  port: needed(
    whole(1, PORT_MAX).optional(),
    "Left out: 587 for starttls, 465 for tls, 25 for none.",
  ),
  security: key(
    choice(["starttls", "tls", "none"]),
    "starttls",
    "Encrypted after the greeting, or from the first byte, or not at all; then only on this machine.",
  ),
  allowUnencrypted: key(
    choice(["no", "yes, anyone on the way may read and change them"]),
    "no",
    "Whether mails, and the login with them, may leave this machine without encryption.",
  ),
  ca: needed(
    text("the path of a certificate").optional(),
    "A certificate to trust beside those of the system, for a server of your own.",
  ),
  user: needed(text("a user name").optional(), "Who logs in. Left out: nobody."),
  password: needed(secret().optional(), "Where the password is kept."),
  from: needed(MAIL_ADDRESS, "Whose mails they are."),
  to: needed(list(MAIL_ADDRESS, 1, RECIPIENTS_MAX, "addresses"), "Who gets them."),
});

const HTTP_URL = urlOf("https", "http");

const pocket = () => ruled(FOR_A_POCKET, [], 60);

export const CHANNEL = z.discriminatedUnion(
  "kind",
  [
    EMAIL,
    block({
      kind: needed(z.literal("discord-webhook"), "A channel of Discord, by a webhook of its own."),
      ...pocket(),
      address: needed(secret(), "Where the webhook's address is kept: who has it may write there."),
    }),
    block({
      kind: needed(z.literal("ntfy"), "A push service: ntfy.sh, or a server like it."),
      ...pocket(),
      url: key(HTTP_URL, "https://ntfy.sh", "The server."),
      topic: needed(secret(), "Where the topic's name is kept: who has it may read along."),
      token: needed(secret().optional(), "Where its token is kept, if it wants one."),
    }),
    block({
      kind: needed(z.literal("gotify"), "A push server of your own: Gotify."),
      ...pocket(),
      url: needed(HTTP_URL, "The server."),
      token: needed(secret(), "Where the application's token is kept."),
    }),
    block({
      kind: needed(z.literal("webhook"), "Any address; signed as Standard Webhooks has it."),
      ...pocket(),
      url: needed(HTTP_URL, "Where it is posted to."),
      secret: needed(secret(), "Where the key is kept: whsec_ and 24 to 64 bytes in base64."),
    }),
    block({
      kind: needed(z.literal("bell"), "The bell of the terminal the program runs on."),
      ...ruled(FOR_THE_ROOM, [], 60),
    }),
  ],
  kinds("email", "discord-webhook", "ntfy", "gotify", "webhook", "bell"),
);

const HOUR: Notation<number | "off"> = {
  pattern: new RegExp(`^(?:off|(?:${TIME}))$`),
  expected: 'expected a time in Chicago such as "08:15", or "off"',
  read: (value) => (value === "off" ? "off" : clockTime.read(value)),
  write: (hour) => (hour === "off" ? "off" : showClock(hour)),
};

const SOON_AFTER = "five minutes after the session ends";

export const NOTIFY = block({
  ready: key(
    written(HOUR),
    "08:15",
    "When, in Chicago, it is told on each trade date whether all is ready. Up to four hours late after a start.",
  ),
  closing: key(
    written(HOUR),
    "15:15",
    "When it is told how the trade date was; at the end of a session that ends earlier.",
  ),
  daySummary: key(
    written(HOUR),
    "15:20",
    `When, in Chicago, the trade date is summed up, at the latest ${SOON_AFTER}.`,
  ),
  weekSummary: key(
    written(HOUR),
    "15:20",
    `When the week is summed up on the last trade date of it, at the latest ${SOON_AFTER}.`,
  ),
  monthSummary: key(
    written(HOUR),
    "15:20",
    `When the month is summed up on the last trade date of it, at the latest ${SOON_AFTER}.`,
  ),
  channels: key(
    list(CHANNEL, 0, CHANNELS_MAX, "channels"),
    [],
    "Who is told, by which way. Nothing is sent from a demo or from recorded prices.",
  ),
});

export type ChannelFile = z.output<typeof CHANNEL>;
