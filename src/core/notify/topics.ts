/**
 * Which sort of news a fact is: one table, every kind of fact in it.
 *
 * Null is chatter between us and the venue, or what another fact tells better: a target that was hit
 * is told by its fills, which know how many contracts left and at which price.
 */
import type { Fact, FactOf } from "../model/fact.ts";
import type { Component } from "../model/health.ts";
import type { Severity, Topic } from "../model/notification.ts";

type Rule<Kind extends Fact["kind"]> = Topic | null | ((fact: FactOf<Kind>) => Topic | null);

/** Of these a fact of their own tells: `LinkMoved`, `SourceMoved`, `ConfigRefused`, `NoticeGiven` ... */
const TOLD_ELSEWHERE: ReadonlySet<Component> = new Set<Component>([
  ...(["journal", "user-hub", "discord", "configuration", "calendar"] as const),
]);

/** Without these the house soon cannot look after what is open. */
const WAKES: ReadonlySet<Component> = new Set<Component>(["disk", "event-loop", "memory"]);

const TOPIC_OF: { readonly [Kind in Fact["kind"]]: Rule<Kind> } = {
  // The house.
  RunStarted: "health",
  RunEnded: "health",
  JournalRecovered: "health",
  SettingsAdopted: null,
  AccountOpened: null,
  AccountSettled: null,
  AccountFlat: "health",
  LinkMoved: "health",
  ClockMoved: "health",
  LiveEnabled: "health",
  TradeDateBegan: null,
  GateMoved: "breaker",
  LockedOut: "breaker",
  AccountSwitched: "breaker",
  NoticeGiven: "health",
  CommandTaken: null,
  // Messages.
  AlertRead: null,
  MessageIgnored: ({ review }) => (review === true ? "review" : null),
  UpdateRead: null,
  UpdateSettled: ({ review }) => (review === true ? "review" : null),
  AlertTracked: null,
  ApprovalAsked: "approval",
  ApprovalEnded: ({ how }) => (how === "expired" ? "approval" : null),
  AlertRefused: "refusal",
  TradeRefused: "refusal",
  AlertShadowed: null,
  ReentryPostponed: null,
  AlertHeld: null,
  TradePlanned: "entry",
  // Entries.
  EntrySent: null,
  EntryAccepted: null,
  EntryRejected: "entry",
  EntryUnknown: null, // an alarm rings over it
  EntryAbsent: null,
  EntryNotSent: "entry",
  EntryFilled: "entry",
  EntryClockStarted: null,
  EntryWithdrawn: "entry",
  EntryCancelAsked: null,
  EntryEnded: null,
  EntrySplit: null,
  // Legs.
  LegPlaced: null,
  LegConfirmed: null,
  LegChangeAsked: null,
  LegChangeRefused: "stop",
  LegRejected: "alarm",
  LegUnknown: "alarm",
  LegCancelAsked: null,
  LegEnded: null,
  ExitFilled: ({ by }) => (by === "stop" || by === "target" ? by : "close"),
  // Trades.
  TargetHit: null,
  BreakevenDue: "stop",
  BreakevenKept: "stop",
  StopAimed: "stop",
  TargetAimed: ({ why }) => (why === "anchor" ? null : "target"),
  StopLoosened: "alarm",
  StopOverrun: "alarm",
  ExitBegun: "close",
  ExitRepeated: null,
  CloseAsked: null,
  TrimBegun: "close",
  TrimSent: null,
  TrimEnded: ({ how }) => (how === "filled" ? null : "close"),
  TradeReleased: "close",
  TradeClosed: "close",
  TradeAbandoned: "close",
  TradeReopened: "alarm",
  // What should not happen.
  BalanceDiffered: null,
  PositionDiffered: null,
  IncidentFound: "alarm",
  OrphanCancelAsked: "health",
  ForeignOrderSeen: "health",
  // Limits.
  LossStepReached: "risk",
  TotalStepReached: "risk",
  BreakerOpened: "breaker",
  BreakerClosed: "breaker",
  LimitsKept: "risk",
  // Firms.
  FirmBegan: null,
  FirmTermsChanged: "risk",
  FirmDayClosed: null,
  FirmFloorRaised: null,
  FirmStepReached: "risk",
  FirmBreached: "alarm",
  FirmPaidOut: "risk",
  FirmPlanKept: "risk",
  // Alarms.
  AlarmRaised: "alarm",
  AlarmRepeated: "alarm",
  AlarmAcknowledged: "health",
  AlarmEnded: "alarm",
  // Copies of the books.
  BackupMade: null,
  BackupFailed: ({ again }) => (again === true ? null : "alarm"),
  BackupRestored: null, // whoever restores sits there
  // The house's own health; what another fact tells already is not told twice.
  HealthMoved: ({ component, to }) =>
    TOLD_ELSEWHERE.has(component)
      ? null
      : to === "failed" && WAKES.has(component)
        ? "alarm"
        : "health",
  HealingBegun: null,
  // The day.
  ReadyTold: "day",
  ClosingTold: "day",
  SourceMoved: "health",
  ChannelPassed: null,
  ConfigRefused: "health",
  ConfigReloaded: "health",
};

export function topicOf(fact: Fact): Topic | null {
  // The table holds for each kind a rule for that very kind.
  const rule = TOPIC_OF[fact.kind] as Rule<Fact["kind"]>;
  return typeof rule === "function" ? rule(fact as never) : rule;
}

const SEVERITY_OF: Readonly<Record<Topic, Severity>> = {
  entry: "info",
  target: "info",
  stop: "info",
  close: "info",
  refusal: "info",
  approval: "warning",
  review: "warning",
  risk: "warning",
  breaker: "warning",
  health: "info",
  day: "info",
  alarm: "alarm",
};

export const severityOf = (topic: Topic): Severity => SEVERITY_OF[topic];
