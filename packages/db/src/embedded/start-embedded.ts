import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { advisoryLocks } from "../advisory-locks.ts";
import { appRole, bootstrapRoles, databaseName } from "./bootstrap-roles.ts";
import { checkVersion, createCluster, hasCluster, ownerRole, resetOwnerPassword } from "./cluster-files.ts";
import { AlreadyRunningError } from "./embedded-error.ts";
import { lockFolder, lockHolder } from "./folder-lock.ts";
import { preferSocket } from "./local-socket.ts";
import { clusterFolder, makeDataDir, type Placement, placeCluster } from "./placement.ts";
import { findOrphan, launchPostmaster, type Postmaster, readPidFile, stopPostmaster } from "./postmaster.ts";
import { readOrCreateSecrets, type Secrets } from "./secrets.ts";
import { supervise } from "./supervise.ts";

/** A running embedded PostgreSQL, owned by this process. */
export interface EmbeddedPostgres {
  /** Connects as the owner: migrations and maintenance only. */
  adminUrl: string;
  /** Connects as the application's own role, under row-level security. */
  url: string;
  port: number;
  /** The server was already running, left behind by a process that was killed. */
  adopted: boolean;
  /** The server's main process; changes when it had to be restarted. */
  readonly pid: number;
  /** Stops the server in order and releases the data folder. Safe to call twice. */
  stop(): Promise<void>;
}

export interface StartEmbeddedOptions {
  /** The data folder; created when absent. */
  dataDir: string;
  /** The server's port on 127.0.0.1; a free one by default. */
  port?: number;
  /** Where the product will answer: told to whoever tries to start a second time on this folder. */
  address?: string;
  /** False trades every promise about crashes for speed; for throw-away test databases. */
  isDurable?: boolean;
  onProgress?: (text: string) => void;
}

interface Session {
  role: string;
  password: string;
  port: number;
  database: string;
}

function urlOf({ role, password, port, database }: Session): string {
  return `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

async function connect(session: Session): Promise<Client> {
  const client = new Client({
    connectionString: urlOf(session),
    application_name: "creneau supervisor",
    keepAlive: true,
  });
  client.on("error", () => {}); // a lost connection ends it; whoever uses it looks at that
  await client.connect();
  return client;
}

/** Whether an orphan may be adopted: it accepts our password and serves our folder. */
async function isOurs(orphan: Postmaster, { cluster }: Placement, password: string): Promise<boolean> {
  try {
    const client = await connect({ role: ownerRole, password, port: orphan.port, database: "postgres" });
    try {
      const answer = await client.query<{ folder: string }>(
        "select current_setting('data_directory') as folder",
      );
      return answer.rows[0]?.folder === cluster;
    } finally {
      await client.end();
    }
  } catch {
    return false;
  }
}

async function obtainPostmaster(
  placement: Placement,
  secrets: Secrets & { created: boolean },
  options: StartEmbeddedOptions & { isDurable: boolean },
): Promise<{ postmaster: Postmaster; adopted: boolean }> {
  const launch = {
    placement,
    port: options.port,
    isDurable: options.isDurable,
    onProgress: options.onProgress,
  };
  if (!hasCluster(placement)) {
    options.onProgress?.("creating the database");
    await createCluster(placement, { password: secrets.ownerPassword, isDurable: options.isDurable });
    return { postmaster: await launchPostmaster(launch), adopted: false };
  }
  checkVersion(placement);
  const orphan = findOrphan(placement.cluster);
  if (orphan) {
    const isWanted = options.port === undefined || options.port === orphan.port;
    if (isWanted && (await isOurs(orphan, placement, secrets.ownerPassword)))
      return { postmaster: orphan, adopted: true };
    await stopPostmaster(orphan);
  }
  if (secrets.created) await resetOwnerPassword(placement, secrets.ownerPassword);
  return { postmaster: await launchPostmaster(launch), adopted: false };
}

/** Holds the lock that decides, whatever the files say, which process owns a database. */
async function guard(session: Session, dataDir: string): Promise<Client> {
  const client = await connect(session);
  // The connection of a killed owner closes within moments; one that stays is a live owner's.
  for (let attempt = 0; attempt < 30; attempt++) {
    const answer = await client.query<{ mine: boolean }>("select pg_try_advisory_lock($1) as mine", [
      advisoryLocks.embeddedOwner,
    ]);
    if (answer.rows[0]?.mine) return client;
    await sleep(100);
  }
  await client.end();
  throw new AlreadyRunningError({ dataDir });
}

/**
 * Starts the embedded PostgreSQL of a data folder, or adopts the one a killed process left running, with its roles
 * and its database. From then on it is watched: if it dies by itself it is started again on the same port.
 * Throws EmbeddedError, AlreadyRunningError when a live process owns the folder.
 */
export async function startEmbedded(options: StartEmbeddedOptions): Promise<EmbeddedPostgres> {
  const { onProgress, isDurable = true } = options;
  const dataDir = makeDataDir(options.dataDir);
  const unlock = lockFolder({ dataDir, address: options.address });
  let postmaster: Postmaster | undefined;
  try {
    const secrets = readOrCreateSecrets(dataDir);
    const placement = placeCluster({ dataDir, onProgress });
    const obtained = await obtainPostmaster(placement, secrets, { ...options, isDurable });
    postmaster = obtained.postmaster;
    const { port } = postmaster;
    const owner = { role: ownerRole, password: secrets.ownerPassword, port };
    const maintenance = await connect({ ...owner, database: "postgres" });
    try {
      await bootstrapRoles(maintenance, secrets);
    } finally {
      await maintenance.end();
    }
    const session = { ...owner, database: databaseName };
    const supervisor = await supervise({
      postmaster,
      relaunch: () => launchPostmaster({ placement, port, isDurable, onProgress }),
      guard: () => guard(session, dataDir),
      onProgress,
    });
    const { cluster } = placement;
    const application = { role: appRole, password: secrets.appPassword, port, database: databaseName };
    return {
      adminUrl: preferSocket(urlOf(session), { cluster, port }),
      url: preferSocket(urlOf(application), { cluster, port }),
      port,
      adopted: obtained.adopted,
      get pid() {
        return supervisor.pid();
      },
      async stop() {
        await supervisor.stop();
        unlock();
      },
    };
  } catch (error) {
    // One that lost the last, deciding lock leaves the server to the process that holds it.
    if (postmaster && !(error instanceof AlreadyRunningError)) await stopPostmaster(postmaster);
    unlock();
    throw error;
  }
}

/** The addresses of the database that a live process has on a data folder, or undefined when none runs there. */
export function findRunning(dataDir: string): { adminUrl: string; url: string } | undefined {
  const folder = makeDataDir(dataDir);
  const cluster = clusterFolder(folder);
  const file = lockHolder(folder) && readPidFile(cluster);
  if (!file?.isReady) return undefined;
  const { ownerPassword, appPassword } = readOrCreateSecrets(folder);
  const { port } = file;
  const shared = { port, database: databaseName };
  const application = { ...shared, role: appRole, password: appPassword };
  return {
    adminUrl: preferSocket(urlOf({ ...shared, role: ownerRole, password: ownerPassword }), { cluster, port }),
    url: preferSocket(urlOf(application), { cluster, port }),
  };
}
