/** Every secret that a configuration names, with the part of it that needs it. */
import type { Config, SecretPlace, SourceConfig } from "../core/model/config.ts";

export interface NamedSecret {
  readonly of: string;
  readonly place: SecretPlace;
}

/** Those of the channels are told by `notify-routes.ts`, those of Discord by `deaf-discord.ts`. */
export function secretsOf({
  broker,
  sources,
  health,
  web,
  backups,
}: Config): readonly NamedSecret[] {
  const named = (of: string, place: SecretPlace | null | undefined): readonly NamedSecret[] =>
    place == null ? [] : [{ of, place }];
  return [
    ...named("broker", broker?.apiKey),
    ...sources.flatMap(ofSource),
    ...named("health.ping", health?.ping.url),
    ...named("web", web?.token),
    ...named("backups.bucket.accessKeyId", backups?.bucket?.accessKeyId),
    ...named("backups.bucket.secretAccessKey", backups?.bucket?.secretAccessKey),
  ];
}

function ofSource(source: SourceConfig): readonly NamedSecret[] {
  if (source.kind !== "webhook") return [];
  const hooks = source.hooks.map(({ name, token }) => ({ of: `hook ${name}`, place: token }));
  const signed = source.signed.flatMap(({ name, secrets }) =>
    secrets.map((place) => ({ of: `sender ${name}`, place })),
  );
  return [...hooks, ...signed];
}
