/** The channels: what their keys owe each other, and from the file to what the program plugs in. */

import type { ChannelConfig } from "../../core/model/config.ts";
import type { DutyTimes, SummaryTimes } from "../../core/model/duty.ts";
import type { ChannelRules } from "../../core/model/notification.ts";
import type { Conflict } from "./checks.ts";
import type { ChannelFile } from "./schema-notify.ts";

type EmailFile = Extract<ChannelFile, { readonly kind: "email" }>;

export const conflictsInNotify = (channels: readonly ChannelFile[]): readonly Conflict[] =>
  channels.flatMap((channel, index) => {
    const at = (...path: readonly (string | number)[]) => ["notify", "channels", index, ...path];
    const isTaken = channels.slice(0, index).some(({ name }) => name === channel.name);
    return [
      ...(isTaken ? [{ path: at("name"), message: "another channel has this name already" }] : []),
      ...(channel.now.length + channel.daily.length === 0
        ? [{ path: at("now"), message: "with nothing to tell it is no channel" }]
        : []),
      ...(channel.kind === "email" ? conflictsInEmail(channel, at) : []),
    ];
  });

function conflictsInEmail(
  { user, password, security, host, allowUnencrypted }: EmailFile,
  at: (key: string) => Conflict["path"],
): readonly Conflict[] {
  const isOpen = security === "none" && !LOOPBACK.test(host) && allowUnencrypted === "no";
  return [
    ...(user !== undefined && password === undefined
      ? [{ path: at("user"), message: "who logs in needs a password" }]
      : []),
    ...(user === undefined && password !== undefined
      ? [{ path: at("password"), message: "a password needs a user who logs in" }]
      : []),
    ...(isOpen
      ? [
          {
            path: at("security"),
            message:
              "without encryption only to this machine (127.0.0.1, ::1, localhost); else say so in allowUnencrypted",
          },
        ]
      : []),
  ];
}

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/;

export const notifyOf = (channels: readonly ChannelFile[]): readonly ChannelConfig[] =>
  channels.map(channelOf);

function channelOf(channel: ChannelFile): ChannelConfig {
  const rules = rulesOf(channel);
  switch (channel.kind) {
    case "email":
      return emailOf(channel, rules);
    case "discord-webhook":
      return { kind: channel.kind, rules, url: channel.address };
    case "ntfy": {
      const { kind, url, topic, token = null } = channel;
      return { kind, rules, url, topic, token };
    }
    case "gotify":
      return { kind: channel.kind, rules, url: channel.url, token: channel.token };
    case "webhook":
      return { kind: channel.kind, rules, url: channel.url, secret: channel.secret };
    case "bell":
      return { kind: channel.kind, rules };
  }
}

const rulesOf = ({ name, now, daily, dailyAt, quiet, perHour }: ChannelFile): ChannelRules => ({
  ...{ name, now, daily, dailyAt, perHour },
  quiet: quiet === "off" ? null : quiet,
});

const PORTS = { starttls: 587, tls: 465, none: 25 } as const;

function emailOf(file: EmailFile, rules: ChannelRules): ChannelConfig {
  const { kind, host, security, user, password, from, to } = file;
  const login = user === undefined || password === undefined ? null : { user, password };
  const { port = PORTS[security], ca } = file;
  return { kind, rules, host, port, security, ca: ca ?? null, login, from, to };
}

type Hour = number | "off";

interface Wanted {
  readonly notify: {
    readonly channels: readonly ChannelFile[];
    readonly ready: Hour;
    readonly closing: Hour;
    readonly daySummary: Hour;
    readonly weekSummary: Hour;
    readonly monthSummary: Hour;
  };
}

/** Told to the channels: without one nobody asks for it. */
export function dutiesOf({ notify }: Wanted): { readonly duties?: DutyTimes } {
  const { channels, ready, closing } = notify;
  if (channels.length === 0) return {};
  return { duties: { ready: minuteIn(ready), closing: minuteIn(closing), ...summariesOf(notify) } };
}

const minuteIn = (hour: Hour): number | null => (hour === "off" ? null : hour);

/** Nor is anything summed up for nobody. */
function summariesOf({ channels, ...notify }: Wanted["notify"]): SummaryTimes {
  const isWanted = channels.some(({ now, daily }) => [...now, ...daily].includes("summary"));
  if (!isWanted) return {};
  return {
    day: minuteIn(notify.daySummary),
    week: minuteIn(notify.weekSummary),
    month: minuteIn(notify.monthSummary),
  };
}
