/**
 * A chart as an SVG that stands alone, with colours of its own: what a mail's picture is painted from.
 *
 * A mail program decides by itself what is dark, so the picture brings its own paper.
 */
import type { Drawing } from "../../model/notification.ts";
import { html } from "../html.ts";
import type { Chart } from "./frame.ts";

const PAPER = "#ffffff";
const INK = "#16202b";

/** The same look as on a light page; one rule a class, which is all a painter has to know. */
const STYLE = `
text{font-family:Inter,sans-serif;font-size:13px;fill:#51606f}
.title{font-size:16px;fill:${INK}}
.y,.end{text-anchor:end}.x{text-anchor:middle}
path{fill:none}
.grid,.tick{stroke:#d5dde5}.zero{stroke:#51606f}.base{stroke:#51606f;stroke-dasharray:3 3}
.line{stroke-width:1.8}
.equity.line{stroke:#1f5fa8}.equity.area{fill:#1f5fa8;fill-opacity:.15}.equity.dot{fill:#1f5fa8}
.drawdown.line{stroke:#c4463f}.drawdown.area{fill:#c4463f;fill-opacity:.15}.drawdown.dot{fill:#c4463f}
.up{fill:#1d8a52}.down{fill:#c4463f}
.mark{stroke-linecap:round}
.win{stroke:#1d8a52;stroke-width:5}.loss{stroke:#c4463f;stroke-width:1.4}
.reach{fill:#1f5fa8;fill-opacity:.15}
path.level{stroke-dasharray:4 3}.stop{stroke:#c4463f}.target{stroke:#1d8a52}.entry{stroke:#51606f}
text.level{fill:${INK};stroke:none}
.on{stroke:#1f5fa8;stroke-width:1.8}.in{fill:#1f5fa8}.out{fill:${PAPER};stroke:${INK};stroke-width:1.4}
`;

/** With the sentence that says what is to be seen in it. */
export const drawingOf = (chart: Chart): Drawing => ({
  svg: pictureOf(chart),
  says: `${chart.title}. ${chart.says}`,
});

/** Room above it for its title. */
const HEAD = 34;

export function pictureOf({ title, width, height, drawn }: Chart): string {
  const tall = height + HEAD;
  const { text } =
    html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${tall}" width="${width}" height="${tall}"><style></style><rect width="${width}" height="${tall}" fill="${PAPER}"/><text class="title" x="12" y="24">${title}</text><g transform="translate(0 ${HEAD})">${drawn}</g></svg>`;
  return text.replace("<style></style>", () => `<style>${STYLE}</style>`);
}
