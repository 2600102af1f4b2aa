"use client";

import { usernameSchema } from "@creneau/api/members/schema";
import { trpc } from "../../trpc/react.ts";
import { useDelayed } from "../directory/use-delayed.ts";

export type UsernameState =
  | "empty"
  | "current"
  | "checking"
  | "free"
  | "taken"
  | "reserved"
  | "invalid"
  | "unknown";

/** Whether a public name can be had: what its letters tell at once, and whether it is taken once typing has paused. */
export function useUsernameCheck(name: string, current: string | null): UsernameState {
  const parsed = usernameSchema.safeParse(name);
  const isAsked = parsed.success && name !== current;
  const settled = useDelayed(name, 350);
  const query = trpc.members.usernameAvailable.useQuery(
    { username: settled },
    { enabled: isAsked && settled === name, staleTime: 15_000, retry: false },
  );
  if (name === "") return "empty";
  if (name === current) return "current";
  if (!parsed.success) {
    return parsed.error.issues.every(({ code }) => code === "custom") ? "reserved" : "invalid";
  }
  if (settled !== name || query.isFetching) return "checking";
  if (query.isError || !query.data) return "unknown";
  return query.data.reason ?? "free";
}
