/**
 * The channels of a configuration, with their secrets read and ready to send.
 *
 * A secret that is not there is told at the start, when somebody is looking, and not at the first
 * alarm. Whether the other side takes it only that side knows: `notify test` asks.
 */
import type { ChannelConfig, Config, SecretPlace } from "../core/model/config.ts";
import type { PushTarget } from "../ports/notifier.ts";
import type { Painter } from "../ports/painter.ts";
import { unreachable } from "../std/assert.ts";
import { ok, type Result } from "../std/result.ts";
import type { Route } from "./carrier.ts";
import { illustrated } from "./chart-images.ts";
import type { Context } from "./context.ts";
import { fromHere, placeFrom } from "./places.ts";
import { wire } from "./wire.ts";

export interface NotifyRoutes {
  readonly routes: readonly Route[];
  /** Channels that cannot be used, a sentence each. */
  readonly problems: readonly string[];
}

export async function notifyRoutes(
  context: Pick<Context, "here" | "clock">,
  { notify = [] }: Pick<Config, "notify">,
): Promise<NotifyRoutes> {
  const routes: Route[] = [];
  const problems: string[] = [];
  for (const channel of notify) {
    const made = await notifierFor(context, channel);
    if (made.ok) routes.push({ rules: channel.rules, ...made.value });
    else problems.push(`the channel ${channel.rules.name}: ${made.error}`);
  }
  return { routes, problems };
}

async function notifierFor(
  { here, clock }: Pick<Context, "here" | "clock">,
  channel: ChannelConfig,
): Promise<Result<Omit<Route, "rules">, string>> {
  const { readSecret } = await wire.secrets();
  const read = (place: SecretPlace): Result<string, string> => readSecret(placeFrom(here, place));
  if (channel.kind === "bell") return ok({ notifier: (await wire.bell()).consoleBell() });
  if (channel.kind === "email") {
    const password = channel.login === null ? NONE : read(channel.login.password);
    if (!password.ok) return password;
    const ca = channel.ca === null ? null : fromHere(here, channel.ca);
    const { smtpNotifier } = await wire.smtp();
    const made = smtpNotifier({ config: { ...channel, ca }, password: password.value });
    return made.ok ? ok({ notifier: illustrated(made.value, painter) }) : made;
  }
  const { pushNotifier, wayOf } = await wire.push();
  const target = targetOf(channel, read);
  if (!target.ok) return target;
  const { name } = channel.rules;
  const made = pushNotifier({ channel: name, target: target.value, now: clock.now });
  return made.ok ? ok({ notifier: made.value, way: wayOf(target.value) }) : made;
}

/** Loaded with the first picture. */
const painter = async (): Promise<Painter> => (await wire.painter()).resvgPainter();

const NONE = ok(null);

type Push = Exclude<ChannelConfig, { readonly kind: "bell" | "email" }>;

/** The same, with what is kept elsewhere put in. */
function targetOf(
  channel: Push,
  read: (place: SecretPlace) => Result<string, string>,
): Result<PushTarget, string> {
  switch (channel.kind) {
    case "discord-webhook": {
      const url = read(channel.url);
      return url.ok ? ok({ kind: channel.kind, url: url.value }) : url;
    }
    case "ntfy": {
      const { kind, url } = channel;
      const topic = read(channel.topic);
      const token = channel.token === null ? NONE : read(channel.token);
      if (!topic.ok) return topic;
      return token.ok ? ok({ kind, url, topic: topic.value, token: token.value }) : token;
    }
    case "gotify": {
      const { kind, url } = channel;
      const token = read(channel.token);
      return token.ok ? ok({ kind, url, token: token.value }) : token;
    }
    case "webhook": {
      const { kind, url } = channel;
      const secret = read(channel.secret);
      return secret.ok ? ok({ kind, url, secret: secret.value }) : secret;
    }
    default:
      return unreachable(channel);
  }
}
