import {
  type ChangeItem,
  type Follower,
  type Following,
  followChanges,
} from "@creneau/api/appointments/change-feed";
import { onChangeInput } from "@creneau/api/appointments/schema";
import { appRouter } from "@creneau/api/root";
import type { Services } from "@creneau/api/services";
import { tenantOf } from "@creneau/api/trpc";
import { getErrorShape, TRPCError } from "@trpc/server";
import type { Connection } from "./socket-connection.ts";
import { textFrame } from "./text-frame.ts";

/*
 * `appointments.onChange` over sockets, without tRPC's handler: everybody with the calendar open subscribes to it, and
 * the handler spends a generator, a controller and a chain of promises on each, and serialises each event for each.
 * Here an event is serialised once, and one buffer goes to everybody whose subscription has the same id. The frames are
 * the handler's, byte for byte (live-changes.test.ts compares them). What is not plainly a good request (no session,
 * wrong input) is left to the handler, refusals included.
 */
const procedure = "appointments.onChange";

/** What the socket server lends. */
export interface LiveChangesParts {
  services: Pick<Services, "database" | "events">;
  maxBatch: number;
  maxBufferedBytes: number;
  send(connection: Connection, text: string): void;
  /** Drops a connection that is to resume from its last item. */
  drop(connection: Connection): void;
}

type Call = Record<string, unknown>;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A connection's subscription to the changes. */
class ChangeSubscription implements Follower {
  readonly #parts: LiveChangesParts;
  readonly #connection: Connection;
  /** The beginning of its frames: request id and protocol. */
  readonly head: string;
  following: Following | null = null;

  constructor(parts: LiveChangesParts, connection: Connection, head: string) {
    this.#parts = parts;
    this.#connection = connection;
    this.head = head;
  }

  tell(item: ChangeItem): void {
    if (this.#connection.client.bufferedAmount > this.#parts.maxBufferedBytes) this.lose();
    else this.#connection.writeFrame(frameOf(item, this.head));
  }

  lose(): void {
    this.following?.stop();
    this.#parts.drop(this.#connection);
  }

  stop(): void {
    this.following?.stop();
  }
}

/** Ids that clients choose freely must not fill the memory. */
const maxFrames = 1000;
const frames = new Map<string, Buffer>();
let framedItem: ChangeItem | undefined;
let framedResult = "";

/** Frames of the item told last, by their head. */
function frameOf(item: ChangeItem, head: string): Buffer {
  if (item !== framedItem) {
    frames.clear();
    framedItem = item;
    const { id, change } = item;
    framedResult = JSON.stringify({ type: "data", data: { id, data: change }, id });
  }
  let frame = frames.get(head);
  if (!frame) {
    frame = textFrame(`${head}"result":${framedResult}}`);
    if (frames.size < maxFrames) frames.set(head, frame);
  }
  return frame;
}

/**
 * Answers what it can of a text message. Returns what is left for tRPC's handler: the message itself when it found
 * nothing for itself in it, null when nothing is left.
 */
export function takeLiveChanges(
  parts: LiveChangesParts,
  connection: Connection,
  text: string,
): string | null {
  const mayConcern =
    text.includes(procedure) || (connection.changes !== null && text.includes("subscription.stop"));
  if (!mayConcern) return text;
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return text;
  }
  const calls: unknown[] = Array.isArray(message) ? message : [message];
  if (calls.length > parts.maxBatch) return text;
  const left = calls.filter(
    (call) => !isObject(call) || !(stop(parts, connection, call) || start(parts, connection, call)),
  );
  if (left.length === calls.length) return text;
  return left.length === 0 ? null : JSON.stringify(left);
}

/** `{"id":1,` as tRPC begins its answers; null when it would refuse the id. */
function headOf({ id, jsonrpc }: Call): string | null {
  if (typeof id !== "string" && typeof id !== "number") return null;
  if (jsonrpc === undefined) return `{"id":${JSON.stringify(id)},`;
  return jsonrpc === "2.0" ? `{"id":${JSON.stringify(id)},"jsonrpc":"2.0",` : null;
}

function stop(parts: LiveChangesParts, connection: Connection, call: Call): boolean {
  if (call.method !== "subscription.stop" || headOf(call) === null) return false;
  const id = call.id as string | number;
  const subscription = connection.changes?.get(id);
  if (!subscription) return false;
  subscription.stop();
  connection.changes?.delete(id);
  parts.send(connection, `${subscription.head}"result":{"type":"stopped"}}`);
  return true;
}

function start(parts: LiveChangesParts, connection: Connection, call: Call): boolean {
  const { method, params } = call;
  if (method !== "subscription" || !isObject(params) || params.path !== procedure) return false;
  const { lastEventId } = params;
  if (lastEventId !== undefined && typeof lastEventId !== "string") return false;
  const wished = lastEventId === undefined ? {} : { lastEventId };
  const input = onChangeInput.safeParse(isObject(params.input) ? { ...params.input, ...wished } : undefined);
  const seat = connection.session && tenantOf(connection.session);
  const head = headOf(call);
  if (!input.success || !seat || head === null) return false;
  const id = call.id as string | number;
  connection.changes ??= new Map();
  if (connection.changes.has(id)) {
    parts.send(connection, `${head}"error":${JSON.stringify(duplicateId(id))}}`);
    return true;
  }
  const subscription = new ChangeSubscription(parts, connection, head);
  connection.changes.set(id, subscription);
  parts.send(connection, `${head}"result":{"type":"started"}}`);
  const { database, events } = parts.services;
  subscription.following = followChanges({ database, events, ...seat }, input.data, subscription);
  return true;
}

function duplicateId(id: string | number) {
  const error = new TRPCError({ code: "BAD_REQUEST", message: `Duplicate id ${id}` });
  const config = appRouter._def._config;
  return getErrorShape({
    config,
    error,
    type: "subscription",
    path: procedure,
    input: undefined,
    ctx: undefined,
  });
}
