import { EventEmitter } from "node:events";
import type { Duplex } from "node:stream";
import type { Session } from "@creneau/api/identity/session";
import { WebSocket } from "ws";
import type { SessionToken } from "./auth-cookies.ts";
import type { RequestFacts } from "./request-context.ts";
import type { SocketLimits } from "./socket-limits.ts";

/** `ws` with a place for what we know of it: listeners are then one function for all sockets. */
export class SocketClient extends WebSocket {
  connection: Connection | undefined;
}

export interface ConnectionParts {
  client: SocketClient;
  /** Under the client; ready-made frames are written to it. */
  stream: Duplex;
  /** As the handshake asked for it. */
  url: string;
  facts: RequestFacts;
  token: SessionToken | null;
  session: Session | null;
}

/** Bounds on what a connection may send and leave unread. */
type ConnectionLimits = Pick<SocketLimits, "maxBufferedBytes" | "messageBurst" | "messagesPerSecond">;

/** A subscription answered without the handler; `head` begins its frames. */
interface Subscription {
  readonly head: string;
  stop(): void;
}

/** One live connection and who it belongs to. There are thousands: no timer, no closure, no copy of the request each. */
export class Connection {
  readonly client: SocketClient;
  readonly facts: RequestFacts;
  readonly token: SessionToken | null;
  readonly userId: string | null;
  readonly url: string;
  session: Session | null;
  /** Epoch milliseconds. */
  lastHeardAt = Date.now();
  /** When it was asked whether it is still there; null once it has spoken since. */
  pingedAt: number | null = null;
  /** Subscriptions answered without tRPC's handler, by request id. */
  changes: Map<string | number, Subscription> | null = null;
  /** What tRPC's handler takes for the socket; made when it is needed first. */
  handled: HandledClient | null = null;
  readonly #stream: Duplex;
  #messagesLeft: number;

  constructor({ client, stream, url, facts, token, session }: ConnectionParts, limits: ConnectionLimits) {
    this.client = client;
    this.#stream = stream;
    this.url = url;
    this.facts = facts;
    this.token = token;
    this.session = session;
    this.userId = session?.user.id ?? null;
    this.#messagesLeft = limits.messageBurst;
  }

  /** Notes an incoming message; false when there are too many. */
  hear(limits: ConnectionLimits): boolean {
    const now = Date.now();
    const gained = ((now - this.lastHeardAt) / 1000) * limits.messagesPerSecond;
    this.#messagesLeft = Math.min(limits.messageBurst, this.#messagesLeft + gained) - 1;
    this.lastHeardAt = now;
    this.pingedAt = null;
    return this.#messagesLeft >= 0;
  }

  /** Writes a whole WebSocket frame, made once for many; the client's own messages are written whole too. */
  writeFrame(frame: Buffer): void {
    if (this.client.readyState === WebSocket.OPEN) this.#stream.write(frame);
  }
}

/** The part of a socket that tRPC's handler uses. It only hears the messages that are left to it. */
export class HandledClient extends EventEmitter {
  readonly connection: Connection;
  readonly #send: (connection: Connection, text: string) => void;

  constructor(connection: Connection, send: (connection: Connection, text: string) => void) {
    super();
    this.connection = connection;
    this.#send = send;
  }

  get readyState(): number {
    return this.connection.client.readyState;
  }

  send(text: string): void {
    this.#send(this.connection, text);
  }

  close(): void {
    this.connection.client.close();
  }
}
