import { accessSync, constants } from "node:fs";
import { join } from "node:path";

/** What the address of a socket may hold on every system, bytes. */
const longestPath = 103;

function socketPath(cluster: string, port: number): string {
  return join(cluster, `.s.PGSQL.${port}`);
}

/** Where the server puts its socket: its own private folder; nowhere when that path is too long for one. */
export function socketFolder(cluster: string): string {
  const fits = Buffer.byteLength(socketPath(cluster, 65_535)) <= longestPath;
  return fits && process.platform !== "win32" ? cluster : "";
}

/**
 * The same database by its socket, which costs half of what TCP to oneself does; unchanged where this process cannot
 * use it. Host and port stay in the address, for programs that do not know sockets.
 */
export function preferSocket(url: string, { cluster, port }: { cluster: string; port: number }): string {
  try {
    accessSync(socketPath(cluster, port), constants.R_OK | constants.W_OK);
  } catch {
    return url;
  }
  return `${url}?host=${encodeURIComponent(cluster)}`;
}
