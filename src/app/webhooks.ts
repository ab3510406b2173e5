/**
 * Webhook sources of a configuration: their secrets read, judged and handed over.
 *
 * ```text
 * config ─► secrets read ─► problems? ─┬─ none ─► a source that listens
 *                                      └─ some ─► exit 2; with contracts open, a source that
 *                                                 only says why it hears nothing
 * ```
 *
 * A replay has no use for them: its prices are recorded, and what arrives now was not said then.
 */
import type { Config, SourceConfig, WebhookConfig } from "../core/model/config.ts";
import { millis } from "../core/model/units.ts";
import type { AlertSource } from "../ports/alert-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { Keeper } from "../ports/keeper.ts";
import { err, ok, type Result } from "../std/result.ts";
import { takeDirectory } from "./books.ts";
import { type Context, type Stopped, stopped } from "./context.ts";
import { fromHere } from "./places.ts";
import { wire } from "./wire.ts";

/** With the secrets themselves in the place of where they are kept. */
interface Settings {
  readonly host: string;
  readonly port: number;
  readonly hooks: readonly {
    readonly name: string;
    readonly token: string;
    readonly addresses: readonly string[] | null;
  }[];
  readonly signed: readonly { readonly name: string; readonly secrets: readonly string[] }[];
}

export type WebhookMaker = (source: WebhookConfig, clock: Clock, keeper: Keeper) => AlertSource;

const isWebhook = (source: SourceConfig): source is WebhookConfig => source.kind === "webhook";

export const webhooksIn = ({ sources }: Config): readonly WebhookConfig[] =>
  sources.filter(isWebhook);

const webhookName = ({ host, port }: WebhookConfig): string =>
  `webhook ${host.includes(":") ? `[${host}]` : host}:${port}`;

/** Nothing of it is loaded for a configuration without webhooks. */
export async function webhookMaker(
  context: Context,
  webhooks: readonly WebhookConfig[],
): Promise<WebhookMaker> {
  if (webhooks.length === 0) return (source, clock) => mute(source, clock, []);
  const { webhookSource } = await wire.webhook();
  const settings = new Map<WebhookConfig, Result<Settings, readonly string[]>>();
  for (const one of webhooks) settings.set(one, await settingsOf(context, one));
  return (source, clock, keeper) => {
    const read = settings.get(source) ?? err([]);
    if (!read.ok) return mute(source, clock, read.error);
    const { host } = source;
    const listening = (port: number): void =>
      context.screen.remark(`${webhookName({ ...source, host, port })}: listening`);
    return webhookSource({ settings: read.value, clock, keeper, listening });
  };
}

/** Why a start should be refused: a webhook that would hear nobody. */
export async function deafWebhook(
  context: Context,
  config: Config,
  directory: string,
): Promise<Stopped | null> {
  for (const one of webhooksIn(config)) {
    const read = await settingsOf(context, one);
    if (!read.ok) return stopped(2, ...read.error.map((line) => `${webhookName(one)}: ${line}`));
    const { canListen } = await wire.webhook();
    const listens = one.port === 0 ? ok(undefined) : await canListen(read.value);
    if (listens.ok) continue;
    // A second instance on these books is told so, and not that its own first one listens.
    const free = await takeDirectory(context, directory);
    if (!free.ok) return free.error;
    free.value.release();
    return stopped(2, `${webhookName(one)}: ${listens.error}`);
  }
  return null;
}

/** The error has a line for each problem, and nothing of any secret. */
async function settingsOf(
  { here }: Pick<Context, "here">,
  { host, port, hooks, signed }: WebhookConfig,
): Promise<Result<Settings, readonly string[]>> {
  const { readSecret } = await wire.secrets();
  const { problemsOf } = await wire.webhookSenders();
  const problems: string[] = [];
  const read = (who: string, place: Parameters<typeof readSecret>[0]): string => {
    const found = place.kind === "file" ? { ...place, path: fromHere(here, place.path) } : place;
    const secret = readSecret(found);
    if (!secret.ok) problems.push(`${who}: ${secret.error}`);
    return secret.ok ? secret.value : "";
  };
  const settings: Settings = {
    ...{ host, port },
    hooks: hooks.map(({ name, token, addresses }) => ({
      ...{ name, addresses },
      token: read(`hook ${name}`, token),
    })),
    signed: signed.map(({ name, secrets }) => ({
      name,
      secrets: secrets.map((one) => read(`signed ${name}`, one)),
    })),
  };
  const all = problems.length > 0 ? problems : problemsOf(settings);
  return all.length === 0 ? ok(settings) : err(all);
}

/** It hears nothing and says why; what is open is cared for all the same. */
function mute(source: WebhookConfig, clock: Clock, problems: readonly string[]): AlertSource {
  const name = webhookName(source);
  let callOff = (): void => {};
  return {
    name,
    open(listener) {
      callOff = clock.schedule(millis(clock.now()), () => {
        for (const reason of problems) listener.fault({ where: name, reason });
      });
    },
    close: () => callOff(),
  };
}

const LOOPBACK: readonly string[] = ["127.0.0.1", "::1", "localhost"];

/** What a person should know about them before the start. */
export function aboutWebhooks(config: Config, isReplay: boolean): readonly string[] {
  const webhooks = webhooksIn(config);
  if (isReplay) return webhooks.length > 0 ? ["webhooks are not heard: prices are recorded"] : [];
  return webhooks
    .filter(({ host }) => !LOOPBACK.includes(host))
    .map(
      (one) =>
        `${webhookName(one)} can be reached from other machines and is not encrypted: put a reverse proxy with TLS in front of it`,
    );
}
