/**
 * One life of the connection to Discord, from opening to closing.
 *
 * ```text
 * who am I? (REST) ─► may I read? ─► gateway ─┬─ READY, RESUMED ─► read every channel
 *        └─► read every channel               ├─ a message ──────► its channel's line
 *                                             └─ deaf (watch) ───► read, connect anew
 *          channel line ─► in order, each once ─► listener
 * ```
 *
 * Own messages are never heard, those of channels that are not configured are counted. What cannot
 * work is told once, in words that say what to do; what may work again is tried again.
 */
import type { DiscordConfig } from "../../core/model/config.ts";
import type { Message } from "../../core/model/message.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { SourceListener } from "../../ports/alert-source.ts";
import type { GiveAnswer } from "../../ports/approvals.ts";
import type { Clock } from "../../ports/clock.ts";
import { approvalDesk, type DiscordDesk } from "./approval-desk.ts";
import { itemsIn } from "./events.ts";
import { INTENT_MISSING, type RestFault } from "./fault-words.ts";
import { discordGateway, type Gateway } from "./gateway.ts";
import {
  ASK_RIGHTS,
  accessTo,
  type Bot,
  intentProblem,
  READ_RIGHTS,
  whoAmI,
} from "./inspection.ts";
import { idIn, recordIn } from "./json.ts";
import type { Right } from "./permissions.ts";
import { type DiscordRest, discordRest } from "./rest.ts";
import { openRoomLine, type RoomLine } from "./room-line.ts";
import { watchGateway } from "./watch.ts";

export interface DiscordStats {
  readonly connected: boolean;
  /** Times a connection had to be made again, and how often because it was deaf. */
  readonly reconnects: number;
  readonly deaf: number;
  /** When a heartbeat was answered last; null = never. */
  readonly beatAt: Millis | null;
  readonly readings: number;
  readonly duplicates: number;
  readonly unknownChannel: number;
  readonly own: number;
  /** Answers 429: Discord asked for patience. */
  readonly limited: number;
}

export interface SessionParts {
  readonly settings: DiscordConfig;
  readonly token: string;
  readonly clock: Clock;
  /** Everything of a channel up to this id is settled; null for one nobody has heard before. */
  readonly after: (channel: string) => string | null;
  /** What stood in a channel before it was heard for the first time: to be kept, never traded. */
  readonly past: (messages: readonly Message[]) => void;
  readonly listener: SourceListener;
  readonly answer: GiveAnswer | null;
}

const TRY_AGAIN = 5_000;

export class Session {
  readonly desk: DiscordDesk | null;
  readonly #parts: SessionParts;
  readonly #rest: DiscordRest;
  readonly #gateway: Gateway;
  readonly #rooms: ReadonlyMap<string, RoomLine>;
  readonly #count = { reconnects: 0, deaf: 0, unknownChannel: 0, own: 0 };
  /** What was told for good, and what until things are well again. */
  readonly #told = new Set<string>();
  readonly #troubles = new Set<string>();
  #me: Bot | null = null;
  #isOver = false;
  #downSince: Millis | null;
  #beatAt: Millis | null = null;
  #callOff: () => void;

  constructor(parts: SessionParts) {
    const { settings, token, clock, answer } = parts;
    this.#parts = parts;
    this.#rest = discordRest({ token, url: settings.restUrl });
    this.#downSince = clock.now();
    this.#rooms = new Map(settings.channels.map((one) => [one.id, this.#roomLine(one)]));
    this.#gateway = discordGateway({
      ...{ token, clock, rest: this.#rest.library, url: settings.gatewayUrl },
      listener: {
        up: () => this.#up(),
        down: () => this.#down(),
        dispatch: (type, data) => this.#dispatch(type, data),
        beat: () => {
          this.#beatAt = clock.now();
        },
        dead: (reason) => this.#die(reason),
      },
    });
    this.desk =
      answer &&
      approvalDesk({
        ...{ rest: this.#rest, channel: settings.approvalChannel ?? null, answer },
        approvers: settings.approvers,
        fault: (fault) => this.#fault("discord approvals", fault),
      });
    this.#callOff = clock.schedule(clock.now(), () => void this.#begin());
  }

