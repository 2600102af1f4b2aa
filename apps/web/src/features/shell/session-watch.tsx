"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import { useEffect } from "react";
import { useConnectionState } from "../../trpc/connection.ts";
import { errorCode } from "../../trpc/error-code.ts";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { useViewer } from "../viewer/viewer.tsx";

/** What a screen was made for: whoever is somebody else now, or may other things, needs another screen. */
function standing(me: NonNullable<Outputs["session"]["me"]>): string {
  const { user, organization, role, siteIds, providerId } = me;
  return JSON.stringify([user.id, organization?.id, role, siteIds, providerId]);
}

/**
 * Looks again at who is signed in when a call is refused, the live line breaks or the window comes back: a role that was
 * changed shows its screens, a seat that was taken or a session that was ended elsewhere leaves none open.
 */
export function SessionWatch() {
  const viewer = useViewer();
  const locale = useLocale();
  const queryClient = useQueryClient();
  const connection = useConnectionState();
  const { data: me, refetch } = trpc.session.me.useQuery(undefined, { initialData: viewer });

  useEffect(() => {
    const lookAgain = (error: unknown) => {
      if (["unauthenticated", "forbidden"].includes(errorCode(error))) void refetch();
    };
    const stopQueries = queryClient.getQueryCache().subscribe((event) => {
      if (event.type === "updated" && event.action.type === "error") lookAgain(event.action.error);
    });
    const stopMutations = queryClient.getMutationCache().subscribe((event) => {
      if (event.type === "updated" && event.action.type === "error") lookAgain(event.action.error);
    });
    return () => {
      stopQueries();
      stopMutations();
    };
  }, [queryClient, refetch]);

  useEffect(() => {
    if (connection === "lost") void refetch();
  }, [connection, refetch]);

  const isSignedOut = me === null;
  const isOther = me !== null && standing(me) !== standing(viewer);
  useEffect(() => {
    if (isSignedOut) {
      const here = new URLSearchParams({ callbackUrl: `${location.pathname}${location.search}` });
      location.assign(`/${locale}/sign-in?${here}`);
    } else if (isOther) location.reload();
  }, [isSignedOut, isOther, locale]);
  return null;
}
