/**
 * Pictures painted by resvg, in a thread of its library: prices and stops do not wait for them.
 *
 * It is loaded with the first picture and not before. Texts are set in a font that comes with the
 * program, so a picture looks alike on every machine, also on one without fonts. Nothing is read but
 * that font, and nothing is fetched.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Painter } from "../../ports/painter.ts";
import { invariant } from "../../std/assert.ts";
import { err, ok } from "../../std/result.ts";

/** Beside the bundle in an installed program, three folders up in a checkout. */
const PLACES = ["./assets/fonts/Inter-Regular.ttf", "../../../assets/fonts/Inter-Regular.ttf"];

const WIDTH_MAX = 4_000;

export const resvgPainter = (load = () => import("@resvg/resvg-js")): Painter => ({
  async paint(svg, width) {
    invariant(
      width >= 1 && width <= WIDTH_MAX,
      `a picture is 1 to ${WIDTH_MAX} wide, was ${width}`,
    );
    try {
      const { renderAsync } = await load();
      const image = await renderAsync(svg, {
        fitTo: { mode: "width", value: width },
        font: { fontFiles: [fontFile()], loadSystemFonts: false, defaultFontFamily: "Inter" },
      });
      return ok(image.asPng());
    } catch (failure) {
      // Its binary may be missing on a rare machine: a letter then has its numbers and no picture.
      return err(failure instanceof Error ? failure.message : String(failure));
    }
  },
});

function fontFile(): string {
  const places = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const place = places.find((one) => existsSync(one));
  invariant(place !== undefined, "the program comes with assets/fonts/Inter-Regular.ttf");
  return place;
}
