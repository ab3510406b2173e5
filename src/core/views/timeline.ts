/**
 * The story of a day, a line for each thing a trader cares about.
 *
 * ```text
 * 09:31:05 CT  #1 alert ES long 6326.00 stop 6316.00 size A
 * 09:31:05 CT  #1 planned: 3 MES long, limit 6328.00, stop 6316.00, targets 6333.00 x1, 6338.00 x2
 * 09:31:05 CT  #1   at risk $191.16, risk score 38
 * 09:31:05 CT  #1 filled 1 MES at 6326.25
 * 09:31:05 CT  #1 stop confirmed 6316.00 x1
 * 09:40:12 CT  #1 target 1 hit: 1 MES at 6333.00
 * 09:40:12 CT  #1 stop to breakeven 6326.25
 * ```
 *
 * A whole trade takes a dozen lines at most: of the venue's chatter only results and faults are
 * told. Lines are copies of facts and decide nothing. Their texts are clean (see plain-text.ts), so
 * they may go to any terminal.
 */
import { getIn } from "../../std/trie.ts";
import { type AlarmFact, isOfAlarm } from "../model/alarm-fact.ts";
import { type BackupFact, isOfBackup } from "../model/backup-fact.ts";
import { centralClock } from "../model/central-time.ts";
import { type ConfigFact, isOfConfig } from "../model/config-fact.ts";
import { type DutyFact, isOfDuty } from "../model/duty-fact.ts";
import type { Fact } from "../model/fact.ts";
import { type FirmFact, isOfFirm } from "../model/firm-fact.ts";
import { type HealthFact, isOfHealth } from "../model/health-fact.ts";
import type { TradeId } from "../model/ids.ts";
import { isoOf } from "../model/iso-time.ts";
import { messageKey } from "../model/message.ts";
import type { Millis } from "../model/units.ts";
import { hear, type Narrator, type TradeStory } from "./narrator.ts";
import { clean, cutTo, hanging } from "./plain-text.ts";
import { ofTrade, type Said, type Tone, type Words } from "./said.ts";
import { tellAlarm } from "./tell-alarm.ts";
import { tellBackup } from "./tell-backup.ts";
import { tellConfig } from "./tell-config.ts";
import { tellDuty } from "./tell-duty.ts";
import { tellFirm } from "./tell-firm.ts";
import { tellHealth } from "./tell-health.ts";
import { tellHouse, tellTrouble } from "./tell-house.ts";
import { tellAlert, tellMessage } from "./tell-message.ts";
import { tellEntry, tellLeg } from "./tell-order.ts";
import { tellRisk } from "./tell-risk.ts";
import { tellTrade } from "./tell-trade.ts";

export interface TimelineLine extends Omit<Said, "more"> {
  readonly at: Millis;
}

export interface Told {
  readonly narrator: Narrator;
  readonly lines: readonly TimelineLine[];
}

/** No text is longer, whatever a stranger wrote into it; the longest refusal, in mini and micro, is not. */
const COLUMNS_MAX = 800;

/** A few lines at most, often none: an alert waits to be told until it is known what became of it. */
export function narrate(narrator: Narrator, fact: Fact): Told {
  const said = tell(narrator, fact);
  const lines = said === null ? [] : linesOf(fact.at, said);
  return { narrator: hear(narrator, fact), lines: [...untoldAlert(narrator, fact), ...lines] };
}

function untoldAlert({ untold }: Narrator, fact: Fact): readonly TimelineLine[] {
  if (untold === null) return [];
  const became =
    fact.kind === "TradePlanned" && messageKey(fact.message) === messageKey(untold.message);
  return linesOf(untold.at, tellAlert(untold, became ? fact : null));
}

/** What goes on below is set in. */
function linesOf(at: Millis, { more = [], ...said }: Said): readonly TimelineLine[] {
  const number = said.trade === null ? "" : `#${said.trade} `;
  const lineOf = (text: string): TimelineLine => ({ ...said, at, text: cutTo(text, COLUMNS_MAX) });
  return [
    lineOf(clean(`${number}${said.text}`)),
    ...more.map((text) => lineOf(`${number}  ${clean(text)}`)),
  ];
}

/** Null = nothing a trader would miss. */
function tell(narrator: Narrator, fact: Fact): Said | null {
  if (isOfConfig(fact)) return tellConfig(fact);
  if (isOfAlarm(fact)) return tellAlarm(narrator, fact);
  if (isOfBackup(fact)) return tellBackup(fact);
  if (isOfDuty(fact)) return tellDuty(narrator, fact);
  if (isOfHealth(fact)) return tellHealth(fact);
  return isOfFirm(fact) ? tellFirm(narrator, fact) : tellOwn(narrator, fact);
}

