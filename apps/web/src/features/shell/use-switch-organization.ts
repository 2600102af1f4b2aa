"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { trpc } from "../../trpc/react.ts";

/**
 * The same screen for another organization. One thing of this organization (`…/appointments/<id>`) is nothing over
 * there, so its list is shown instead, and what the address says of this one's rows goes with it.
 */
export function pathInOtherOrganization(pathname: string): string {
  return pathname.split("/").slice(0, 4).join("/");
}

/** Changes the organization at work. */
export function useSwitchOrganization() {
  const failure = useTranslations("failure");
  const mutation = trpc.session.switchOrganization.useMutation({
    // Every query, colour and right changes: a full load is the honest way.
    onSuccess: () => location.assign(pathInOtherOrganization(location.pathname)),
    onError: () => toast.error(failure("title")),
  });
  return {
    switchTo: (organizationId: string) => mutation.mutate({ organizationId }),
    isPending: mutation.isPending,
  };
}
