import { appointmentStatuses } from "@creneau/domain/appointments/status";
import { dateIn } from "../time/period.ts";
import { instantOf, plusDays } from "../time/wall-time.ts";
import type { Status } from "./appointment.ts";

/** What the table shows, as its address says it. */
export type TableFilters = {
  /** First and last date, both included. */
  from: string;
  to: string;
  siteId: string;
  providerId: string;
  roomId: string;
  serviceId: string;
  status: Status | "";
  search: string;
  order: "ascending" | "descending";
};

/** Parameters of the address that narrow the table. */
export const filterNames = ["from", "to", "site", "provider", "room", "service", "status", "search"] as const;

/** Days from today on that the table shows at first: work lies ahead. */
const ahead = 30;

/** Reads the address; what is missing or makes no sense takes its usual value. */
export function filtersFrom(get: (name: string) => string | null, today: string): TableFilters {
  const from = dateIn(get("from")) ?? today;
  const to = dateIn(get("to")) ?? plusDays(today, ahead);
  return {
    from,
    to: to < from ? from : to,
    siteId: get("site") ?? "",
    providerId: get("provider") ?? "",
    roomId: get("room") ?? "",
    serviceId: get("service") ?? "",
    status: appointmentStatuses.find((each) => each === get("status")) ?? "",
    search: get("search") ?? "",
    order: get("order") === "descending" ? "descending" : "ascending",
  };
}

/** The same as the API takes them. Without a chosen status every one is shown, cancelled ones included. */
export function listInputOf(filters: TableFilters, zone: string) {
  return {
    from: instantOf({ date: filters.from, minute: 0, zone }),
    to: instantOf({ date: plusDays(filters.to, 1), minute: 0, zone }),
    siteIds: filters.siteId ? [filters.siteId] : undefined,
    providerIds: filters.providerId ? [filters.providerId] : undefined,
    roomIds: filters.roomId ? [filters.roomId] : undefined,
    serviceIds: filters.serviceId ? [filters.serviceId] : undefined,
    statuses: filters.status ? [filters.status] : [...appointmentStatuses],
    search: filters.search.trim() || undefined,
    order: filters.order,
  };
}
