import type { Directory } from "../directory/use-directory.ts";
import type { Viewer } from "../viewer/viewer.tsx";

export type SetupStep = {
  key: "site" | "service" | "provider" | "hours" | "link" | "team";
  href: string;
  isDone: boolean;
};

type Facts = {
  directory: Pick<Directory, "sites" | "services" | "providers">;
  viewer: Pick<Viewer, "user" | "permissions">;
  /** Null where the role may not see the team. */
  memberCount: number | null;
};

/** What a new organization still has to do before its first booking, in a sensible order. */
export function setupSteps({ directory, viewer, memberCount }: Facts): SetupStep[] {
  const { sites, services, providers } = directory;
  const steps: SetupStep[] = [
    { key: "site", href: "/settings/sites", isDone: sites.length > 0 },
    { key: "service", href: "/settings/services", isDone: services.length > 0 },
    { key: "provider", href: "/settings/providers", isDone: providers.length > 0 },
    // Known from the earliest free time: without hours there is none.
    {
      key: "hours",
      href: "/dashboard/availability",
      isDone: providers.some(({ nextAvailableAt }) => nextAvailableAt !== null),
    },
    {
      key: "link",
      href: "/settings/profile",
      isDone: viewer.user.username !== null || providers.some(({ username }) => username !== null),
    },
  ];
  if (memberCount !== null) steps.push({ key: "team", href: "/settings/members", isDone: memberCount > 1 });
  return steps;
}