/** Who tells what. */
function tellOwn(
  narrator: Narrator,
  fact: Exclude<Fact, FirmFact | ConfigFact | AlarmFact | BackupFact | DutyFact | HealthFact>,
): Said | null {
  switch (fact.kind) {
    case "RunStarted":
    case "RunEnded":
    case "JournalRecovered":
    case "SettingsAdopted":
    case "AccountOpened":
    case "AccountSettled":
    case "AccountFlat":
    case "LinkMoved":
    case "ClockMoved":
    case "LiveEnabled":
    case "TradeDateBegan":
    case "GateMoved":
    case "LockedOut":
    case "AccountSwitched":
    case "NoticeGiven":
    case "CommandTaken":
      return tellHouse(narrator, fact);
    case "BalanceDiffered":
    case "PositionDiffered":
      return null;
    case "IncidentFound":
    case "OrphanCancelAsked":
    case "ForeignOrderSeen":
      return tellTrouble(narrator, fact);
    case "LossStepReached":
    case "TotalStepReached":
    case "BreakerOpened":
    case "BreakerClosed":
    case "LimitsKept":
      return tellRisk(narrator, fact);
    case "AlertRead":
    case "MessageIgnored":
    case "AlertRefused":
    case "TradeRefused":
    case "AlertShadowed":
    case "ReentryPostponed":
    case "AlertHeld":
    case "UpdateRead":
    case "UpdateSettled":
    case "AlertTracked":
    case "ApprovalAsked":
    case "ApprovalEnded":
    case "TradePlanned":
      return tellMessage(narrator, fact);
    case "EntrySent":
    case "EntryAccepted":
    case "EntryRejected":
    case "EntryUnknown":
    case "EntryAbsent":
    case "EntryNotSent":
    case "EntryFilled":
    case "EntryClockStarted":
    case "EntryWithdrawn":
    case "EntryCancelAsked":
    case "EntryEnded":
    case "EntrySplit":
      return about(narrator, fact, tellEntry);
    case "LegPlaced":
    case "LegConfirmed":
    case "LegChangeAsked":
    case "LegChangeRefused":
    case "LegRejected":
    case "LegUnknown":
    case "LegCancelAsked":
    case "LegEnded":
    case "ExitFilled":
      return about(narrator, fact, tellLeg);
    default:
      return about(narrator, fact, tellTrade);
  }
}

/** A trade this narrator never met has no instrument to show prices in: nothing is said. */
function about<F extends { readonly trade: TradeId }>(
  narrator: Narrator,
  fact: F,
  teller: (story: TradeStory, fact: F) => Words | null,
): Said | null {
  const story = getIn(narrator.trades, fact.trade);
  const said = story === undefined ? null : teller(story, fact);
  return story === undefined || said === null ? null : ofTrade(said, story);
}

/** `09:31:05 CT`, the clock of the exchange. */
export function formatTime(at: Millis): string {
  const { minuteOfDay, millisOfMinute } = centralClock(at);
  const parts = [Math.floor(minuteOfDay / 60), minuteOfDay % 60, Math.floor(millisOfMinute / 1000)];
  return `${parts.map((part) => String(part).padStart(2, "0")).join(":")} CT`;
}

/** A line ready for JSON, with the instant as ISO text. */
export interface TimelineView extends Omit<TimelineLine, "at"> {
  readonly at: string;
  readonly clock: string;
}

export const timelineView = ({
  at,
  kind,
  tone,
  text,
  trade,
  account,
}: TimelineLine): TimelineView => ({
  at: isoOf(at),
  clock: formatTime(at),
  kind,
  tone,
  trade,
  account,
  text,
});

/** For a screen of so many columns; what has no room goes on below. `colour`: ANSI sequences by tone. */
export function renderLines(
  line: TimelineLine,
  { columns, colour }: { readonly columns: number; readonly colour: boolean },
): readonly string[] {
  const start = colour ? COLOURS[line.tone] : "";
  const text = `${formatTime(line.at)}  ${line.text}`;
  const shown = hanging(text, columns, formatTime(line.at).length + 4);
  return start === "" ? shown : shown.map((one) => `${start}${one}\u001b[0m`);
}

const COLOURS: Readonly<Record<Tone, string>> = {
  plain: "",
  good: "\u001b[32m",
  bad: "\u001b[31m",
  quiet: "\u001b[2m",
};
