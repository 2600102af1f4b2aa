import { randomBytes } from "node:crypto";
import type { Writable } from "node:stream";
import { Client, type ClientConfig, type Connection, type Submittable } from "pg";
import { cutConnection } from "../end-connection.ts";

/** Kinds of PostgreSQL's messages while it sends a base backup, by their first byte. */
const newArchive = "n".charCodeAt(0);
const manifestBegins = "m".charCodeAt(0);
const data = "d".charCodeAt(0);

interface BaseBackupOptions {
  /** The owner's connection, who may replicate. */
  adminUrl: string;
  label: string;
  /** Gets the tar archive of the data folder. Not ended here. */
  archive: Writable;
  /** Bytes of the archive so far. */
  onProgress?: (bytes: number) => void;
}

/** A chunk of a COPY, as `pg` hands it on. */
interface CopyData {
  chunk: Buffer;
}

interface Done {
  resolve(manifest: Buffer): void;
  reject(error: unknown): void;
}

/** Reads the answer to BASE_BACKUP, which is several results with one long COPY in the middle. */
class BaseBackupQuery implements Submittable {
  readonly #text: string;
  readonly #archive: Writable;
  readonly #onProgress: ((bytes: number) => void) | undefined;
  readonly #done: Done;
  readonly #manifest: Buffer[] = [];
  #isManifest = false;
  #isPaused = false;
  #bytes = 0;
  #failure: unknown;

  constructor(
    text: string,
    { archive, onProgress }: Pick<BaseBackupOptions, "archive" | "onProgress">,
    done: Done,
  ) {
    this.#text = text;
    this.#archive = archive;
    this.#onProgress = onProgress;
    this.#done = done;
  }

  submit(connection: Connection): void {
    connection.query(this.#text);
  }

  handleCopyData({ chunk }: CopyData, connection: Connection): void {
    const [kind] = chunk;
    // The driver reuses its buffer.
    const body = Buffer.from(chunk.subarray(1));
    if (kind === newArchive) {
      const [name, tablespace] = body.toString().split("\0");
      if (tablespace)
        this.#failure ??= new Error(`The database has a tablespace (${name}), which is not copied`);
    } else if (kind === manifestBegins) this.#isManifest = true;
    else if (kind !== data) return;
    else if (this.#isManifest) this.#manifest.push(body);
    else {
      this.#bytes += body.length;
      this.#onProgress?.(this.#bytes);
      if (this.#archive.write(body) || this.#isPaused) return;
      // What came in one piece with this is still handed over.
      this.#isPaused = true;
      connection.stream.pause();
      this.#archive.once("drain", () => {
        this.#isPaused = false;
        connection.stream.resume();
      });
    }
  }

  handleError(error: unknown): void {
    this.#done.reject(error);
  }

  handleReadyForQuery(): void {
    if (this.#failure) this.#done.reject(this.#failure);
    else this.#done.resolve(Buffer.concat(this.#manifest));
  }

  // What else is in the answer: where it begins and ends, and how large it will be.
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}
}

/**
 * Copies a running server's data folder by PostgreSQL's own protocol, as `pg_basebackup` does, while it serves and writes
 * on: the tar archive, which holds the log that a restored copy needs to become consistent, and the manifest with the
 * checksum of every file, which is returned. Throws with PostgreSQL's own words.
 */
export async function streamBaseBackup({
  adminUrl,
  label,
  archive,
  onProgress,
}: BaseBackupOptions): Promise<Buffer> {
  const config: ClientConfig & { replication: string } = {
    connectionString: adminUrl,
    replication: "true",
    application_name: "creneau backup",
    keepAlive: true,
  };
  const client = new Client(config);
  client.on("error", () => {}); // what runs is refused with it
  await client.connect();
  const giveUp = (error: Error) => cutConnection(client, error);
  archive.once("error", giveUp);
  try {
    // Keeps the log from the first moment on: a checkpoint under load would recycle it before it is copied.
    await client.query(
      `CREATE_REPLICATION_SLOT creneau_${randomBytes(6).toString("hex")} TEMPORARY PHYSICAL (RESERVE_WAL)`,
    );
    const text = `BASE_BACKUP (LABEL '${label.replaceAll("'", "''")}', CHECKPOINT 'fast', WAL, MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256')`;
    return await new Promise<Buffer>((resolve, reject) => {
      client.query(new BaseBackupQuery(text, { archive, onProgress }, { resolve, reject }));
    });
  } finally {
    archive.off("error", giveUp);
    await client.end().catch(() => {});
  }
}
