import { IncomingMessage, type Server } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { foreseenError, retryAfterOf } from "@creneau/api/errors";
import type { Session } from "@creneau/api/identity/session";
import { appRouter } from "@creneau/api/root";
import { socketCloseCodes } from "@creneau/api/socket-close-codes";
import { outageOf } from "@creneau/db/outage";
import { getTRPCErrorFromUnknown } from "@trpc/server";
import { getWSConnectionHandler, jsonEncoder } from "@trpc/server/adapters/ws";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { type LiveChangesParts, takeLiveChanges } from "./live-changes.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { ErrorReporter } from "./report-error.ts";
import type { Identity } from "./request-context.ts";
import { clientAddress, isOwnSocketOrigin, requestId } from "./request-origin.ts";
import { Connection, type ConnectionParts, HandledClient, SocketClient } from "./socket-connection.ts";
import type { SocketLimits } from "./socket-limits.ts";
import { Tally } from "./tally.ts";

interface SocketParts {
  server: Server;
  identity: Identity;
  metrics: Metrics;
  log: Logger;
  reportError: ErrorReporter;
  appOrigin: string;
  trustProxy: boolean;
  limits: SocketLimits;
  /** Whether this process plays the `socket` role; another still refuses handshakes properly. */
  isServing: boolean;
  /** Upgrades on other paths (the development server's reload socket); without it they are refused. */
  otherUpgrades?: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
}

type CloseReason = keyof typeof socketCloseCodes;

const path = "/api/trpc";
/** A peer that does not read cannot answer the close either. */
const closeGraceMs = 2_000;
/** A client that says nothing for so long is asked whether it is there, and has so long to answer; looked at so often. */
const keepAlive = { silenceMs: 30_000, answerMs: 10_000, lookMs: 5_000 };

