/** Charts painted for mail. */
import { expect, test } from "vitest";
import { chartImages } from "../../../../src/app/chart-images.ts";
import { drawingOf } from "../../../../src/core/views/charts/picture.ts";
import { equityChart } from "../../../../src/core/views/report/charts.ts";
import { resvgPainter } from "../../../../src/shell/resvg/painter.ts";
import { err } from "../../../../src/std/result.ts";
import { manyTrades, reportOn } from "../../../kit/sample-report.ts";

const chart = drawingOf(equityChart(reportOn(manyTrades(200))));
const PNG = [0x89, 0x50, 0x4e, 0x47];

test("a chart is a PNG of the width a mail needs, with its numbers in words", async () => {
  const { images, left } = await chartImages(resvgPainter(), "letter-1", [chart]);
  const [image] = images;
  expect(left).toEqual([]);
  expect(image).toMatchObject({ cid: "letter-1-1", type: "image/png" });
  expect(image?.says).toMatch(/^Equity after each trade date\. From \$50000\.00 to /);
  const bytes = Buffer.from(image?.base64 ?? "", "base64");
  expect([...bytes.subarray(0, 4)]).toEqual(PNG);
  expect(bytes.readUInt32BE(16)).toBe(1_104);
  expect(bytes.length).toBeLessThan(150_000);
});

test("texts are painted too, in the font that comes along", async () => {
  const svg = (text: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20"><text x="5" y="15">${text}</text></svg>`;
  const painted = await Promise.all(
    ["", "MES"].map((text) => resvgPainter().paint(svg(text), 200)),
  );
  const [empty, named] = painted.map((one) => (one.ok ? one.value.length : 0));
  expect(named).toBeGreaterThan((empty ?? 0) + 200);
});

test("what cannot be painted is left out, and says why", async () => {
  expect(await resvgPainter().paint("no drawing", 100)).toMatchObject({ ok: false });
  const missing = resvgPainter(() => Promise.reject(new Error("no binary for this machine")));
  expect(await missing.paint("<svg/>", 100)).toEqual(err("no binary for this machine"));
  expect(await chartImages(missing, "letter-1", [chart])).toEqual({ images: [], left: [chart] });
});
