import type { EventPayload } from "../event-catalogue.ts";
import type { Change } from "../record-change.ts";

interface DirectoryChange extends EventPayload<"directory.changed"> {
  id: string;
  diff?: object;
}

/** A change of what the directory lists, clients excepted. */
export function directoryChange({ id, diff, ...payload }: DirectoryChange): Change<"directory.changed"> {
  return {
    type: "directory.changed",
    entity: payload.kind,
    entityId: id,
    payload,
    diff: { action: payload.action, ...diff },
  };
}

interface ClientChange extends EventPayload<"client.updated"> {
  id: string;
  diff?: object;
}

/** A change of a client. */
export function clientChange({ id, diff, ...payload }: ClientChange): Change<"client.updated"> {
  return { type: "client.updated", entityId: id, payload, diff: { action: payload.action, ...diff } };
}

/** What a directory lists. */
export type DirectoryKind = EventPayload<"directory.changed">["kind"] | "client";
