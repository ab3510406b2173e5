import { describe, expect, it } from "vitest";
import { checkLogin } from "../../../../src/shell/topstepx/login-check.ts";
import { patient } from "../../../kit/patient.ts";
import {
  answer,
  lost,
  notSent,
  refusal,
  type Scripted,
  START,
  scriptedTransport,
  status,
  success,
} from "../../../kit/scripted-transport.ts";

const KEY = "s3cret-key";

async function checked(scripted: Scripted) {
  const { transport, clock, sent } = scriptedTransport({ read: () => scripted });
  const credentials = { userName: "jane", apiKey: KEY };
  const { login, checks } = await patient(clock, checkLogin(transport, credentials));
  expect(sent).toMatchObject([{ path: "/api/Auth/loginKey", body: JSON.stringify(credentials) }]);
  const lines = checks.map(({ what, state, says }) => `${state} ${what}: ${says}`);
  expect(lines.join()).not.toContain(KEY);
  return { login, lines };
}

const dated = (offset: number): Scripted =>
  answer({ success: true, errorCode: 0, token: "token-of-a-day" }, {
    date: START - offset,
  } as object);

describe("a login that is taken", () => {
  it("says so, and how the clocks stand", async () => {
    expect(await checked(success({ token: "token-of-a-day" }))).toEqual({
      login: "in",
      lines: ["ok key: the venue takes it", "ok subscription and agreements: in order"],
    });
    const clock = async (offset: number) => (await checked(dated(offset))).lines[2];
    expect(await clock(460)).toBe("ok clock: 0.0 s ahead of the venue's");
    expect(await clock(-2_540)).toBe("note clock: 3.0 s behind the venue's");
    expect(await clock(8_950)).toMatch(/^problem clock: 8\.5 s ahead of the venue's; switch on/);
  });
});

describe("a login that is refused", () => {
  it.each([
    [1, "key", "knows no such user"],
    [3, "key", "not an e-mail"],
    [7, "agreements", "accept them"],
    [9, "subscription", "buy API access"],
    [10, "key", "switched off"],
  ])("with code %i says what to do", async (code, what, says) => {
    const { login, lines } = await checked(refusal(code));
    expect([login, lines]).toEqual(["refused", [expect.stringContaining(`problem ${what}: `)]]);
    expect(lines[0]).toContain(says);
  });
});

it.each<[string, Scripted, string]>([
  ["is away", notSent("ECONNREFUSED"), "ECONNREFUSED; look at the line and at broker.restUrl"],
  ["says nothing", lost("timeout"), "timeout"],
  ["cannot read the login", status(400), "(400)"],
  ["has too many calls", status(429), "(429)"],
  ["has trouble of its own", status(502), "502"],
  ["cannot log anybody in", refusal(8), "code 8"],
  ["talks gibberish", answer("<html>"), "unreadable"],
])("a venue that %s was not reached, and may be later", async (_, scripted, says) => {
  const { login, lines } = await checked(scripted);
  expect(login).toBe("unreachable");
  expect(lines[0]).toMatch(/^problem venue: .*try again later$/);
  expect(lines[0]).toContain(says);
});
