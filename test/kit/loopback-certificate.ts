/**
 * A certificate for this machine, made while the test runs: no key lies in the repository, and none
 * is ever out of date. X.509 (RFC 5280) by hand, as little of it as TLS needs.
 */
import { generateKeyPairSync, sign } from "node:crypto";

export interface LoopbackCertificate {
  readonly key: string;
  readonly cert: string;
}

const INTEGER = 0x02;
const BITS = 0x03;
const OCTETS = 0x04;
const UTF8 = 0x0c;
const TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
const EXTENSIONS = 0xa3;
const VERSION = 0xa0;
const DNS_NAME = 0x82;
const ADDRESS = 0x87;

const ECDSA_SHA256 = "06082a8648ce3d040302";
const COMMON_NAME = "0603550403";
const ALTERNATIVE_NAMES = "0603551d11";
const BASIC_CONSTRAINTS = "0603551d13";

function der(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((one) => (typeof one === "string" ? hex(one) : one)));
  const { length } = body;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const hex = (text: string): Buffer => Buffer.from(text, "hex");
const ascii = (text: string): Buffer => Buffer.from(text, "ascii");

export function loopbackCertificate(): LoopbackCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(SEQUENCE, ECDSA_SHA256);
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, ascii("localhost")))));
  const names = der(SEQUENCE, der(DNS_NAME, ascii("localhost")), der(ADDRESS, "7f000001"));
  const extensions = der(
    SEQUENCE,
    der(SEQUENCE, ALTERNATIVE_NAMES, der(OCTETS, names)),
    der(SEQUENCE, BASIC_CONSTRAINTS, der(OCTETS, der(SEQUENCE, "0101ff"))),
  );
  const body = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, "02")),
    der(INTEGER, "01"),
    algorithm,
    name,
    der(SEQUENCE, der(TIME, ascii("20200101000000Z")), der(TIME, ascii("20991231235959Z"))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(EXTENSIONS, extensions),
  );
  const signature = der(BITS, "00", sign("sha256", body, privateKey));
  const whole = der(SEQUENCE, body, algorithm, signature);
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: pem(whole),
  };
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
