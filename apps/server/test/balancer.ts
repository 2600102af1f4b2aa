import { Agent, createServer, type IncomingMessage, request as sendRequest } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** What stands in front of several processes in earnest: it asks each how it is, and never tries a request twice. */
export interface Balancer {
  url: string;
  /** Requests that got no answer from the process they were sent to. */
  failures: string[];
  /** Processes that get traffic at present. */
  ready(): number;
  close(): Promise<void>;
}

const askEveryMs = 250;

/** Sends requests in turn to whichever processes say that they are ready, keeping connections open between them. */
export async function startBalancer(ports: number[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true });
  const failures: string[] = [];
  const sockets = new Set<Socket>();
  let ready: number[] = [];
  let turn = 0;

  const next = () => {
    turn += 1;
    return ready[turn % ready.length];
  };
  const server = createServer((request, response) => {
    const port = next();
    if (port === undefined) {
      failures.push(`${request.method} ${request.url}: nobody is ready`);
      response.writeHead(502).end();
      return;
    }
    const { method, url: path, headers } = request;
    const outgoing = sendRequest({ port, host: "127.0.0.1", method, path, headers, agent }, (answer) => {
      const { connection: _, ...kept } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, kept);
      answer.pipe(response);
    });
    outgoing.on("error", (error) => {
      failures.push(`${method} ${path} at ${port}: ${error.message}`);
      response.writeHead(502).end();
    });
    request.pipe(outgoing);
  });
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const port = next();
    if (port === undefined) {
      socket.destroy();
      return;
    }
    const inside = connect(port, "127.0.0.1", () => {
      const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
      inside.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      inside.write(head);
      socket.pipe(inside).pipe(socket);
    });
    for (const [one, other] of [
      [socket, inside],
      [inside, socket],
    ] as const) {
      sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });

  const ask = async () => {
    const states = await Promise.all(
      ports.map((port) =>
        fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
          ({ ok }) => ok,
          () => false,
        ),
      ),
    );
    ready = ports.filter((_, index) => states[index]);
  };
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      await ask();
      await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    }
  })();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failures,
    ready: () => ready.length,
    async close() {
      isOver = true;
      await asking;
      agent.destroy();
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
