/**
 * Where alerts come from, key by key, and how the messages of each channel are taken.
 *
 * Every channel, file and hook says the same few things about its messages: whose count, how they
 * are written, for which accounts, and whether a person is asked first. What comes over a network
 * begins in shadow unless it is told otherwise; a file or a pipe is somebody's own and is taken.
 */
import * as z from "zod";
import { PLAIN_FORMAT } from "../../core/model/format.ts";
import type { RoomMode } from "../../core/model/room.ts";
import { millis } from "../../core/model/units.ts";
import {
  block,
  choice,
  flag,
  key,
  kinds,
  label,
  list,
  needed,
  secret,
  text,
  written,
} from "./fields.ts";
import { duration } from "./notation.ts";

const AUTHORS_MAX = 100;
const CHANNELS_MAX = 100;
const SENDERS_MAX = 50;
const APPROVERS_MAX = 20;
const ADDRESSES_MAX = 50;

/** How long an entry may wait for a person's yes. */
export const APPROVAL_TIME = duration(millis(5_000), millis(600_000));

const FORMAT_NAME = label(
  /^[a-z][a-z0-9-]{0,63}$/,
  "the name of a format: small letters, digits and hyphens, a letter first",
);

export const GROUP_NAME = label(
  /^[a-z][a-z0-9-]{0,63}$/,
  "the name of a group: small letters, digits and hyphens, a letter first",
);

/** Longer than a number can hold exactly, so it has to be a text. */
export const NUMERIC_ID = label(
  /^\d{15,20}$/,
  'an id of 15 to 20 digits in quotation marks, such as "123456789012345678"',
);

const SENDER_NAME = label(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  "a name: up to 64 letters, digits, dots, hyphens and underscores",
);

const room = (mode: RoomMode) => ({
  authorIds: needed(
    list(NUMERIC_ID, 1, AUTHORS_MAX, "author ids").optional(),
    "Only these authors are heard, known by their numeric ids, which nobody else can take.",
  ),
  format: key(
    FORMAT_NAME,
    PLAIN_FORMAT.name,
    "How its alerts are written: a format pack out of the directory `formats`, or `plain`.",
  ),
  group: needed(
    GROUP_NAME.optional(),
    "Only the accounts of this group follow it. Left out: all of them.",
  ),
  mode: key(
    choice(["auto", "confirm", "shadow"]),
    mode,
    "An entry is taken at once, waits for a person's yes, or is judged and kept but never filled. " +
      "Updates only ever reduce and ask nobody.",
  ),
  confirmFor: needed(
    written(APPROVAL_TIME).optional(),
    "How long an entry waits for that yes here. Left out: as for the whole file.",
  ),
});

/** Names count only where a message comes without the author's id. */
const named = (mode: RoomMode) => ({
  authors: needed(
    list(text("an author's name"), 1, AUTHORS_MAX, "authors").optional(),
    "Only these authors are heard, by their whole name. Left out: those of the format, or everyone.",
  ),
  ...room(mode),
});

const CHANNEL = block({
  id: needed(NUMERIC_ID, "The channel's id: right click, Copy Channel ID, in developer mode."),
  name: needed(text("a name").max(64).optional(), "What people call it. Left out: its id."),
  ...room("shadow"),
});

/** To our own machine also without encryption, for a stand-in of the service. */
export const urlOf = (secure: "https" | "wss", open: "http" | "ws") =>
  label(
    new RegExp(
      `^(?:${secure}://[^\\s\\p{C}]{1,512}|${open}://(?:127\\.0\\.0\\.1|localhost)(?::\\d{1,5})?(?:/[^\\s\\p{C}]{0,512})?)$`,
      "u",
    ),
    `an address that begins with ${secure}://`,
  );

const DISCORD = block({
  kind: needed(z.literal("discord"), "Channels of Discord, heard by a bot of your own."),
  token: needed(secret(), "Where the bot's token is kept. The token of a person is refused."),
  restUrl: needed(urlOf("https", "http").optional(), "Another address than Discord's, for tests."),
  gatewayUrl: needed(urlOf("wss", "ws").optional(), "Another gateway than Discord's, for tests."),
  approvers: key(
    list(NUMERIC_ID, 0, APPROVERS_MAX, "user ids"),
    [],
    "Ids of the users who may answer waiting entries by a button.",
  ),
  approvalChannel: needed(
    NUMERIC_ID.optional(),
    "The channel in which waiting entries are posted with their buttons. Left out: nowhere.",
  ),
  channels: needed(list(CHANNEL, 1, CHANNELS_MAX, "channels"), "The channels that are heard."),
});

/** Also a whole network, or the word that stands for all of a known sender's. */
const ADDRESS = label(
  /^(?:tradingview|\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?:\/\d{1,3})?)$/,
  "an internet address, a range such as 192.0.2.0/24, or `tradingview`",
);

const HOOK = block({
  name: needed(SENDER_NAME, "What people call it, in the log and in commands."),
  token: needed(secret(), "Where the secret part of its address, /hooks/TOKEN, is kept."),
  addresses: needed(
    list(ADDRESS, 1, ADDRESSES_MAX, "addresses").optional(),
    "Only these internet addresses may send; `tradingview` stands for its own. Left out: every address may.",
  ),
  ...named("shadow"),
});

const SIGNED = block({
  name: needed(SENDER_NAME, "What people call it, in the log and in commands."),
  secrets: needed(
    list(secret(), 1, 2, "secrets"),
    "Where its secret is kept; two while the sender changes over.",
  ),
  ...named("shadow"),
});

/** Host and port, as `listen` is written. */
export const LISTEN = /^(\[[0-9a-fA-F:]{2,45}\]|[A-Za-z0-9][A-Za-z0-9.-]{0,252}):(\d{1,5})$/;

const WEBHOOK = block({
  kind: needed(z.literal("webhook"), "Messages posted to us over HTTP."),
  listen: key(
    label(LISTEN, "an address and a port such as 127.0.0.1:8787").refine(
      (value) => Number(LISTEN.exec(value)?.[2]) <= 65_535,
      "expected a port up to 65535",
    ),
    "127.0.0.1:8787",
    "Where it listens. Port 0 takes a free one and says which.",
  ),
  hooks: key(
    list(HOOK, 0, SENDERS_MAX, "hooks"),
    [],
    "Senders that cannot sign: POST /hooks/TOKEN.",
  ),
  signed: key(list(SIGNED, 0, SENDERS_MAX, "senders"), [], "Senders that sign: POST /alerts."),
});

export const SOURCE = z.discriminatedUnion(
  "kind",
  [
    block({
      kind: needed(z.literal("chat-file"), "A text or JSON Lines file, read and then followed."),
      path: needed(text("the path of a chat file"), "The file with the messages."),
      once: key(flag(), false, "Stop at the end of the file instead of following it."),
      ...named("auto"),
    }),
    block({
      kind: needed(z.literal("stdin"), "Messages on standard input."),
      ...named("auto"),
    }),
    DISCORD,
    WEBHOOK,
  ],
  kinds("chat-file", "stdin", "discord", "webhook"),
);

export type SourceFile = z.output<typeof SOURCE>;