  close(): void {
    this.#isOver = true;
    this.#callOff();
    for (const room of this.#rooms.values()) room.close();
    this.#gateway.close();
    this.#rest.close();
  }

  stats(): DiscordStats {
    const rooms = [...this.#rooms.values()];
    return {
      ...this.#count,
      connected: this.#downSince === null && !this.#isOver,
      beatAt: this.#beatAt,
      readings: rooms.reduce((sum, room) => sum + room.readings(), 0),
      duplicates: rooms.reduce((sum, room) => sum + room.duplicates(), 0),
      limited: this.#rest.limited(),
    };
  }

  /** Without knowing who we are, our own messages would be heard. */
  async #begin(): Promise<void> {
    const { clock } = this.#parts;
    const found = await whoAmI(this.#rest);
    if (this.#isOver) return;
    if (!found.ok) {
      this.#fault("discord", found.error);
      const again = millis(clock.now() + TRY_AGAIN);
      if (!this.#isOver) this.#callOff = clock.schedule(again, () => void this.#begin());
      return;
    }
    this.#troubles.clear();
    this.#me = found.value;
    this.#gateway.open();
    this.#readAll();
    this.#callOff = this.#watch();
    await this.#inspect(found.value);
  }

  async #inspect(me: Bot): Promise<void> {
    const intent = await intentProblem(this.#rest);
    if (intent !== null) this.#tellOnce("discord", intent);
    for (const { id, where, rights } of this.#channels()) {
      const access = await accessTo(this.#rest, me.id, id, rights);
      if (this.#isOver) return;
      if (!access.ok) this.#fault(where, access.error);
      else if (access.value.problem !== null) this.#tellOnce(where, access.value.problem);
    }
  }

  #channels(): readonly { id: string; where: string; rights: readonly Right[] }[] {
    const { approvalChannel: id } = this.#parts.settings;
    const read = [...this.#rooms.values()].map((room) => ({ ...room, rights: READ_RIGHTS }));
    const asked = { where: "discord approvals", rights: ASK_RIGHTS };
    return id === undefined ? read : [...read, { ...asked, id }];
  }

  #watch(): () => void {
    return watchGateway({
      ...{ clock: this.#parts.clock, rest: this.#rest, channels: [...this.#rooms.values()] },
      downSince: () => this.#downSince,
      readAll: () => this.#readAll(),
      away: () => {
        this.#parts.listener.fault({
          where: "discord",
          reason: "no connection for 30 seconds; messages are read over REST until there is one",
        });
        this.#parts.listener.moved?.("down");
      },
      deaf: ({ id }, silence) => {
        this.#count.deaf += 1;
        const where = this.#rooms.get(id)?.where ?? id;
        const seconds = Math.round(silence / 1_000);
        const reason = `the connection is deaf: a message of ${seconds} s ago never came; reading over REST, connecting anew`;
        this.#parts.listener.fault({ where, reason });
        this.#readAll();
        this.#down();
        this.#gateway.renew();
      },
    });
  }

  #roomLine(channel: DiscordConfig["channels"][number]): RoomLine {
    const { clock, after, past, listener } = this.#parts;
    return openRoomLine({
      ...{ channel, clock, after, past, rest: this.#rest },
      isOwn: (user) => this.#isOwn(user),
      tell: (message) => {
        if (!this.#isOver) listener.message(message);
      },
      bare: (where) => this.#tellOnce(where, INTENT_MISSING),
      fault: (where, fault) => this.#fault(where, fault),
    });
  }

  #isOwn(user: string | null): boolean {
    return user !== null && user === this.#me?.id;
  }

  #readAll(): void {
    for (const room of this.#rooms.values()) room.read();
  }

  #up(): void {
    this.#downSince = null;
    this.#parts.listener.moved?.("up");
    this.#troubles.clear(); // the next outage is another one
    this.#readAll();
  }

  #down(): void {
    this.#downSince ??= this.#parts.clock.now();
    this.#count.reconnects += 1;
  }

  #dispatch(type: string, data: unknown): void {
    if (type === "INTERACTION_CREATE") return this.desk?.interaction(data);
    const room = this.#rooms.get(idIn(recordIn(data)["channel_id"]) ?? "");
    for (const item of itemsIn(type, data)) {
      if (item.kind === "posted" && this.#isOwn(item.posted.user)) this.#count.own += 1;
      else if (room === undefined) this.#count.unknownChannel += 1;
      room?.hear(item);
    }
  }

  #die(reason: string): void {
    this.#tellOnce("discord", reason);
    this.#parts.listener.moved?.("down");
    this.close();
  }

  /** A refused token is never tried again: Discord counts, and locks the address out. */
  #fault(where: string, { kind, reason }: RestFault): void {
    if (this.#isOver) return;
    if (kind === "token") return this.#die(reason);
    this.#tellOnce(where, reason, kind === "unreachable" ? this.#troubles : this.#told);
  }

  #tellOnce(where: string, reason: string, told = this.#told): void {
    const key = `${where}: ${reason}`;
    if (this.#isOver || told.has(key) || told.size >= TOLD_MAX) return;
    told.add(key);
    this.#parts.listener.fault({ where, reason });
  }
}

/** Different faults of one session; more than this is the same one in other words. */
const TOLD_MAX = 1_000;
