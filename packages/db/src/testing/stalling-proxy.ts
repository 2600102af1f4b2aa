import { connect, createServer, type Socket } from "node:net";

/** Stands between a program and its PostgreSQL, as the network does, and fails as networks do. */
export interface StallingProxy {
  /** The same database, through it. */
  through(url: string): string;
  /** Lets nothing pass any more, in either direction, and says nothing about it; new connections are accepted. */
  stall(): void;
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>;
  /** As if nothing had been: what was held back arrives. */
  mend(): Promise<void>;
  /** From now on the server of another connection string answers; every connection to the last one is cut. */
  leadTo(url: string): void;
  close(): Promise<void>;
}

/** A proxy in front of the server of a connection string, which is then reached over TCP. */
export async function startStallingProxy(target: string): Promise<StallingProxy> {
  let leads = new URL(target);
  const sockets = new Set<Socket>();
  let isStalled = false;
  const server = createServer((outside) => {
    const inside = connect(Number(leads.port), leads.hostname);
    for (const [from, to] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => {
        if (!to.write(chunk)) from.pause();
      });
      to.on("drain", () => isStalled || from.resume());
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      if (isStalled) from.pause();
    }
  });
  let port = 0;
  const listen = () =>
    new Promise<void>((done) => {
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        port = typeof address === "object" && address ? address.port : 0;
        done();
      });
    });
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      endAll();
    });
  await listen();
  return {
    through(url) {
      const changed = new URL(url);
      changed.host = `127.0.0.1:${port}`;
      changed.searchParams.delete("host");
      return changed.href;
    },
    stall() {
      isStalled = true;
      for (const socket of sockets) socket.pause();
    },
    cut: stop,
    async mend() {
      isStalled = false;
      for (const socket of sockets) socket.resume();
      if (!server.listening) await listen();
    },
    leadTo(url) {
      leads = new URL(url);
      endAll();
    },
    close: stop,
  };
}
