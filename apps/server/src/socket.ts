import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Session } from "@creneau/api/identity/session";
import { appRouter } from "@creneau/api/root";
import { socketCloseCodes } from "@creneau/api/socket-close-codes";
import { getWSConnectionHandler, jsonEncoder } from "@trpc/server/adapters/ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { SessionToken } from "./auth-cookies.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { ErrorReporter } from "./report-error.ts";
import type { Identity, RequestFacts } from "./request-context.ts";
import { clientAddress, isOwnSocketOrigin, requestId } from "./request-origin.ts";

export interface SocketLimits {
  /** Bytes of one incoming message. */
  maxMessageBytes: number;
  /** Bytes waiting to be read by the client before it is dropped. */
  maxBufferedBytes: number;
  perUser: number;
  perAddress: number;
  /** Incoming messages: so many at once, then so many a second. */
  messageBurst: number;
  messagesPerSecond: number;
  /** Calls in one message. */
  maxBatch: number;
  /** How often every live session is looked up again, milliseconds; changes that are announced come at once. */
  recheckMs: number;
}

export const socketLimits: SocketLimits = {
  maxMessageBytes: 256 * 1024,
  maxBufferedBytes: 1024 * 1024,
  perUser: 40,
  perAddress: 500,
  messageBurst: 200,
  messagesPerSecond: 40,
  maxBatch: 20,
  recheckMs: 30_000,
};

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

/** One live connection and who it belongs to. */
interface Connection {
  client: WebSocket;
  facts: RequestFacts;
  token: SessionToken | null;
  session: Session | null;
  close: (reason: CloseReason) => void;
}

const path = "/api/trpc";
/** A peer that does not read cannot answer the close either. */
const closeGraceMs = 2_000;

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
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
    maxPayload: limits.maxMessageBytes,
    perMessageDeflate: false,
  });
  const connections = new Set<Connection>();
  let isClosing = false;

  function countWhere(matches: (connection: Connection) => boolean): number {
    let count = 0;
    for (const connection of connections) if (matches(connection)) count += 1;
    return count;
  }

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const pathname = URL.parse(request.url ?? "", "http://localhost")?.pathname;
    if (pathname !== path) {
      if (parts.otherUpgrades) return parts.otherUpgrades(request, socket, head);
      return refuse(socket, "404 Not Found");
    }
    if (isClosing || !parts.isServing) return refuse(socket, "503 Service Unavailable");
    if (!isOwnSocketOrigin(request, parts.appOrigin)) return refuse(socket, "403 Forbidden");
    const facts = {
      requestId: requestId(request, parts.trustProxy),
      address: clientAddress(request, parts.trustProxy),
    };
    const { token, organizationId } = await identity.cookies.read(request.headers.cookie);
    const session = token && (await identity.sessions.load(token, organizationId));
    const userId = session?.user.id;
    const isCrowded =
      countWhere((other) => other.facts.address === facts.address) >= limits.perAddress ||
      (userId !== undefined && countWhere((other) => other.session?.user.id === userId) >= limits.perUser);
    if (isCrowded) return refuse(socket, "429 Too Many Requests");
    if (socket.destroyed) return;
    wss.handleUpgrade(request, socket, head, (client) => open(client, request, { facts, token, session }));
  }

  function open(
    client: WebSocket,
    request: IncomingMessage,
    who: Pick<Connection, "facts" | "token" | "session">,
  ): void {
    const connection: Connection = { client, ...who, close: (reason) => drop(client, reason) };
    connections.add(connection);
    metrics.socketsOpen.inc();
    client.once("close", () => {
      connections.delete(connection);
      metrics.socketsOpen.dec();
    });
    limitMessages(connection);
    getWSConnectionHandler({
      wss,
      router: appRouter,
      keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 10_000 },
      createContext: () => liveContext(connection),
      onError: ({ error, path: procedure }) =>
        reportError(error, { source: "socket", procedure, requestId: who.facts.requestId }),
      experimental_encoder: {
        encode(data) {
          if (client.bufferedAmount > limits.maxBufferedBytes) connection.close("tooSlow");
          return jsonEncoder.encode(data);
        },
        decode(data) {
          const message = jsonEncoder.decode(data);
          if (Array.isArray(message) && message.length > limits.maxBatch)
            throw new Error("Too many calls in a message");
          return message;
        },
      },
    })(client, request);
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

  function limitMessages(connection: Connection): void {
    let tokens = limits.messageBurst;
    let filledAt = Date.now();
    connection.client.on("message", () => {
      const now = Date.now();
      tokens =
        Math.min(limits.messageBurst, tokens + ((now - filledAt) / 1000) * limits.messagesPerSecond) - 1;
      filledAt = now;
      if (tokens < 0) connection.close("tooMany");
    });
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
    if (!current) {
      connection.session = null;
      connection.close("signedOut");
    } else if (standing(current) !== standing(session)) {
      connection.session = current;
      connection.close("sessionChanged");
    }
  }

  function recheckWhere(matches: (connection: Connection) => boolean): void {
    for (const connection of connections) {
      if (!matches(connection)) continue;
      // The database is away: the next round looks again.
      recheck(connection).catch((error: Error) =>
        log.warn({ kind: error.name }, "a live session could not be checked"),
      );
    }
  }

  const timer = setInterval(() => recheckWhere(() => true), limits.recheckMs).unref();
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
        refuse(socket, "500 Internal Server Error");
      })
      .finally(() => socket.off("error", ignore));
  });

  return {
    count: () => connections.size,
    async close() {
      isClosing = true;
      clearInterval(timer);
      stopListening();
      for (const { close } of connections) close("restart");
      const deadline = Date.now() + closeGraceMs;
      while (connections.size > 0 && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 20));
      for (const { client } of connections) client.terminate();
      wss.close();
    },
  };
}
