import { type AppointmentEventPayload, appointmentEvents } from "../appointments/events.ts";
import { availabilityChanged } from "../availability/events.ts";
import { identityEvents } from "../identity/events.ts";
import { type Permission, rolePermissions } from "../identity/policy.ts";
import type { TenantContext } from "../trpc.ts";
import { type ChangedKind, type DirectoryEventPayload, directoryChanged } from "./events.ts";

/** Who is told of which kind: whoever may read it. */
const neededPermission: Readonly<Record<ChangedKind, Permission>> = {
  site: "directory.view",
  room: "directory.view",
  provider: "directory.view",
  service: "directory.view",
  hours: "directory.view",
  client: "clients.view",
  subject: "clients.view",
  member: "members.view",
  organization: "directory.view",
};

/** Changes within this time are told together. */
const coalesceMs = 100;

/**
 * Yields which kinds of the directory have changed, whoever changed them; first every kind the member may read, because
 * what was read before it listened may be old. Kinds alone: nothing is told that a seat over some sites must not know,
 * and one who reads slowly costs no memory.
 */
export async function* onDirectoryChange(
  { events, member }: TenantContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ kinds: ChangedKind[] }> {
  const kinds = Object.keys(neededPermission) as ChangedKind[];
  const readable = new Set(
    kinds.filter((kind) => rolePermissions[member.role].includes(neededPermission[kind])),
  );
  const changed = new Set(readable);
  let wake: (() => void) | undefined;
  const unsubscribe = events.subscribe(member.scope.organizationId, ({ type, payload }) => {
    const kinds = kindsOf(type, payload).filter((kind) => readable.has(kind));
    if (kinds.length === 0) return;
    for (const kind of kinds) changed.add(kind);
    wake?.();
  });
  const abort = () => wake?.();
  signal?.addEventListener("abort", abort);
  try {
    while (!signal?.aborted) {
      if (changed.size > 0) {
        const told = [...changed];
        changed.clear();
        yield { kinds: told };
        // Many changes in a moment make one message.
        await new Promise((resolve) => setTimeout(resolve, coalesceMs));
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      wake = undefined;
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener("abort", abort);
  }
}

function kindsOf(
  type: string,
  { kind, brings }: Partial<DirectoryEventPayload & AppointmentEventPayload>,
): readonly ChangedKind[] {
  if (type === directoryChanged) return kind ? [kind] : [];
  if (type === appointmentEvents.created) return brings ?? [];
  if (type === availabilityChanged) return ["hours"];
  if (type === identityEvents.organizationChanged) return ["organization"];
  // Seats (`membership.changed`) and what is offered of them (`member.invited` …).
  return type === identityEvents.membershipChanged || type.startsWith("member.") ? ["member"] : [];
}
