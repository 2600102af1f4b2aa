import {
  Building2,
  CalendarSync,
  CircleUser,
  ListChecks,
  type LucideIcon,
  MapPin,
  Stethoscope,
  Users,
} from "lucide-react";
import type { Viewer } from "../viewer/viewer.tsx";

/** Mine, and what everybody in the organization shares. */
export const settingsGroups = ["personal", "organization"] as const;

export type SettingsPage = {
  key: "profile" | "sites" | "providers" | "services" | "members" | "organization" | "calendar";
  group: (typeof settingsGroups)[number];
  href: string;
  icon: LucideIcon;
  /** Who may open it; absent: everybody. */
  permission?: Viewer["permissions"][number];
};

/** The pages of the settings, in the order of their menu. */
export const settingsPages: readonly SettingsPage[] = [
  { key: "profile", group: "personal", href: "/settings/profile", icon: CircleUser },
  { key: "calendar", group: "personal", href: "/settings/calendar", icon: CalendarSync },
  {
    key: "organization",
    group: "organization",
    href: "/settings/organization",
    icon: Building2,
    permission: "organization.change",
  },
  {
    key: "sites",
    group: "organization",
    href: "/settings/sites",
    icon: MapPin,
    permission: "directory.view",
  },
  {
    key: "providers",
    group: "organization",
    href: "/settings/providers",
    icon: Stethoscope,
    permission: "directory.view",
  },
  {
    key: "services",
    group: "organization",
    href: "/settings/services",
    icon: ListChecks,
    permission: "directory.view",
  },
  {
    key: "members",
    group: "organization",
    href: "/settings/members",
    icon: Users,
    permission: "members.view",
  },
];

/** The page a path belongs to, its own sub-pages included. */
export function settingsPageAt(pathname: string): SettingsPage | undefined {
  return settingsPages.find(({ href }) => pathname === href || pathname.startsWith(`${href}/`));
}

/** Whether a person with these permissions may open the page. */
export function isSettingsPageOpen(
  { permission }: SettingsPage,
  permissions: Viewer["permissions"],
): boolean {
  return !permission || permissions.includes(permission);
}
