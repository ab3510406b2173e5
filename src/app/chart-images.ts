/**
 * Charts as pictures inside a letter. What they show is said in words too (`says`), for who cannot see
 * them and for the plain twin of a mail; a chart that cannot be painted is left out, and its words
 * stand in the letter anyway.
 */
import type { InlineImage } from "../core/model/notification.ts";
import type { Chart } from "../core/views/charts/frame.ts";
import { pictureOf } from "../core/views/charts/picture.ts";
import type { Painter } from "../ports/painter.ts";

/** Twice the width at which a mail shows it: sharp on a phone. */
const WIDTH = 1_104;

/** `letter` is the letter's id, so that no two letters share a picture's. */
export async function chartImages(
  painter: Painter,
  letter: string,
  charts: readonly Chart[],
): Promise<readonly InlineImage[]> {
  const images: InlineImage[] = [];
  for (const [index, chart] of charts.entries()) {
    const painted = await painter.paint(pictureOf(chart), WIDTH);
    if (!painted.ok) continue;
    const base64 = Buffer.from(painted.value).toString("base64");
    const says = `${chart.title}. ${chart.says}`;
    images.push({ cid: `${letter}-${index + 1}`, type: "image/png", base64, says });
  }
  return images;
}
