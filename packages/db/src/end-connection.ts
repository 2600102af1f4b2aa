import type { Client } from "pg";

/** A server that is there takes its leave in milliseconds. */
const patienceMs = 1_000;

/** The socket under a connection, which `pg` keeps to itself. */
function streamOf(client: object): { destroy(error?: Error): void } {
  return (client as { connection: { stream: { destroy(error?: Error): void } } }).connection.stream;
}

/** Cuts a connection; whoever waits for an answer on it is refused with `error`. */
export function cutConnection(client: object, error?: Error): void {
  streamOf(client).destroy(error);
}

/** Takes leave of the server, and cuts the connection when it does not answer that either. Never rejects. */
export async function endConnection(client: Pick<Client, "end">): Promise<void> {
  const timer = setTimeout(() => streamOf(client).destroy(), patienceMs);
  await client.end().catch(() => undefined);
  clearTimeout(timer);
}
