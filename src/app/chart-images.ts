/**
 * Charts as pictures inside a letter. What they show is said in words too (`says`), for who cannot see
 * them and for the plain twin of a mail; a chart that cannot be painted is left out, and its words
 * stand in the letter anyway.
 *
 * They are painted when the letter leaves, by whoever carries it: until then a drawing is some
 * kilobytes of text, and a channel without pictures never asks for one.
 */
import type { Drawing, InlineImage, Item, Letter } from "../core/model/notification.ts";
import type { Notifier } from "../ports/notifier.ts";
import type { Painter } from "../ports/painter.ts";
import { mishapOf } from "./mishap.ts";

/** Twice the width at which a mail shows it: sharp on a phone. */
const WIDTH = 1_104;

export interface Painted {
  readonly images: readonly InlineImage[];
  /** Those that could not be. */
  readonly left: readonly Drawing[];
}

/** `letter` is the letter's id, so that no two letters share a picture's. */
export async function chartImages(
  painter: Painter,
  letter: string,
  drawings: readonly Drawing[],
): Promise<Painted> {
  const images: InlineImage[] = [];
  const left: Drawing[] = [];
  for (const drawing of drawings) {
    const painted = await painter.paint(drawing.svg, WIDTH);
    if (painted.ok) {
      const base64 = Buffer.from(painted.value).toString("base64");
      const cid = `${letter}-${images.length + 1}`;
      images.push({ cid, type: "image/png", base64, says: drawing.says });
    } else left.push(drawing);
  }
  return { images, left };
}

/** The same channel, which shows charts as pictures. */
export function illustrated(notifier: Notifier, painter: () => Promise<Painter>): Notifier {
  return {
    ...notifier,
    send(letter, answered) {
      if (!letter.items.some(hasCharts)) return notifier.send(letter, answered);
      const send = (one: Letter): void => notifier.send(one, answered);
      // Whatever went wrong with pictures: the letter says in words what they would have shown.
      withPictures(letter, painter)
        .then(send, () => send(letter))
        .catch((failure: unknown) =>
          answered({ ...FAILED, said: `it failed: ${mishapOf(failure)}` }),
        );
    },
  };
}

const FAILED = { kind: "refused", scope: "channel", fix: null, after: null } as const;

const hasCharts = ({ sheet }: Item): boolean => (sheet?.charts ?? []).length > 0;

async function withPictures(letter: Letter, painter: () => Promise<Painter>): Promise<Letter> {
  const images: InlineImage[] = [...letter.images];
  const items: Item[] = [];
  for (const [index, item] of letter.items.entries()) {
    const { sheet } = item;
    if (sheet === undefined) {
      items.push(item);
      continue;
    }
    const painted = await chartImages(await painter(), `${letter.id}-${index + 1}`, sheet.charts);
    images.push(...painted.images);
    items.push({ ...item, sheet: { ...sheet, charts: painted.left } });
  }
  return { ...letter, items, images };
}
