/**
 * `tradestream notify test`: one message by each channel, now, and what the other side said.
 * `tradestream notify status`: what waits to be told, and since when.
 *
 * ```text
 * all accepted ─► 0      a secret, an address, a key is wrong ─► 2      it may work later ─► 1
 * ```
 *
 * With `--summary` the test is a summary of the newest trade date, week or month instead of a line.
 *
 * A test goes past the outbox: it is about the way and not about anything that happened.
 */
import type { Config } from "../../core/model/config.ts";
import { isoOf } from "../../core/model/iso-time.ts";
import type { Item, Letter } from "../../core/model/notification.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import { letterOf } from "../../core/views/letter-words.ts";
import type { SummaryText } from "../../core/views/summary.ts";
import { renderTable, type TableColumn } from "../../core/views/table.ts";
import { formatTime } from "../../core/views/timeline.ts";
import type { ExitCode, GlobalOptions, Handlers } from "../../ports/console.ts";
import type { Delivery } from "../../ports/notifier.ts";
import type { Standing } from "../../ports/outbox.ts";
import type { Route } from "../carrier.ts";
import { type Context, leave, stopped } from "../context.ts";
import { notifyRoutes } from "../notify-routes.ts";
import { placesIn } from "../places.ts";
import { pushChannelsOf, writePass } from "../push-proof.ts";
import { chooseConfig, directoryFor, faultLines, NO_CONFIG, newestDirectory } from "../setup.ts";
import { summaryNow } from "../summary-now.ts";
import { wire } from "../wire.ts";

export const notifyTest =
  (context: Context): Handlers["notifyTest"] =>
  async (options) => {
    const choice = await chooseConfig(context, options);
    if (choice.kind === "absent") return leave(context, stopped(2, NO_CONFIG));
    if (choice.kind === "broken") return leave(context, stopped(2, ...faultLines(choice.fault)));
    const chosen = channelsNamed(choice.config, options.channel);
    if (typeof chosen === "string") {
      return leave(context, stopped(2, `${choice.file}: ${chosen}`));
    }
    const { config } = choice;
    const { summary } = options;
    const made = summary === null ? null : await summaryNow(context, options, summary);
    if (made?.ok === false) return leave(context, made.error);
    const directory = config.mode === "paper" ? null : directoryFor(context, options, config);
    return testAll(context, chosen, options, { directory, text: made?.value ?? null });
  };

function channelsNamed(
  { notify = [] }: Config,
  name: string | null,
): Pick<Config, "notify"> | string {
  const names = notify.map(({ rules }) => rules.name);
  if (names.length === 0) return "no channels are configured (notify.channels)";
  if (name !== null && !names.includes(name)) {
    return `there is no channel ${JSON.stringify(name)}, only ${names.join(", ")}`;
  }
  return { notify: notify.filter(({ rules }) => name === null || rules.name === name) };
}

interface Test {
  /** Where a house trades live, what passed is written down in its directory. */
  readonly directory: string | null;
  /** The summary to send; null: a line. */
  readonly text: SummaryText | null;
}

async function testAll(
  context: Context,
  config: Pick<Config, "notify">,
  options: GlobalOptions,
  { directory, text }: Test,
): Promise<ExitCode> {
  const { screen } = context;
  const { json } = options;
  const { routes, problems } = await notifyRoutes(context, config);
  for (const problem of problems) screen.remark(problem);
  const codes: ExitCode[] = problems.length === 0 ? [] : [2];
  for (const route of routes) {
    const { name } = route.rules;
    const delivery = await sendOne(context, route, text);
    codes.push(codeOf(delivery));
    if (json) screen.printJson({ channel: name, ...recordOf(delivery) });
    else screen.print(`${name}: ${sentence(delivery)}`);
    const [pass] = delivery.kind === "accepted" ? pushChannelsOf([route]) : [];
    if (pass === undefined || directory === null) continue;
    const fault = await writePass(context, options, directory, pass);
    if (fault !== null) codes.push(1);
    if (fault !== null)
      screen.remark(`${name}: that it passed could not be written down: ${fault}`);
    else if (!json) screen.print(`${name}: passed; live entries ask for one such channel`);
  }
  return codes.includes(2) ? 2 : codes.includes(1) ? 1 : 0;
}