function refuse(socket: Duplex, status: string, retryAfterSeconds: number | null = null): void {
  const retryAfter = retryAfterSeconds === null ? "" : `Retry-After: ${retryAfterSeconds}\r\n`;
  socket.end(`HTTP/1.1 ${status}\r\n${retryAfter}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** What decides whether a live connection may stay as it is. */
function standing(session: Session | null): string {
  return JSON.stringify(session && [session.user.id, session.sessionVersion, session.seat]);
}

/** tRPC over WebSocket on the HTTP server's own port. */
export function attachSockets(parts: SocketParts): { close(): Promise<void>; count(): number } {
  const { identity, metrics, log, reportError, limits } = parts;
  const wss = new WebSocketServer({
    noServer: true,
    WebSocket: SocketClient,
    clientTracking: false,
    maxPayload: limits.maxMessageBytes,
    perMessageDeflate: false,
  });
  const connections = new Set<Connection>();
  let isClosing = false;

  const perAddress = new Tally();
  const perUser = new Tally();
  const liveChanges: LiveChangesParts = {
    services: identity.services,
    maxBatch: limits.maxBatch,
    maxBufferedBytes: limits.maxBufferedBytes,
    send,
    drop: (connection) => drop(connection.client, "tooSlow"),
  };

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const pathname = URL.parse(request.url ?? "", "http://localhost")?.pathname;
    if (pathname !== path) {
      if (parts.otherUpgrades) return parts.otherUpgrades(request, socket, head);
      return refuse(socket, "404 Not Found");
    }
    if (isClosing || !parts.isServing) return refuse(socket, "503 Service Unavailable");
    if (!isOwnSocketOrigin(request, parts)) return refuse(socket, "403 Forbidden");
    const facts = {
      requestId: requestId(request, parts.trustProxy),
      address: clientAddress(request, parts.trustProxy),
    };
    const { token, organizationId } = await identity.cookies.read(request.headers.cookie);
    const session = token && (await identity.sessions.load(token, organizationId));
    const userId = session?.user.id;
    const isCrowded =
      perAddress.of(facts.address) >= limits.perAddress ||
      (userId !== undefined && perUser.of(userId) >= limits.perUser);
    if (isCrowded) return refuse(socket, "429 Too Many Requests");
    if (socket.destroyed) return;
    const url = request.url ?? path;
    wss.handleUpgrade(request, socket, head, (client) =>
      open({ client, stream: socket, url, facts, token, session }),
    );
  }

  function open(who: ConnectionParts): void {
    const connection = new Connection(who, limits);
    const { client } = who;
    client.connection = connection;
    connections.add(connection);
    perAddress.add(connection.facts.address);
    if (connection.userId) perUser.add(connection.userId);
    metrics.socketsOpen.inc();
    client.on("message", onMessage);
    client.on("error", onError);
    client.on("close", onClose);
  }

  function onClose(this: WebSocket): void {
    const { connection } = this as SocketClient;
    if (!connection || !connections.delete(connection)) return;
    perAddress.remove(connection.facts.address);
    if (connection.userId) perUser.remove(connection.userId);
    metrics.socketsOpen.dec();
    for (const subscription of connection.changes?.values() ?? []) subscription.stop();
    connection.handled?.emit("close");
  }

  function onError(this: WebSocket, error: Error): void {
    const requestIdText = (this as SocketClient).connection?.facts.requestId ?? "socket";
    reportError(getTRPCErrorFromUnknown(error), { source: "socket", requestId: requestIdText });
  }

  function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
    const { connection } = this as SocketClient;
    if (!connection) return;
    if (!connection.hear(limits)) drop(connection.client, "tooMany");
    if (isBinary || connection.url.includes("connectionParams")) {
      handled(connection).emit("message", data, isBinary);
      return;
    }
    const text = data.toString();
    if (text === "PONG") return;
    if (text === "PING") {
      connection.client.send("PONG");
      return;
    }
    const left = takeLiveChanges(liveChanges, connection, text);
    if (left === null) return;
    handled(connection).emit("message", left === text ? data : Buffer.from(left), false);
  }

  const handleWithTrpc = getWSConnectionHandler({
    wss,
    router: appRouter,
    createContext: ({ res }) => liveContext((res as unknown as HandledClient).connection),
    onError: ({ error, path: procedure, ctx }) =>
      reportError(error, { source: "socket", procedure, requestId: ctx?.requestId ?? "socket" }),
    experimental_encoder: {
      encode: (data) => jsonEncoder.encode(data),
      decode(data) {
        const message = jsonEncoder.decode(data);
        if (Array.isArray(message) && message.length > limits.maxBatch)
          throw new Error("Too many calls in a message");
        return message;
      },
    },
  });

  /** tRPC's handler costs as much memory as the socket: whoever only follows the calendar does without. */
  function handled(connection: Connection): HandledClient {
    if (connection.handled) return connection.handled;
    connection.handled = new HandledClient(connection, send);
    // All that it reads of the request is the address.
    const request = new IncomingMessage(null as unknown as Socket);
    request.url = connection.url;
    handleWithTrpc(connection.handled as unknown as WebSocket, request);
    return connection.handled;
  }

  function send({ client }: Connection, text: string): void {
    if (client.bufferedAmount > limits.maxBufferedBytes) drop(client, "tooSlow");
    client.send(text);
  }

  function keepAlives(): void {
    const now = Date.now();
    for (const connection of connections) {
      const { client, lastHeardAt, pingedAt } = connection;
      if (pingedAt !== null) {
        if (now - pingedAt >= keepAlive.answerMs) client.terminate();
      } else if (now - lastHeardAt >= keepAlive.silenceMs) {
        connection.pingedAt = now;
        client.send("PING");
      }
    }
  }

  function drop(client: WebSocket, reason: CloseReason): void {
    const isResumable = reason === "tooSlow" || reason === "restart";
    end(client, { code: socketCloseCodes[reason], text: isResumable ? "resume" : reason, label: reason });
  }

  function end(
    client: WebSocket,
    { code, text, label }: { code: number; text: string; label: string },
  ): void {
    if (client.readyState !== client.OPEN) return;
    metrics.socketsClosed.inc({ reason: label });
    client.close(code, text);
    setTimeout(() => client.terminate(), closeGraceMs).unref();
  }

  function liveContext(connection: Connection) {
    return {
      ...identity.services,
      ...connection.facts,
      // A getter: tRPC makes the context once for a connection, and each call reads it anew.
      get session() {
        return connection.session;
      },
      socket: {
        bufferedBytes: () => connection.client.bufferedAmount,
        close: (code: number, reason: string) =>
          end(connection.client, {
            code,
            text: reason,
            label: code === socketCloseCodes.tooSlow ? "tooSlow" : "procedure",
          }),
      },
    };
  }

  async function recheck(connection: Connection): Promise<void> {
    const { token, session } = connection;
    if (!token || !session) return;
    const wished = session.seat?.organizationId;
    const hasExpired = token.expiresAt * 1000 < Date.now();
    const current = hasExpired ? null : await identity.sessions.load(token, wished);
    if (current === session) return;
    if (!current) {
      connection.session = null;
      drop(connection.client, "signedOut");
    } else if (standing(current) !== standing(session)) {
      connection.session = current;
      drop(connection.client, "sessionChanged");
    }
  }

  function recheckWhere(matches: (connection: Connection) => boolean): void {
    for (const connection of connections) {
      if (!matches(connection)) continue;
      // While the database is away, which others say, the next round looks again.
      recheck(connection).catch((error: Error) => {
        if (!outageOf(error)) log.warn({ kind: error.name }, "a live session could not be checked");
      });
    }
  }

  const timer = setInterval(() => recheckWhere(() => true), limits.recheckMs).unref();
  const keepAliveTimer = setInterval(keepAlives, keepAlive.lookMs).unref();
  const stopListening = identity.sessions.onChange((userId) =>
    recheckWhere(({ session }) => userId === null || session?.user.id === userId),
  );

  parts.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Before the handshake nobody else listens: a reset would end the process.
    const ignore = () => socket.destroy();
    socket.on("error", ignore);
    upgrade(request, socket, head)
      .catch((error: unknown) => {
        reportError(error, { source: "socket", requestId: requestId(request, parts.trustProxy) });
        const known = foreseenError(error);
        if (known) refuse(socket, "503 Service Unavailable", retryAfterOf(known));
        else refuse(socket, "500 Internal Server Error");
      })
      .finally(() => socket.off("error", ignore));
  });

  return {
    count: () => connections.size,
    async close() {
      isClosing = true;
      clearInterval(timer);
      clearInterval(keepAliveTimer);
      stopListening();
      for (const { client } of connections) drop(client, "restart");
      const deadline = Date.now() + closeGraceMs;
      while (connections.size > 0 && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 20));
      for (const { client } of connections) client.terminate();
      wss.close();
    },
  };
}
