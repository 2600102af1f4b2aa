import { createProvider, createService, createSite, createUser, unique } from "@creneau/db/testing/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "./test-server.ts";

let server: TestServer;
/** A second server on the same database. */
let twin: TestServer;
beforeAll(async () => {
  server = await startTestServer({ variables: { RATE_LIMITS: "on", TRUST_PROXY: "on" } });
  twin = await server.startTwin();
});
afterAll(() => server.close());

interface Answer {
  status: number;
  data?: unknown;
  error?: { message: string; data: { code: string; details?: { retryAfterSeconds?: number } | null } };
}

type Call = { at: TestServer; from: string; input: unknown };

async function answerOf(response: Response): Promise<Answer> {
  const { result, error } = (await response.json()) as Pick<Answer, "error"> & { result?: { data: unknown } };
  return { status: response.status, ...(result && { data: result.data }), ...(error && { error }) };
}

async function mutate(procedure: string, { at, from, input }: Call): Promise<Answer> {
  const headers = { "content-type": "application/json", "x-forwarded-for": from };
  const body = JSON.stringify(input);
  return answerOf(await fetch(`${at.url}/api/trpc/booking.${procedure}`, { method: "POST", headers, body }));
}

async function query(procedure: string, { at, from, input }: Call): Promise<Answer> {
  const headers = { "x-forwarded-for": from };
  const text = encodeURIComponent(JSON.stringify(input));
  return answerOf(await fetch(`${at.url}/api/trpc/booking.${procedure}?input=${text}`, { headers }));
}

async function createPractice() {
  const organization = await server.createOrganization();
  const site = await createSite(server.database, organization);
  const username = unique("doctor");
  const user = await createUser(server.database, { username });
  const provider = await createProvider(server.database, organization, { siteId: site.id, userId: user.id });
  const { slug: serviceSlug } = await createService(server.database, organization, {
    durationMinutes: 30,
    providerIds: [provider.id],
  });
  return { username, serviceSlug };
}

const day = new Date(Date.now() + 4 * 86_400_000).toISOString().slice(0, 10);
const startAt = (index: number) =>
  new Date(Date.parse(`${day}T09:00:00Z`) + index * 30 * 60_000).toISOString();

