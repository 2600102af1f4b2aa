import { existsSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { lockHolder } from "../embedded/folder-lock.ts";
import { migrateApart } from "../embedded/migrate-apart.ts";
import { findOrphan, stopPostmaster } from "../embedded/postmaster.ts";
import { startEmbedded } from "../embedded/start-embedded.ts";
import { copyDatabase, type DatabaseUrls } from "./copy-database.ts";
import { makeTestFolder } from "./test-folder.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's PostgreSQL: the connection strings of its first database, which tests only borrow credentials from. */
    databaseServer: { url: string; adminUrl: string };
  }
}

const folderPrefix = "creneau-test-";

/** The database that every test database is a copy of. */
export const templateName = "creneau_template";

async function sweepKilledRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue;
    const folder = join(tmpdir(), name);
    try {
      // A run that is just starting has no lock yet, but no database either.
      if (lockHolder(folder) || !existsSync(join(folder, "postgres"))) continue;
      const orphan = findOrphan(realpathSync(join(folder, "postgres")));
      if (orphan) await stopPostmaster(orphan);
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another account's run, or another process sweeping too.
    }
  }
}

async function createTemplate(server: DatabaseUrls): Promise<void> {
  const { adminUrl } = await copyDatabase(server, { name: templateName, template: "template1" });
  await migrateApart({ adminUrl });
}

interface Run {
  users: number;
  server: Promise<{ url: string; adminUrl: string; stop(): Promise<void> }>;
}

// vitest loads this module once for each project, in one process: they share the run's server.
const shared = globalThis as { creneauTestRun?: Run };

async function startServer(): Promise<Awaited<Run["server"]>> {
  await sweepKilledRuns();
  const dataDir = makeTestFolder(folderPrefix);
  // The cluster lives only as long as the run, so nothing waits for the disk. Tests about crashes start their own.
  const server = await startEmbedded({ dataDir, isDurable: false });
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await createTemplate(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: server.url, adminUrl: server.adminUrl, stop };
}

/** vitest's global setup: one PostgreSQL and one migrated template for the whole run, gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.creneauTestRun ??= { users: 0, server: startServer() };
  const run = shared.creneauTestRun;
  run.users += 1;
  const { url, adminUrl, stop } = await run.server;
  project.provide("databaseServer", { url, adminUrl });
  return async () => {
    run.users -= 1;
    if (run.users > 0) return;
    shared.creneauTestRun = undefined;
    await stop();
  };
}