/** Longer than any stage of any channel. */
const PATIENCE = 60_000;

async function sendOne(
  { clock }: Context,
  { rules, notifier }: Route,
  text: SummaryText | null,
): Promise<Delivery> {
  const at = clock.now();
  const delivery = await new Promise<Delivery>((resolve) => {
    const off = clock.schedule(millis(at + PATIENCE), () => resolve(SILENT));
    notifier.send(testLetter(rules.name, at, text), (answer) => {
      off();
      resolve(answer);
    });
  });
  notifier.close();
  return delivery;
}

const SILENT: Delivery = {
  kind: "refused",
  scope: "channel",
  said: "no answer within a minute",
  fix: null,
  after: null,
};

function testLetter(channel: string, at: Millis, text: SummaryText | null): Letter {
  const apart = { at, account: null, trade: null, quote: null };
  const works = {
    title: `Test: the channel ${channel} works`,
    details: [{ label: "Sent", value: isoOf(at) }],
  };
  const item: Item =
    text === null
      ? { ...apart, topic: "health", tone: "good", ...works }
      : { ...apart, topic: "summary", tone: "plain", ...text };
  return letterOf({ id: `ts-test-${at}-${channel}`, channel, at }, [item]);
}

const codeOf = (delivery: Delivery): ExitCode =>
  delivery.kind === "accepted" ? 0 : delivery.fix === null ? 1 : 2;

function sentence(delivery: Delivery): string {
  if (delivery.kind === "accepted") return `accepted: ${delivery.said}`;
  const { said, fix } = delivery;
  return `NOT ACCEPTED: ${said}; ${fix ?? "it may work later"}`;
}

const recordOf = (delivery: Delivery) => ({
  accepted: delivery.kind === "accepted",
  said: delivery.said,
  fix: delivery.kind === "accepted" ? null : delivery.fix,
});

export const notifyStatus =
  (context: Context): Handlers["notifyStatus"] =>
  async (options) => {
    const directory = await newestDirectory(context, options);
    if (!directory.ok) return leave(context, directory.error);
    const { openJournalReadOnly } = await wire.journal();
    const opened = openJournalReadOnly(placesIn(directory.value).journal);
    if (!opened.ok) return leave(context, stopped(1, opened.error.detail));
    const standings = opened.value.outbox.standings();
    opened.value.close();
    show(context, standings, options.json);
    return 0;
  };

const LAYOUT: readonly TableColumn[] = [
  { title: "CHANNEL", align: "left" },
  { title: "WAITING", align: "right" },
  { title: "SINCE", align: "left" },
  { title: "SENT", align: "right" },
  { title: "NOT DELIVERED", align: "right" },
  { title: "LAST REFUSAL", align: "left" },
];

function show({ screen }: Context, standings: readonly Standing[], json: boolean): void {
  if (json) return screen.printJson({ channels: standings.map(viewOf) });
  if (standings.length === 0)
    return screen.print("nothing was ever to be told away from the screen");
  const rows = standings.map(({ channel, waiting, oldest, sent, expired, refusal }) => [
    channel,
    String(waiting),
    oldest === null ? "-" : `${isoOf(oldest).slice(0, 10)} ${formatTime(oldest)}`,
    String(sent),
    String(expired),
    refusal ?? "-",
  ]);
  for (const line of renderTable(LAYOUT, rows, screen.columns())) screen.print(line);
}

const viewOf = ({ oldest, lastSentAt, ...standing }: Standing) => ({
  ...standing,
  oldest: oldest === null ? null : isoOf(oldest),
  lastSentAt: lastSentAt === null ? null : isoOf(lastSentAt),
});
