import { WebSocket } from "ws";
import { clock } from "./clock.ts";
import { doTasks, type Helper, startHelper } from "./helper.ts";

interface ConnectInput {
  url: string;
  cookie?: string;
  origin?: string;
  count: number;
  /** What each socket subscribes to; without it the bare socket only listens. */
  subscription?: Subscription;
}

/** A subscription as tRPC's clients ask for it. */
export interface Subscription {
  path: string;
  input: object;
}

/** All changes of one organization. */
export const allChanges: Subscription = { path: "appointments.onChange", input: {} };

type ClientTasks = {
  /** Opens so many sockets and resolves once each is subscribed. */
  connect(input: ConnectInput): Promise<void>;
  /** Arrival on each socket of the next message that holds the text, sorted; gives up after 20 s. */
  arrivals(input: { text: string }): Promise<Float64Array>;
  /** Arrival of every message on every socket from now on, by the entity it speaks of. */
  startLog(input: null): void;
  takeLog(input: null): Map<string, number>;
};

export type SocketClients = Helper<ClientTasks>;

/** Starts a process that holds sockets and notes when what arrives. */
export function startSocketClients(): SocketClients {
  return startHelper(import.meta.url);
}

const atOnce = 50;
const patienceMs = 20_000;
if (import.meta.main && process.send) {
  const sockets: WebSocket[] = [];
  let awaited: { text: string; times: number[]; finish: () => void } | undefined;
  let log: Map<string, number> | undefined;

  const receive = (data: Buffer, socket: WebSocket, onSubscribed: () => void) => {
    const at = clock();
    const text = data.toString("latin1");
    if (text === "PING") return socket.send("PONG");
    if (text.includes('"type":"connected"')) return onSubscribed();
    if (awaited && text.includes(awaited.text)) {
      awaited.times.push(at);
      if (awaited.times.length === sockets.length) awaited.finish();
    }
    const entityId = log && /"data":\{[^{]*?"id":"([0-9a-f-]{36})"/.exec(text)?.[1];
    if (entityId) log?.set(entityId, at);
  };

  const open = ({ url, cookie, origin, subscription }: ConnectInput) =>
    new Promise<void>((resolve, reject) => {
      const headers = { ...(cookie && { cookie }), ...(origin && { origin }) };
      const socket = new WebSocket(url, { headers, perMessageDeflate: false, skipUTF8Validation: true });
      sockets.push(socket);
      socket.on("error", reject);
      socket.on("open", () =>
        subscription
          ? socket.send(JSON.stringify({ id: 1, method: "subscription", params: subscription }))
          : resolve(),
      );
      socket.on("message", (data: Buffer) => receive(data, socket, resolve));
      socket.on("close", (code) => reject(new Error(`a socket was closed with ${code}`)));
    });

  const tasks: ClientTasks = {
    async connect(input) {
      let left = input.count;
      const worker = async () => {
        while (left > 0) {
          left -= 1;
          await open(input);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
    },
    arrivals({ text }) {
      return new Promise((resolve, reject) => {
        const times: number[] = [];
        const timer = setTimeout(
          () => reject(new Error(`${times.length} of ${sockets.length} sockets got the message`)),
          patienceMs,
        );
        const finish = () => {
          clearTimeout(timer);
          awaited = undefined;
          resolve(Float64Array.from(times).sort());
        };
        awaited = { text, times, finish };
      });
    },
    startLog() {
      log = new Map();
    },
    takeLog() {
      const taken = log ?? new Map();
      log = undefined;
      return taken;
    },
  };
  doTasks(tasks, async () => {
    for (const socket of sockets) socket.terminate();
  });
}
