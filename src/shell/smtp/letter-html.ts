/**
 * The template of a mail: HTML that every mail program shows alike, from a letter.
 *
 * Nothing is fetched from anywhere, nothing runs; pictures come with the letter.
 */
import type { Item, ItemTone, Letter, Severity } from "../../core/model/notification.ts";
import { html, type Markup } from "../../core/views/html.ts";
import { authorOf, quoteLines } from "../../core/views/letter-text.ts";
import { formatTime } from "../../core/views/timeline.ts";
import { sheetHtml } from "./sheet-html.ts";

/** Dark enough on white, and light enough where a program turns the colours round. */
const TONES: Readonly<Record<ItemTone, string>> = {
  plain: "#1c2733",
  good: "#0b6b3a",
  bad: "#a61b1b",
  quiet: "#4d5a67",
};

const BARS: Readonly<Record<Severity, string>> = {
  info: "#2f6f9f",
  warning: "#b45f06",
  alarm: "#a61b1b",
};

const FONT = "font-family:Helvetica,Arial,sans-serif";

export const letterHtml = (letter: Letter): string => page(letter).text;

const page = ({ title, severity, items, images }: Letter): Markup => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
</head>
<body style="margin:0;padding:16px;background:#f2f4f6">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="max-width:600px;width:100%;background:#ffffff;border-top:4px solid ${BARS[severity]};${FONT}">
<tr><td style="padding:20px 24px 4px 24px;font-size:18px;line-height:24px;color:#1c2733"><strong>${title}</strong></td></tr>
${items.map(itemRow)}${images.map(
  ({
    cid,
    says,
  }) => html`<tr><td style="padding:8px 24px"><img src="cid:${cid}" alt="${says}" width="552" style="max-width:100%"></td></tr>
`,
)}<tr><td style="padding:12px 24px 20px 24px;font-size:12px;line-height:16px;color:#4d5a67">Times are Chicago time. Sent by TradeStream; nobody reads answers.</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;

const itemRow = ({
  at,
  title,
  tone,
  details,
  quote,
  sheet,
}: Item): Markup => html`<tr><td style="padding:10px 24px;font-size:14px;line-height:20px;color:${TONES[tone]}">
<span style="color:#4d5a67;font-size:12px">${formatTime(at)}</span><br>${title}
${details.length === 0 ? "" : detailTable(details)}${quote === null ? "" : quotation(quote)}${sheet === undefined ? "" : sheetHtml(sheet)}</td></tr>
`;

const detailTable = (
  details: Item["details"],
): Markup => html`<table role="presentation" cellpadding="0" cellspacing="0" style="font-size:13px;color:#1c2733">
${details.map(
  ({ label, value }) =>
    html`<tr><td style="padding:1px 16px 1px 0;color:#4d5a67">${label}</td><td>${value}</td></tr>
`,
)}</table>
`;

const quotation = (
  quote: NonNullable<Item["quote"]>,
): Markup => html`<div style="margin-top:6px;font-size:12px;color:#4d5a67">${authorOf(quote)} wrote:</div>
<blockquote style="margin:2px 0 0 0;padding:4px 12px;border-left:3px solid #c3ccd4;color:#1c2733;font-family:Menlo,Consolas,monospace;font-size:13px">${quoteLines(quote.text).map((line) => html`${line}<br>`)}</blockquote>
`;
