import { CalendarDays, type LucideIcon } from "lucide-react";

type NavigationItem = { key: "calendar"; href: string; icon: LucideIcon };

/** The screens of staff, in the order of the sidebar. */
export const navigationItems: readonly NavigationItem[] = [
  { key: "calendar", href: "/dashboard/calendar", icon: CalendarDays },
];
