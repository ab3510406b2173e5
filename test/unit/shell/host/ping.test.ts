/** One GET; what is said of it never holds the address. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { ping } from "../../../../src/shell/host/ping.ts";

async function answering(status: number) {
  const paths: string[] = [];
  const server: Server = createServer((request, response) => {
    paths.push(`${request.method} ${request.url}`);
    response.writeHead(status, { location: "http://127.0.0.1:1/elsewhere" }).end("x".repeat(1e5));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/s3cret`, paths };
}

const said = (url: string): Promise<string | null> => new Promise((done) => ping(url, done));

it.each([
  [200, null],
  [204, null],
  [302, "it answered 302"],
  [404, "it answered 404"],
])("answered with %i says %s, and goes nowhere else", async (status, words) => {
  const { url, paths } = await answering(status);
  expect(await said(url)).toBe(words);
  expect(paths).toEqual(["GET /s3cret"]);
});

it.each(["http://127.0.0.1:1/s3cret", "https://no.such.host.invalid/s3cret", "http://[s3cret", ""])(
  "%s is not heard, and not repeated",
  async (url) => {
    const words = await said(url);
    expect(words).not.toBeNull();
    expect(words).not.toContain("s3cret");
  },
);
