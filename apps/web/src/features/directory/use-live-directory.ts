"use client";

import { useEffect } from "react";
import { setConnectionState, useConnectionState } from "../../trpc/connection.ts";
import { trpc } from "../../trpc/react.ts";
import { useDirectoryChanges } from "./use-directory-changes.ts";

/** How often a page asks by itself while the live line is down. */
const pollMilliseconds = 10_000;

const directoryKinds = ["site", "room", "provider", "service"];
const everyKind = new Set([...directoryKinds, "hours", "client", "subject", "member", "organization"]);

function refresh(
  { directory, availability, members }: ReturnType<typeof trpc.useUtils>,
  kinds: ReadonlySet<string>,
) {
  const has = (...names: string[]) => names.some((name) => kinds.has(name));
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
 * typed into them (`useLiveForm`).
 */
export function useLiveDirectory() {
  const utils = trpc.useUtils();
  const { status, error } = useDirectoryChanges({ onChange: (kinds) => refresh(utils, kinds) });
  useEffect(() => {
    if (status === "pending") setConnectionState("open");
    else if (status === "error" || (status === "connecting" && error)) setConnectionState("lost");
  }, [status, error]);
  useEffect(() => () => setConnectionState("idle"), []);
  const isLost = useConnectionState() === "lost";
  useEffect(() => {
    if (!isLost) return;
    const poll = setInterval(() => refresh(utils, everyKind), pollMilliseconds);
    return () => clearInterval(poll);
  }, [isLost, utils]);
}
