import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { clock } from "./clock.ts";
import { doTasks, type Helper, startHelper } from "./helper.ts";

type BroadcastTasks = {
  /** Answers the address. */
  listen(input: null): Promise<string>;
  /** Sends one message to all; answers when it began. */
  broadcast(input: { text: string }): number;
  memory(input: null): { rss: number };
};

/** Starts a bare `ws` server that sends one message to everybody: the raw limit of a fan-out. */
export function startBareBroadcast(): Helper<BroadcastTasks> {
  return startHelper(import.meta.url, { execArgv: ["--expose-gc"] });
}

if (import.meta.main && process.send) {
  const wss = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  const tasks: BroadcastTasks = {
    async listen() {
      if (!wss.address()) await new Promise((resolve) => wss.once("listening", resolve));
      return `ws://127.0.0.1:${(wss.address() as AddressInfo).port}`;
    },
    broadcast({ text }) {
      const startedAt = clock();
      for (const client of wss.clients) client.send(text);
      return startedAt;
    },
    memory() {
      globalThis.gc?.();
      return { rss: process.memoryUsage().rss };
    },
  };
  doTasks(tasks, async () => {
    for (const client of wss.clients) client.terminate();
    wss.close();
  });
}
