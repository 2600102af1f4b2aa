import { type KnownEvent, knownEvent } from "../event-catalogue.ts";
import { hasPermission, type Permission } from "../identity/policy.ts";
import type { Services } from "../services.ts";
import type { TenantWork } from "../tenant-work.ts";
import type { ChangedKind } from "./schema.ts";

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
  { events, scope, actor }: TenantWork & Pick<Services, "events">,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ kinds: ChangedKind[] }> {
  const kinds = Object.keys(neededPermission) as ChangedKind[];
  const readable = new Set(kinds.filter((kind) => hasPermission(actor, neededPermission[kind])));
  const changed = new Set(readable);
  let wake: (() => void) | undefined;
  const unsubscribe = events.subscribe(scope.organizationId, (logged) => {
    const event = knownEvent(logged);
    const kinds = event ? kindsOf(event).filter((kind) => readable.has(kind)) : [];
    if (kinds.length === 0) return;
    for (const kind of kinds) changed.add(kind);
    wake?.();
  });
  // Whatever was read is of a history that is over.
  const stopBreaking = events.onBreak(() => {
    for (const kind of readable) changed.add(kind);
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
    stopBreaking();
    signal?.removeEventListener("abort", abort);
  }
}

function kindsOf(event: KnownEvent): readonly ChangedKind[] {
  switch (event.type) {
    case "directory.changed":
      return [event.payload.kind];
    case "client.created":
    case "client.updated":
    case "client.merged":
    case "client.unmerged":
      return ["client"];
    case "appointment.created":
      return event.payload.brings ?? [];
    case "availability.changed":
      return ["hours"];
    case "organization.changed":
      return ["organization"];
    case "member.invited":
    case "member.invitation_revoked":
    case "member.joined":
    case "member.changed":
    case "member.removed":
      return ["member"];
    default:
      return [];
  }
}
