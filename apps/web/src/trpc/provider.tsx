"use client";

import type { AppRouter } from "@creneau/api/root";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createWSClient, httpBatchLink, retryLink, splitLink, wsLink } from "@trpc/client";
import { type ReactNode, useState } from "react";
import { errorCode } from "./error-code.ts";
import { impatient } from "./impatient-socket.ts";
import { isOutage, outageDelay, watchOutage } from "./outage.ts";
import { trpc } from "./react.ts";
import { reconnectDelay } from "./reconnect-delay.ts";
import { onSignOfReturn, waitUnlessHurried } from "./reconnect-wait.ts";

const neverWorthRetrying = new Set(["unauthenticated", "forbidden", "not_found", "invalid_input"]);

function createQueryClient() {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // An outage ends: until then the screen waits, the banner says why, and then it goes on by itself.
        retry: (failures, error) =>
          isOutage(error) || (failures < 2 && !neverWorthRetrying.has(errorCode(error))),
        retryDelay: (failures, error) =>
          isOutage(error) ? outageDelay(error) : Math.min(1_000 * 2 ** failures, 30_000),
      },
    },
  });
  watchOutage(client);
  return client;
}

function createSocket() {
  const delay = reconnectDelay({ now: Date.now, random: Math.random });
  let wait = 0;
  const socket = createWSClient({
    // The client's own pause between attempts cannot be cut short; a pause before it knows where to connect can.
    async url() {
      const pause = wait;
      wait = 0;
      await waitUnlessHurried(pause, onSignOfReturn);
      return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/trpc`;
    },
    WebSocket: impatient(WebSocket, 8_000),
    lazy: { enabled: true, closeMs: 10_000 },
    retryDelayMs() {
      wait = delay.next();
      return 0;
    },
    onOpen: delay.opened,
    keepAlive: { enabled: true, intervalMs: 20_000, pongTimeoutMs: 5_000 },
  });
  // A line without a network is dead, whatever it still believes; it is not left to find that out by itself.
  if (typeof window !== "undefined") addEventListener("offline", () => socket.connection?.ws.close());
  return socket;
}

/** Query cache and API client of the signed-in pages: subscriptions go over the socket, the rest over HTTP. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(() =>
    trpc.createClient({
      links: [
        splitLink({
          condition: (operation) => operation.type === "subscription",
          true: [
            // The server ends a subscription that it cannot feed; its place is taken up again where it was.
            retryLink<AppRouter>({
              retry: ({ error }) => isOutage(error),
              retryDelayMs: () => outageDelay(null),
            }),
            wsLink<AppRouter>({ client: createSocket() }),
          ],
          false: httpBatchLink<AppRouter>({ url: "/api/trpc", maxURLLength: 8_000 }),
        }),
      ],
    }),
  );

  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}
