"use client";

import { useEffect, useRef } from "react";
import { setConnectionState, useConnectionState } from "../../trpc/connection.ts";
import { trpc } from "../../trpc/react.ts";

/** Changes that come closer together than this cost one refresh. */
const gatherMilliseconds = 300;
/** How often a page asks by itself while the live line is down. */
const pollMilliseconds = 10_000;

const directoryKinds = ["site", "room", "provider", "service"];
const everyKind = [...directoryKinds, "hours", "client", "subject", "member", "organization"];

function refresh({ directory, availability, members }: ReturnType<typeof trpc.useUtils>, kinds: string[]) {
  const has = (...names: string[]) => names.some((name) => kinds.includes(name));
  if (has(...directoryKinds)) {
    void directory.sites.invalidate();
    void directory.rooms.invalidate();
    void directory.providers.invalidate();
    void directory.services.invalidate();
  }
  if (has(...directoryKinds, "hours")) void availability.invalidate();
  if (has("client", "subject")) {
    void directory.clients.invalidate();
    void directory.subjects.invalidate();
  }
  if (has("member")) void members.invalidate();
  if (has("organization")) void directory.organization.invalidate();
}

/**
 * Reads again what a page shows of the directory, its people and their hours when anybody changes it. Forms keep what is
 * typed into them (`useLiveForm`). Every start and every return of the line reads everything once: what came before it
 * listened was not heard.
 */
export function useLiveDirectory() {
  const utils = trpc.useUtils();
  const waiting = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { status, error } = trpc.directory.onChange.useSubscription(undefined, {
    onData({ kinds }) {
      for (const kind of kinds) waiting.current.add(kind);
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        refresh(utils, [...waiting.current]);
        waiting.current.clear();
      }, gatherMilliseconds);
    },
  });
  useEffect(() => {
    if (status === "pending") setConnectionState("open");
    else if (status === "error" || (status === "connecting" && error)) setConnectionState("lost");
  }, [status, error]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      setConnectionState("idle");
    },
    [],
  );
  const isLost = useConnectionState() === "lost";
  useEffect(() => {
    if (!isLost) return;
    const poll = setInterval(() => refresh(utils, everyKind), pollMilliseconds);
    return () => clearInterval(poll);
  }, [isLost, utils]);
}
