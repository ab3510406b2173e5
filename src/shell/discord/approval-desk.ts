/**
 * Waiting entries as messages with two buttons, and the answers of those who may give one.
 *
 * ```text
 * ask ─► message [Approve] [Refuse] ─► pressed by a listed user ─► answer ─► told to him alone
 * ended ─► the same message, its buttons dead, and how it ended
 * ```
 *
 * A button carries the number of its entry and a hash of the alert it belongs to: one that was left
 * standing by an earlier run never answers another entry. Discord wants a sign within three seconds,
 * so each press is acknowledged first and answered when the house has decided.
 */
import { messageKey } from "../../core/model/message.ts";
import type { ApprovalDesk, GiveAnswer, WaitingEntry } from "../../ports/approvals.ts";
import { hash32 } from "../../std/hash.ts";
import type { RestFault } from "./fault-words.ts";
import { idIn, type Json, recordIn, textIn } from "./json.ts";
import type { DiscordRest } from "./rest.ts";

export interface DeskParts {
  readonly rest: DiscordRest;
  /** Where entries are posted; null = nowhere, and nothing is asked here. */
  readonly channel: string | null;
  readonly approvers: readonly string[];
  readonly answer: GiveAnswer;
  readonly fault: (fault: RestFault) => void;
}

export interface DiscordDesk extends ApprovalDesk {
  /** A button was pressed, or something else that is not ours. */
  interaction(data: unknown): void;
}

interface Open {
  readonly waiting: WaitingEntry;
  /** Id of the message; null when it could not be posted. */
  readonly posted: Promise<string | null>;
}

/** Entries that wait at once; more than this nobody could answer in time. */
const OPEN_MAX = 100;
/** Discord's ceiling is 2,000 characters; the end of an entry is told in the same message. */
const TEXT_MAX = 1_800;
const COMPONENT = 3;
const EPHEMERAL = 1 << 6;

export function approvalDesk(parts: DeskParts): DiscordDesk {
  const open = new Map<number, Open>();
  const { channel, rest } = parts;

  async function post(waiting: WaitingEntry, into: string): Promise<string | null> {
    const body = { ...contentOf(waiting, null), components: buttonsOf(waiting, false) };
    const answer = await rest.send("POST", `/channels/${into}/messages`, body);
    if (answer.ok) return idIn(recordIn(answer.value)["id"]);
    parts.fault(answer.error);
    return null;
  }

  async function end({ waiting, posted }: Open, words: string): Promise<void> {
    const id = await posted;
    if (id === null || channel === null) return;
    const body = { ...contentOf(waiting, words), components: buttonsOf(waiting, true) };
    const answer = await rest.send("PATCH", `/channels/${channel}/messages/${id}`, body);
    if (!answer.ok) parts.fault(answer.error);
  }

  return {
    ask(waiting) {
      if (channel === null || open.has(waiting.entry)) return;
      if (open.size >= OPEN_MAX) {
        parts.fault({ kind: "refused", reason: `more than ${OPEN_MAX} entries wait at once` });
        return;
      }
      open.set(waiting.entry, { waiting, posted: post(waiting, channel) });
    },
    ended(entry, how, by) {
      const one = open.get(entry);
      open.delete(entry);
      if (one !== undefined) void end(one, `${how} (${by})`);
    },
    interaction(data) {
      const pressed = pressedIn(data);
      if (pressed !== null) void respond(parts, pressed, open.get(pressed.entry)?.waiting ?? null);
    },
  };
}

interface Pressed {
  readonly entry: number;
  readonly how: "approve" | "refuse";
  readonly key: string;
  readonly by: string;
  readonly id: string;
  readonly token: string;
  readonly application: string;
}

const CUSTOM_ID = /^tradestream:(approve|refuse):(\d{1,9}):([0-9a-f]{1,8})$/;

const customId = (how: Pressed["how"], { entry, message }: WaitingEntry): string =>
  `tradestream:${how}:${entry}:${keyOf({ message })}`;

const keyOf = ({ message }: Pick<WaitingEntry, "message">): string =>
  (hash32(messageKey(message)) >>> 0).toString(16);

function pressedIn(data: unknown): Pressed | null {
  const raw = recordIn(data);
  const [, how, entry, key] = CUSTOM_ID.exec(textIn(recordIn(raw["data"])["custom_id"])) ?? [];
  const id = idIn(raw["id"]);
  const application = idIn(raw["application_id"]);
  const by = userOf(raw);
  if (raw["type"] !== COMPONENT || id === null || application === null || by === null) return null;
  if ((how !== "approve" && how !== "refuse") || key === undefined) return null;
  return { entry: Number(entry), how, key, by, id, token: textIn(raw["token"]), application };
}

/** In a server the user stands inside the member. */
const userOf = (raw: Json): string | null =>
  idIn(recordIn(recordIn(raw["member"])["user"])["id"]) ?? idIn(recordIn(raw["user"])["id"]);

async function respond(
  parts: DeskParts,
  pressed: Pressed,
  waiting: WaitingEntry | null,
): Promise<void> {
  const { rest } = parts;
  const callback = `/interactions/${pressed.id}/${pressed.token}/callback` as const;
  const acknowledged = rest.send("POST", callback, { type: 5, data: { flags: EPHEMERAL } });
  const content = await wordsFor(parts, pressed, waiting);
  const sign = await acknowledged;
  if (!sign.ok) return parts.fault(sign.error);
  const original = `/webhooks/${pressed.application}/${pressed.token}/messages/@original` as const;
  const told = await rest.send("PATCH", original, { content });
  if (!told.ok) parts.fault(told.error);
}

async function wordsFor(
  { approvers, answer }: DeskParts,
  { entry, how, key, by }: Pressed,
  waiting: WaitingEntry | null,
): Promise<string> {
  if (!approvers.includes(by)) {
    return "You are not on the list of those who may answer (`approvers` in the configuration).";
  }
  if (waiting === null || keyOf(waiting) !== key) return "This entry no longer waits.";
  const result = await answer({ entry, how, by });
  if (result.kind === "refused") return result.reason;
  return how === "approve" ? `Entry ${entry}: approved.` : `Entry ${entry}: refused.`;
}

/** Mentions in an alert call nobody a second time. */
function contentOf({ entry, lines }: WaitingEntry, end: string | null) {
  const text = [`Entry ${entry} waits`, ...lines].join("\n").slice(0, TEXT_MAX);
  const content = end === null ? text : `${text}\n${end.slice(0, TEXT_MAX / 10)}`;
  return { content, allowed_mentions: { parse: [] } };
}

function buttonsOf(waiting: WaitingEntry, disabled: boolean) {
  const button = (how: Pressed["how"], label: string, style: number) => ({
    ...{ type: 2, style, label, disabled },
    custom_id: customId(how, waiting),
  });
  return [
    { type: 1, components: [button("approve", "Approve", 3), button("refuse", "Refuse", 4)] },
  ];
}
