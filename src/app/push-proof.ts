/**
 * Which channels could wake somebody, and whether one of them has shown that it does.
 *
 * Live entries wait for that (`core/model/push-proof.ts`); `notify test` shows it, and writes it down
 * through the process that runs, or by itself where none does.
 */
import { step } from "../core/engine.ts";
import type { Check } from "../core/model/check.ts";
import type { Config } from "../core/model/config.ts";
import { type PushChannel, provedBy } from "../core/model/push-proof.ts";
import { showWhen } from "../core/model/when.ts";
import { explainHour } from "../core/notify/explain-hours.ts";
import { initialState } from "../core/state.ts";
import type { GlobalOptions } from "../ports/console.ts";
import { askRunning } from "./asking.ts";
import { openJournalIn } from "./books.ts";
import type { Route } from "./carrier.ts";
import type { Context } from "./context.ts";
import { notifyRoutes } from "./notify-routes.ts";
import { peekState } from "./peek-state.ts";

/** Those that tell alarms as they happen: a phone, and no mail and no bell. */
export const pushChannelsOf = (routes: readonly Route[]): readonly PushChannel[] =>
  routes.flatMap(({ rules, way }) =>
    way === undefined || !rules.now.includes("alarm")
      ? []
      : [{ channel: rules.name, fingerprint: way }],
  );

/** How it stands, for whoever looks before a start. */
export async function pushCheck(
  context: Pick<Context, "here" | "clock">,
  config: Config,
  directory: string,
): Promise<Check> {
  const { routes } = await notifyRoutes(context, config);
  for (const { notifier } of routes) notifier.close();
  const channels = pushChannelsOf(routes);
  const { passes = {} } = (await peekState(directory)) ?? initialState;
  const proof = provedBy(passes, channels);
  if (proof !== null) {
    const says = `${proof.channel} took a test message ${showWhen(proof.at)}`;
    return { what: "push", state: "ok", says };
  }
  const names = channels.map(({ channel }) => channel);
  // It keeps entries away, and neither a start nor a rehearsal.
  return {
    what: "push",
    state: "note",
    says: explainHour({ kind: "no-push", channels: names }),
  };
}

/** Null: it is written down; else why not. */
export async function writePass(
  context: Context,
  options: Pick<GlobalOptions, "config" | "data">,
  directory: string,
  pass: PushChannel,
): Promise<string | null> {
  const command = { kind: "channel-passed", ...pass } as const;
  const asked = await askRunning(context, options, command);
  if (asked.ok) return asked.value.kind === "fault" ? asked.value.reason : null;
  if (asked.error.kind !== "nobody") return asked.error.detail;
  const at = context.clock.now();
  const opened = await openJournalIn(context, directory, at);
  if (!opened.ok) return opened.error.lines.join("; ");
  const { journal, state, close } = opened.value;
  try {
    const written = journal.append(step(state, { kind: "command", at, quotes: [], command }).facts);
    return written.ok ? null : written.error.detail;
  } finally {
    close();
  }
}
