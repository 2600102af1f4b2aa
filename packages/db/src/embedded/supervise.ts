import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { type Postmaster, signal, stopPostmaster } from "./postmaster.ts";

interface SuperviseOptions {
  postmaster: Postmaster;
  /** Starts the server again on the same port. */
  relaunch: () => Promise<Postmaster>;
  /** Takes the owner's lock in the database; the connection holds it. */
  guard: () => Promise<Client>;
  onProgress?: (text: string) => void;
}

/**
 * Keeps a server running until `stop`: one that dies is started again, a lost guard connection is made again (the
 * server drops all connections when one of its processes is killed). Throws what the first `guard` throws.
 */
export async function supervise({ relaunch, guard, onProgress, ...start }: SuperviseOptions): Promise<{
  pid(): number;
  stop(): Promise<void>;
}> {
  let { postmaster } = start;
  let hasDied = false;
  let isStopping = false;
  let stopped: Promise<void> | undefined;
  let guardLost = Promise.resolve();
  let held = await hold();
  follow(postmaster);
  // A process that leaves without stop() still asks its database to end in order.
  const onExit = () => signal(postmaster.pid, "SIGINT");
  process.once("exit", onExit);

  async function hold(): Promise<Client> {
    const client = await guard();
    guardLost = new Promise((done) => client.once("end", done));
    return client;
  }

  function follow(current: Postmaster): void {
    hasDied = false;
    void current.exited.then(() => {
      if (postmaster === current) hasDied = true;
    });
  }

  async function restore(): Promise<void> {
    if (hasDied) {
      onProgress?.("the database ended unexpectedly; starting it again");
      postmaster = await relaunch();
      follow(postmaster);
    }
    if (isStopping) return;
    held = await hold();
    onProgress?.("database ready again");
  }

  const watching = (async () => {
    while (!isStopping) {
      await Promise.race([postmaster.exited, guardLost]);
      for (let failures = 0; !isStopping; failures++) {
        // The connection breaks a moment before the death of the server behind it is known.
        await sleep(Math.min(5_000, 50 * 2 ** failures));
        try {
          await restore();
          break;
        } catch (error) {
          onProgress?.(`database not ready: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
  })();

  return {
    pid: () => postmaster.pid,
    stop() {
      stopped ??= (async () => {
        isStopping = true;
        await held.end().catch(() => {});
        await watching; // at worst until a restart that is under way has ended
        await stopPostmaster(postmaster);
        process.off("exit", onExit);
      })();
      return stopped;
    },
  };
}
