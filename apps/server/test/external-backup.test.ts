import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { makeTestFolder } from "@creneau/db/testing/test-folder";
import { Client as PgClient } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAt } from "../attack/browser.ts";
import { type ExternalPostgres, postgresPrograms, startExternalPostgres } from "./external-postgres.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import { freePort } from "./test-server.ts";

const run = promisify(execFile);
const guide = readFileSync(fileURLToPath(new URL("../../../docs/operating.md", import.meta.url)), "utf8");
const secrets = {
  AUTH_SECRET: "a secret that only this test knows, long enough",
  ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
};

let programs: string;
let folder: string;
let port: number;
let first: ExternalPostgres;
let second: ExternalPostgres;
const started: ServerProcess[] = [];

beforeAll(async () => {
  programs = await postgresPrograms();
  folder = makeTestFolder("external-backup-");
  port = await freePort();
  [first, second] = await Promise.all([startExternalPostgres(programs), startExternalPostgres(programs)]);
}, 600_000);
afterAll(async () => {
  for (const server of started) await server.end("SIGINT");
  await Promise.all([first?.stop(), second?.stop()]);
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** The blocks of code of a section of the operating guide, as a person would copy them. */
function blocks(heading: string, language: string): string[] {
  const section = guide.split(/^#{2,3} /m).find((each) => each.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gm"))].map(
    ([, code = ""]) => code,
  );
}

/** Runs a documented block in a shell; the passwords it leaves out are `passwords`, in order. */
async function shell(
  code: string,
  variables: Record<string, string>,
  passwords: string[] = [],
): Promise<string> {
  const filled = code.replace(/'…'/g, () => `'${passwords.shift() ?? ""}'`);
  const env = {
    PATH: `${programs}${delimiter}${process.env.PATH}`,
    LC_ALL: "C",
    NODE_ENV: "test",
    ...variables,
  } as NodeJS.ProcessEnv;
  const { stdout } = await run("sh", ["-e", "-c", filled], { cwd: folder, env });
  return stdout;
}

/** The roles and the database, as the guide has them made. */
async function makeRoles(cluster: ExternalPostgres): Promise<void> {
  const [roles = ""] = blocks("An external PostgreSQL", "sql");
  expect(roles).toContain("CREATE DATABASE creneau");
  const client = new PgClient({ connectionString: cluster.superuserUrl("postgres") });
  await client.connect();
  const passwords = ["app", "owner"];
  for (const statement of roles
    .replace(/--.*$/gm, "")
    .split(";")
    .filter((each) => each.trim()))
    await client.query(statement.replace(/'…'/, () => `'${passwords.shift()}'`));
  await client.end();
}

const urlsOf = (cluster: ExternalPostgres) => ({
  DATABASE_URL: cluster.url("creneau_app", "app", "creneau"),
  DATABASE_ADMIN_URL: cluster.url("creneau_owner", "owner", "creneau"),
});

async function start(cluster: ExternalPostgres): Promise<ServerProcess> {
  const server = await startServerProcess({ ...urlsOf(cluster), ...secrets, DEMO: "1" }, { port });
  started.push(server);
  return server;
}

/** Everything in a table that row-level security guards, as one number. */
async function fingerprint(cluster: ExternalPostgres): Promise<unknown> {
  const client = new PgClient({ connectionString: cluster.superuserUrl("creneau") });
  await client.connect();
  try {
    const { rows } = await client.query(
      `WITH acl AS (
         SELECT relname || relrowsecurity || relforcerowsecurity || relowner::regrole || ARRAY(
           SELECT x::text FROM unnest(relacl) x ORDER BY 1)::text AS line
         FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'pgboss'::regnamespace) AND relkind IN ('r', 'p')
         UNION ALL
         SELECT p.oid::regprocedure::text || proowner::regrole || ARRAY(SELECT x::text FROM unnest(proacl) x ORDER BY 1)::text
         FROM pg_proc p WHERE pronamespace = 'public'::regnamespace)
       SELECT (SELECT count(*) FROM appointment) AS appointments, (SELECT count(*) FROM event) AS events,
         (SELECT md5(string_agg(a::text, '|' ORDER BY id)) FROM appointment a) AS rows,
         (SELECT md5(string_agg(line, '|' ORDER BY line)) FROM acl) AS rights, (SELECT count(*) FROM acl) AS objects`,
    );
    return rows[0];
  } finally {
    await client.end();
  }
}

test("the documented commands carry an external database to another cluster, roles and extensions included", async () => {
  await makeRoles(first);
  const server = await start(first);
  const staff = await signInAt(server.url, "admin@immo.demo", "creneau-demo");
  const { client: live, close } = staff.wsClient();
  let lastEventId = "";
  live.appointments.onChange.subscribe(
    {},
    {
      onData({ id }) {
        lastEventId = id;
      },
    },
  );
  const { items: providers } = await staff.client.directory.providers.list.query({});
  await staff.client.appointments.create.mutate({
    providerId: providers[0]?.id ?? "",
    startsAt: "2099-03-03T09:00:00.000Z",
    endsAt: "2099-03-03T09:30:00.000Z",
    force: true,
  });
  await expect.poll(() => lastEventId).not.toBe("");

  const [login = "", dump = "", restore = ""] = blocks("External", "sh");
  const superuser = { SUPERUSER_URL: first.superuserUrl("creneau") };
  await shell(login, superuser, ["a password"]);
  // The login that the owner has for migrations cannot: the reason why there is another.
  await expect(shell(dump, { BACKUP_URL: urlsOf(first).DATABASE_ADMIN_URL })).rejects.toThrow(
    "row-level security",
  );
  await shell(dump, { BACKUP_URL: first.url("creneau_backup", "a password", "creneau") });
  const before = await fingerprint(first);
  // What comes after the dump is not in it, and the sleeper has seen it.
  await staff.client.appointments.create.mutate({
    providerId: providers[0]?.id ?? "",
    startsAt: "2099-03-04T09:00:00.000Z",
    endsAt: "2099-03-04T09:30:00.000Z",
    force: true,
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await close();
  await server.end("SIGINT");

  await makeRoles(second);
  await shell(restore, urlsOf(second));
  expect(await fingerprint(second)).toEqual(before);

  const restored = await start(second);
  expect(restored.output()).not.toContain("migration");
  // The session of before is good: same secrets, same rows; and what it slept through is of a history that is gone.
  expect(await staff.client.session.me.query()).toMatchObject({ user: { email: "admin@immo.demo" } });
  const resumed = staff.wsClient();
  const told = await new Promise<string>((resolve, reject) => {
    resumed.client.appointments.onChange.subscribe(
      { lastEventId },
      { onData: ({ data }) => resolve(data.type), onError: reject },
    );
  });
  expect(told).toBe("reload");
  await resumed.close();
  const { appointment } = await staff.client.appointments.create.mutate({
    providerId: providers[0]?.id ?? "",
    startsAt: "2099-03-05T09:00:00.000Z",
    endsAt: "2099-03-05T09:30:00.000Z",
    force: true,
  });
  expect(appointment.version).toBe(1);
  // Row-level security came along: the application's login sees nothing without an organization.
  const application = new PgClient({ connectionString: urlsOf(second).DATABASE_URL });
  await application.connect();
  expect((await application.query("SELECT count(*)::int AS count FROM appointment")).rows).toEqual([
    { count: 0 },
  ]);
  await application.end();
}, 240_000);

test("twin: the backup login reads every row and can change none", async () => {
  const client = new PgClient({ connectionString: first.url("creneau_backup", "a password", "creneau") });
  await client.connect();
  const { rows } = await client.query<{ count: number }>("SELECT count(*)::int AS count FROM appointment");
  expect(rows[0]?.count).toBeGreaterThan(10);
  await expect(client.query("DELETE FROM appointment")).rejects.toThrow("permission denied");
  await client.end();
});
