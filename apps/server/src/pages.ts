import { createServer, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import type { PageHandler } from "./http.ts";

const webFolder = fileURLToPath(new URL("../../web", import.meta.url));

export interface Pages {
  handle: PageHandler;
  /** Takes the socket of a page that reloads itself in development. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
  /** Ends those sockets. Nobody else does, and the server does not close while one of an open page is left. */
  endUpgraded(): void;
  close(): Promise<void>;
}

/** Next, inside this process. Loaded only here: a process without the `web` role never pays for it. */
export async function startPages(options: { dev: boolean; host: string; port: number }): Promise<Pages> {
  const { default: next } = await import("next");
  const create = next as unknown as typeof next.default;
  // Plugins of the web app's configuration resolve their files against the working directory.
  process.chdir(webFolder);
  // Its workers inherit the flags of this process, whose preload is named relative to the folder just left.
  process.execArgv.length = 0;
  // Next adds an upgrade listener of its own to the server of its first request, and ends every socket that it does not
  // know, ours among them. Given a server that never listens, it adds it there.
  const httpServer = createServer();
  const { dev, host: hostname, port } = options;
  const app = create({ dir: webFolder, dev, hostname, port, httpServer });
  await app.prepare();
  const upgraded = new Set<Duplex>();
  return {
    handle: app.getRequestHandler(),
    // Next's own `getUpgradeHandler` answers nothing in development, and a page waits for that answer before it hydrates.
    async upgrade(request, socket, head) {
      upgraded.add(socket);
      socket.once("close", () => upgraded.delete(socket));
      if (!httpServer.emit("upgrade", request, socket, head)) socket.destroy();
    },
    endUpgraded() {
      for (const socket of upgraded) socket.destroy();
    },
    close: () => app.close(),
  };
}
