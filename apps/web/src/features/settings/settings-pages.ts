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
import type { Viewer } from "../shell/viewer.tsx";

type SettingsPage = {
  key: "profile" | "sites" | "providers" | "services" | "members" | "organization" | "calendar";
  href: string;
  icon: LucideIcon;
  /** Who may open it; absent: everybody. */
  permission?: Viewer["permissions"][number];
};

/** The pages of the settings, in the order of their menu. */
export const settingsPages: readonly SettingsPage[] = [
  { key: "profile", href: "/settings/profile", icon: CircleUser },
  { key: "calendar", href: "/settings/calendar", icon: CalendarSync },
  { key: "organization", href: "/settings/organization", icon: Building2, permission: "organization.change" },
  { key: "sites", href: "/settings/sites", icon: MapPin, permission: "directory.view" },
  { key: "providers", href: "/settings/providers", icon: Stethoscope, permission: "directory.view" },
  { key: "services", href: "/settings/services", icon: ListChecks, permission: "directory.view" },
  { key: "members", href: "/settings/members", icon: Users, permission: "members.view" },
];
