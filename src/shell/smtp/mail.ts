/**
 * A letter as a mail: headers, HTML and its plain twin.
 *
 * | header | why |
 * |---|---|
 * | Message-ID | the letter's own id: a repeat is recognised as one |
 * | In-Reply-To, References | the root all letters of a trade hang on; there need be no such mail |
 * | Date | when the letter was written, also when it leaves late |
 * | Auto-Submitted, X-Auto-Response-Suppress | no holiday notice answers it (RFC 3834) |
 * | List-Id | one filter sorts all mails of a channel (RFC 2919) |
 *
 * Titles are one clean line before they get here. What remains is a text that is written like an
 * encoded word (`=?utf-8?...?=`): a mail program would decode it and show something else.
 */

import type { EmailConfig } from "../../core/model/config.ts";
import type { Letter } from "../../core/model/notification.ts";
import { letterLines } from "../../core/views/letter-text.ts";
import { clean } from "../../core/views/plain-text.ts";
import { letterHtml } from "./letter-html.ts";

/** A name that can be nobody's host (RFC 2606), so that an id never depends on where we run. */
const DOMAIN = "tradestream.invalid";

export interface Mail {
  readonly from: string;
  readonly to: string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly references?: string;
  readonly date: Date;
  readonly headers: Record<string, string>;
  readonly priority: "high" | "normal";
  readonly attachments: {
    readonly cid: string;
    readonly content: Buffer;
    readonly contentType: string;
    readonly filename: string;
    readonly contentDisposition: "inline";
  }[];
  readonly disableFileAccess: true;
  readonly disableUrlAccess: true;
}

export function mailOf(letter: Letter, { from, to, rules }: Addressed): Mail {
  const { id, thread, title, severity, images, at } = letter;
  const root = thread === null ? null : `<${thread}@${DOMAIN}>`;
  return {
    from,
    to: [...to],
    subject: subjectOf(title, severity),
    text: `${letterLines(letter).join("\n")}\n\nTimes are Chicago time. Sent by TradeStream; nobody reads answers.\n`,
    html: letterHtml(letter),
    messageId: `<${id}@${DOMAIN}>`,
    ...(root === null ? {} : { inReplyTo: root, references: root }),
    date: new Date(at),
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "List-Id": `TradeStream <${rules.name}.${DOMAIN}>`,
    },
    priority: severity === "alarm" ? "high" : "normal",
    attachments: images.map(({ cid, type, base64 }) => ({
      cid,
      content: Buffer.from(base64, "base64"),
      contentType: type,
      filename: `${cid}.${type === "image/png" ? "png" : "svg"}`,
      contentDisposition: "inline",
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

type Addressed = Pick<EmailConfig, "from" | "to" | "rules">;

const SIGNS = { info: "", warning: "Warning: ", alarm: "ALARM: " } as const;

const subjectOf = (title: string, severity: Letter["severity"]): string =>
  `[TradeStream] ${SIGNS[severity]}${clean(title).replaceAll("=?", "= ?")}`;