describe("two servers on one database", () => {
  it("count the writes of an address together", async () => {
    const codes = new Map<string, number>();
    const write = (at: TestServer, from: string) =>
      mutate("extendHold", { at, from, input: { holdToken: "nobody" } });
    for (let index = 0; index < 60; index++) {
      const { error } = await write(index % 2 ? twin : server, "198.51.100.1");
      const code = error?.data.code ?? "";
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect(Object.fromEntries(codes)).toEqual({ hold_expired: 60 });
    for (const at of [server, twin]) {
      const { status, error } = await write(at, "198.51.100.1");
      expect([status, error?.data.code]).toEqual([429, "rate_limited"]);
      expect(error?.data.details?.retryAfterSeconds).toBeGreaterThan(0);
      // A neighbour is not made to pay for it.
      expect((await write(at, "198.51.100.2")).error?.data.code).toBe("hold_expired");
    }
  });

  it("count together the people whom visitors of a network have us write to", async () => {
    const practice = await createPractice();
    let guests = 0;
    const guest = () => ({ name: "Ami", email: `guest${++guests}@example.test` });
    const codes: string[] = [];
    for (let index = 0; index < 17; index++) {
      const { error } = await mutate("book", {
        at: index % 2 ? twin : server,
        from: "198.51.100.77",
        input: {
          ...practice,
          startsAt: startAt(index),
          client: { name: "Léa", email: `booker${index}@example.test` },
          attendees: [guest(), guest(), guest()],
        },
      });
      codes.push(error?.data.code ?? "booked");
    }
    // Fifteen times four people are sixty.
    expect(codes.slice(0, 15)).toEqual(Array(15).fill("booked"));
    expect(codes.slice(15)).toEqual(["rate_limited", "rate_limited"]);
  });

  it("count the bookings of a contact together, however it is spelt and wherever it comes from", async () => {
    const practice = await createPractice();
    const other = await createPractice();
    const book = (index: number, email: string, at: TestServer, where = practice) =>
      mutate("book", {
        at,
        from: `198.51.100.${100 + index}`,
        input: { ...where, startsAt: startAt(index), client: { name: "Léa Petit", email } },
      });
    const spellings = ["lea@gmail.com", "l.e.a@gmail.com", "LEA+rdv@gmail.com", "lea@googlemail.com"];
    for (let index = 0; index < 5; index++) {
      const email = spellings[index % spellings.length] ?? "";
      expect((await book(index, email, index % 2 ? twin : server)).status, `booking ${index}`).toBe(200);
    }
    for (const at of [server, twin]) {
      const refused = await book(5, "le.a@gmail.com", at);
      expect([refused.status, refused.error?.data.code]).toEqual([429, "rate_limited"]);
      // Another organization is no way around.
      expect((await book(6, "lea@gmail.com", at, other)).error?.data.code).toBe("rate_limited");
    }
    expect((await book(7, "leo@gmail.com", twin)).status).toBe(200);
  });
});

describe("whoever guesses", () => {
  /** The different answers, whole, as they travel. */
  async function shapes(procedure: string, inputs: unknown[], ask = query) {
    const answers = await Promise.all(
      inputs.map((input) => ask(procedure, { at: server, from: "203.0.113.7", input })),
    );
    return [...new Set(answers.map((answer) => JSON.stringify(answer)))];
  }

  const random = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");

  it("cannot tell a name that nobody has from one that is not public", async () => {
    await createUser(server.database, { username: "hidden-colleague" });
    const names = ["hidden-colleague", "nobody-at-all", "x", "../admin", "'; --", "é".repeat(100)];
    const found = await shapes(
      "page",
      names.map((username) => ({ username })),
    );
    expect(found).toHaveLength(1);
    expect(JSON.parse(found[0] ?? "")).toMatchObject({ status: 404, error: { data: { code: "not_found" } } });
    const { username } = await createPractice();
    expect(await shapes("page", [{ username }])).not.toEqual(found);
  });

  it("learns the same of a link that is malformed, taken back, or a step beside a true one", async () => {
    const practice = await createPractice();
    const booked = await mutate("book", {
      at: server,
      from: "203.0.113.8",
      input: { ...practice, startsAt: startAt(0), client: { name: "Ana", email: "ana@example.test" } },
    });
    const { manageToken } = booked.data as { manageToken: string };
    const beside = manageToken.slice(0, -2) + (manageToken.endsWith("xx") ? "yy" : "xx");
    const guesses = ["no", "é", "x".repeat(200), random(), beside];
    const day = { from: "2030-01-01", to: "2030-01-02" };
    const appointmentId = "00000000-0000-4000-8000-000000000000";
    const all = [
      ...(await shapes(
        "manage",
        guesses.map((token) => ({ manageToken: token })),
      )),
      ...(await shapes(
        "portal",
        [...guesses, manageToken].map((token) => ({ portalToken: token })),
      )),
    ].map((text) => text.replace(/"path":"[^"]*"/, ""));
    expect(new Set(all).size).toBe(1);
    const read = await shapes("moveSlots", [
      ...guesses.map((token) => ({ manageToken: token, ...day })),
      ...guesses.map((token) => ({ portalToken: token, appointmentId, ...day })),
    ]);
    expect(read).toHaveLength(1);
    for (const input of [{ startsAt: startAt(3) }, {}]) {
      const procedure = "startsAt" in input ? "reschedule" : "cancel";
      const found = await shapes(
        procedure,
        guesses.map((token) => ({ manageToken: token, ...input })),
        mutate,
      );
      expect(found, procedure).toHaveLength(1);
      expect(JSON.parse(found[0] ?? "").error.data.code, procedure).toBe("not_found");
    }
    expect(await shapes("manage", [{ manageToken }])).not.toEqual(all);
  });

  it("learns the same of a hold token that is malformed, forged, or cut", async () => {
    const practice = await createPractice();
    const held = await mutate("hold", {
      at: server,
      from: "203.0.113.9",
      input: { ...practice, startsAt: startAt(1) },
    });
    const { holdToken } = held.data as { holdToken: string };
    const bytes = Buffer.from(holdToken, "base64url");
    const changed = (at: number) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy.toString("base64url");
    };
    // Of another appointment, of another time, and with another signature.
    const tokens = [
      "no",
      "é",
      random(),
      holdToken.slice(0, -4),
      changed(20),
      changed(84),
      changed(-1 + bytes.length),
    ];
    const client = { name: "Ana", email: "ana-hold@example.test" };
    for (const [procedure, extra] of [
      ["extendHold", {}],
      ["releaseHold", {}],
      ["confirm", { client }],
    ] as const) {
      const found = await shapes(
        procedure,
        tokens.map((token) => ({ holdToken: token, ...extra })),
        mutate,
      );
      expect(found, procedure).toHaveLength(1);
      expect(JSON.parse(found[0] ?? "").error.data.code, procedure).toBe("hold_expired");
    }
    // The true one still works: none of the others touched it.
    const confirmed = await mutate("confirm", {
      at: twin,
      from: "203.0.113.9",
      input: { holdToken, client },
    });
    expect(confirmed.status).toBe(200);
  });
});
