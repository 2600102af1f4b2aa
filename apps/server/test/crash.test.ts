import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeTestFolder } from "@creneau/db/testing/test-folder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, signInAt } from "../attack/browser.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

let dataDir: string;
let server: ServerProcess;

beforeAll(async () => {
  dataDir = makeTestFolder("crash");
  server = await startServerProcess({ DATA_DIR: dataDir });
}, 120_000);

afterAll(async () => {
  await server?.end("SIGTERM");
});

function postmasterPid(): number {
  return Number(readFileSync(join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
}

const minute = 60_000;

/** Creates and moves appointments until the connection breaks; keeps what the server has acknowledged. */
async function writeUntilCut(
  client: Client,
  {
    providerId,
    dayOffset,
    acknowledged,
  }: { providerId: string; dayOffset: number; acknowledged: Map<string, string> },
): Promise<void> {
  const midnight = Math.floor(Date.now() / 86_400_000) * 86_400_000 + (200 + dayOffset) * 86_400_000;
  for (let index = 0; index < 5_000; index++) {
    const startsAt = new Date(midnight + index * 30 * minute).toISOString();
    try {
      const { appointment } = await client.appointments.create.mutate({
        providerId,
        startsAt,
        endsAt: new Date(Date.parse(startsAt) + 10 * minute).toISOString(),
        force: true,
      });
      acknowledged.set(appointment.id, appointment.startsAt);
      const later = new Date(Date.parse(startsAt) + 15 * minute).toISOString();
      const moved = await client.appointments.move.mutate({
        id: appointment.id,
        version: 1,
        startsAt: later,
        force: true,
      });
      acknowledged.set(appointment.id, moved.appointment.startsAt);
    } catch {
      return;
    }
  }
  throw new Error("The server was not killed in the middle of the load");
}

describe.each([
  { killed: "server and database", withDatabase: true, day: 0 },
  { killed: "the server alone", withDatabase: false, day: 400 },
])("kill -9 of $killed in the middle of a write load", ({ withDatabase, day }) => {
  it("loses nothing that was acknowledged", { timeout: 120_000 }, async () => {
    const staff = await signInAt(server.url, "admin@immo.demo", "creneau-demo");
    const { items: providers } = await staff.client.directory.providers.list.query({});
    const acknowledged = new Map<string, string>();
    const writers = Array.from({ length: 8 }, (_, index) =>
      writeUntilCut(staff.client, {
        providerId: providers[index % providers.length]?.id ?? "",
        dayOffset: day + Math.floor(index / providers.length) * 100,
        acknowledged,
      }),
    );
    // However slow the machine: enough must be at stake, and the load still running.
    while (acknowledged.size < 100) await new Promise((resolve) => setTimeout(resolve, 20));
    const database = postmasterPid();
    server.child.kill("SIGKILL");
    if (withDatabase) process.kill(database, "SIGKILL");
    await Promise.all(writers);

    server = await startServerProcess({ DATA_DIR: dataDir });
    const again = await signInAt(server.url, "admin@immo.demo", "creneau-demo");
    const lost: string[] = [];
    for (const [id, startsAt] of acknowledged) {
      const found = await again.client.appointments.byId.query({ id }).catch(() => null);
      // A move may have been committed without its answer having arrived: then the row is one version ahead.
      const isThere = found !== null && (found.startsAt === startsAt || found.version > 1);
      if (!isThere) lost.push(`${id} ${startsAt} → ${found?.startsAt}`);
    }
    expect(lost).toEqual([]);
  });
});

it("stops in order on SIGTERM: exit code 0, no database left behind", { timeout: 60_000 }, async () => {
  const pidFile = join(dataDir, "postgres/postmaster.pid");
  expect(existsSync(pidFile)).toBe(true);
  expect(await server.end("SIGTERM")).toBe(0);
  // PostgreSQL removes it as its last act; the process itself may linger as a zombie of whoever adopted it.
  expect(existsSync(pidFile)).toBe(false);
});
