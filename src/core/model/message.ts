/**
 * What a source heard, before anyone has judged it: text from strangers, with its origin.
 *
 * `id` is unique within `channel` within `source`, and stays the same when the message is delivered
 * again; trade and order ids are computed from these three.
 */
import type { Millis } from "./units.ts";

export type SourceKind =
  | "chat-file"
  | "stdin"
  | "paste"
  | "demo"
  | "discord"
  | "webhook"
  | "signed";

/** `edited`: written here, but changed before we heard it; what it said at first nobody knows. */
export type Nature = "forward" | "system" | "edited";

export interface Embed {
  readonly author?: { readonly name?: string };
  readonly title?: string;
  readonly description?: string;
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
  readonly footer?: { readonly text?: string };
}

export interface Message {
  readonly source: SourceKind;
  readonly channel: string;
  readonly id: string;
  /** Null where the source has no authors (a file, a paste): the source itself is trusted. */
  readonly author: string | null;
  /** The author's numeric id, where the source knows one: names can be taken by anybody. */
  readonly authorId?: string;
  /** Left out for what somebody wrote here himself, and we heard as he wrote it. */
  readonly nature?: Nature;
  readonly text: string;
  readonly embeds: readonly Embed[];
  /** Text of the message this one replies to. */
  readonly referenced: string | null;
  /** Id of that message, where the source knows it. */
  readonly replyTo?: string;
  readonly event: "create" | "edit" | "delete";
  /** Text before the edit. */
  readonly previous: string | null;
  /** When its author sent it, by the source's clock. Freshness counts from here. */
  readonly sentAt: Millis;
}

/** The origin of a message: enough to name it for ever. */
export interface MessageRef {
  readonly source: SourceKind;
  readonly channel: string;
  readonly id: string;
}

export const refOf = (message: Message): MessageRef => ({
  source: message.source,
  channel: message.channel,
  id: message.id,
});

export const messageKey = (ref: MessageRef): string => `${ref.source}/${ref.channel}/${ref.id}`;
