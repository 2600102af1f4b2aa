/** Why an embedded database cannot be started; each has one clear sentence for the person who started it. */
export type EmbeddedErrorCode =
  | "already_running"
  | "other_version"
  | "not_writable"
  | "disk_full"
  | "unsupported_platform"
  | "no_database_user"
  | "start_failed"
  | "no_backup"
  | "damaged_backup"
  | "has_database";

/** The embedded database cannot run. `message` is one line, meant to be printed as it is. */
export class EmbeddedError extends Error {
  readonly code: EmbeddedErrorCode;

  constructor(code: EmbeddedErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EmbeddedError";
    this.code = code;
  }
}

/** Another live process owns the data folder. `address` is where its web server answers, when it said so. */
export class AlreadyRunningError extends EmbeddedError {
  readonly address: string | undefined;
  readonly pid: number | undefined;

  constructor({ dataDir, address, pid }: { dataDir: string; address?: string; pid?: number }) {
    const who = pid === undefined ? "another process" : `process ${pid}`;
    super(
      "already_running",
      `Créneau already runs on ${dataDir} (${who})${address === undefined ? "" : `: ${address}`}`,
    );
    this.name = "AlreadyRunningError";
    this.address = address;
    this.pid = pid;
  }
}

/** Turns a failed file operation on the data folder into a sentence; anything unexpected passes through unchanged. */
export function fromFileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return new EmbeddedError("not_writable", `the data folder cannot be written: ${path} (${code})`, {
      cause: error,
    });
  }
  if (code === "ENOTDIR" || code === "EEXIST") {
    return new EmbeddedError("not_writable", `the data folder is not a folder: ${path}`, { cause: error });
  }
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new EmbeddedError("disk_full", `no space left on the disk that holds ${path}`, { cause: error });
  }
  return error;
}
