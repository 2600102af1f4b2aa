import type { AppRouter } from "@creneau/api/root";
import { createTRPCClient, createWSClient, retryLink, wsLink } from "@trpc/client";
import { reconnectDelay } from "../../trpc/reconnect-delay.ts";
import type { SlotsChange, Target } from "./guest-client.ts";
import { type KnownSlots, mergeSlots, type Slot } from "./slot-view.ts";

const byStart = (a: Slot, b: Slot) => (a.startsAt < b.startsAt ? -1 : 1);

/** The slots known, with a change told on the line. */
export function withChange({ slots }: KnownSlots, { version, days }: SlotsChange): KnownSlots {
  const removed = new Set(days.flatMap((day) => day.removed));
  const added = days.flatMap((day) => day.added);
  const free = slots.filter(({ startsAt, state }) => state !== "taken" && !removed.has(startsAt));
  return { version, slots: mergeSlots(slots, [...free, ...added].sort(byStart)) };
}

type Question = Target & { from: string; to: string; timezone: string; version?: string };

function connect() {
  const delay = reconnectDelay({ now: Date.now, random: Math.random });
  const socket = createWSClient({
    url: () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/trpc`,
    lazy: { enabled: true, closeMs: 5_000 },
    retryDelayMs: delay.next,
    onOpen: delay.opened,
    keepAlive: { enabled: true, intervalMs: 20_000, pongTimeoutMs: 5_000 },
  });
  // The server ends a subscription that it cannot feed while its database is away.
  const again = retryLink<AppRouter>({
    retry: ({ error }) => error.data?.code === "unavailable",
    retryDelayMs: () => 3_000 + Math.random() * 4_000,
  });
  return createTRPCClient<AppRouter>({ links: [again, wsLink<AppRouter>({ client: socket })] });
}

let client: ReturnType<typeof connect> | undefined;

/**
 * Follows the slots of a period; returns how to stop. The line mends itself, and says `reload` where it missed something;
 * `onLost` hears when it breaks, or is refused.
 */
export function followSlots(
  question: Question,
  onChange: (change: SlotsChange) => void,
  onLost?: () => void,
): () => void {
  client ??= connect();
  const subscription = client.booking.onSlots.subscribe(question, {
    onData: ({ data }) => onChange(data),
    onConnectionStateChange: ({ state }) => state === "connecting" && onLost?.(),
    onError: () => onLost?.(),
  });
  return () => subscription.unsubscribe();
}
