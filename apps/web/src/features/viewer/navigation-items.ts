import {
  CalendarDays,
  CalendarRange,
  Clock,
  ContactRound,
  Headset,
  Hourglass,
  ListTodo,
  type LucideIcon,
  Settings,
  Table2,
} from "lucide-react";
import type { Viewer } from "./viewer.tsx";

type NavigationItem = {
  key:
    | "calendar"
    | "today"
    | "agenda"
    | "appointments"
    | "operator"
    | "clients"
    | "waitlist"
    | "availability"
    | "settings";
  href: string;
  icon: LucideIcon;
  /** Who may open it; absent: everybody. */
  permission?: Viewer["permissions"][number];
  /** Also current below this path, where it is wider than `href`. */
  section?: string;
};

/** The screens of staff, in the order of the sidebar. */
export const navigationItems: readonly NavigationItem[] = [
  { key: "calendar", href: "/dashboard/calendar", icon: CalendarDays },
  { key: "today", href: "/dashboard/today", icon: ListTodo },
  { key: "agenda", href: "/dashboard/agenda", icon: CalendarRange },
  { key: "appointments", href: "/dashboard/appointments", icon: Table2 },
  { key: "operator", href: "/dashboard/operator", icon: Headset, permission: "appointments.change_all" },
  { key: "clients", href: "/dashboard/clients", icon: ContactRound, permission: "clients.view" },
  { key: "waitlist", href: "/dashboard/waitlist", icon: Hourglass, permission: "clients.view" },
  { key: "availability", href: "/dashboard/availability", icon: Clock },
  { key: "settings", href: "/settings/profile", icon: Settings, section: "/settings" },
];
