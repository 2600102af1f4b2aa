"use client";

import { appointmentStatuses } from "@creneau/domain/appointments/status";
import { Search, SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useId, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Input } from "../../components/input.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { Select } from "../../components/select.tsx";
import { useIsNarrow } from "../../components/use-is-narrow.ts";
import { DirectorySelect } from "../directory/directory-select.tsx";
import { useDelayed } from "../directory/use-delayed.ts";
import type { Directory } from "../directory/use-directory.ts";
import { filterNames, type TableFilters } from "./table-filters.ts";

type TableFiltersFormProps = {
  filters: TableFilters;
  directory: Directory;
  isFiltered: boolean;
  onChange: (changes: Record<string, string | null>) => void;
};

/** Filters of the table; each change is in the address at once, so that it can be shared. A phone folds them away. */
export function TableFiltersForm({ filters, directory, isFiltered, onChange }: TableFiltersFormProps) {
  const t = useTranslations("appointments");
  const staff = useTranslations("staff");
  const isNarrow = useIsNarrow();
  const panelId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [search, setSearch] = useState(filters.search);
  const settled = useDelayed(search, 250);
  const onSettled = useEffectEvent((typed: string) => {
    if (typed !== filters.search) onChange({ search: typed || null });
  });
  useEffect(() => onSettled(settled), [settled]);

  return (
    <search className="flex flex-wrap items-end gap-2" aria-label={t("filters.legend")}>
      <span className="relative min-w-44 flex-1 sm:max-w-lg sm:basis-full">
        <Search
          aria-hidden
          className="absolute top-2.5 left-2.5 size-4 max-sm:top-3.5 text-muted-foreground"
        />
        <Input
          type="search"
          className="pl-8"
          aria-label={t("filters.searchLabel")}
          placeholder={t("filters.search")}
          value={search}
          maxLength={100}
          onChange={(event) => setSearch(event.target.value)}
        />
      </span>
      {isNarrow && (
        <Button
          variant="secondary"
          className="h-11"
          aria-expanded={isOpen}
          aria-controls={panelId}
          onClick={() => setIsOpen(!isOpen)}
        >
          <SlidersHorizontal aria-hidden />
          {t("filters.legend")}
        </Button>
      )}
      <div
        id={panelId}
        className={joinClasses(
          isNarrow && !isOpen ? "hidden" : "grid w-full gap-2",
          isNarrow ? "grid-cols-2" : "grid-cols-3 lg:flex lg:w-auto lg:flex-wrap",
        )}
      >
        <Input
          type="date"
          aria-label={t("filters.from")}
          className="w-full lg:w-auto"
          value={filters.from}
          onChange={(event) => event.target.value && onChange({ from: event.target.value })}
        />
        <Input
          type="date"
          aria-label={t("filters.to")}
          className="w-full lg:w-auto"
          value={filters.to}
          min={filters.from}
          onChange={(event) => event.target.value && onChange({ to: event.target.value })}
        />
        {(directory.isPart || directory.sites.length > 1) && (
          <DirectorySelect
            kind="sites"
            aria-label={staff("site")}
            value={filters.siteId}
            items={directory.sites}
            className="lg:w-auto lg:max-w-56"
            emptyLabel={staff("allSites")}
            onChange={(id) => onChange({ site: id || null })}
          />
        )}
        {(directory.isPart || directory.providers.length > 1) && (
          <DirectorySelect
            kind="providers"
            aria-label={staff("provider")}
            value={filters.providerId}
            items={directory.providers}
            siteId={filters.siteId}
            className="lg:w-auto lg:max-w-56"
            emptyLabel={staff("allProviders")}
            onChange={(id) => onChange({ provider: id || null })}
          />
        )}
        {directory.rooms.length > 1 && (
          <Select
            aria-label={staff("room")}
            value={filters.roomId}
            onChange={(event) => onChange({ room: event.target.value || null })}
          >
            <option value="">{staff("allRooms")}</option>
            {directory.rooms
              .filter(({ siteId }) => !filters.siteId || siteId === filters.siteId)
              .map((room) => (
                <option key={room.id} value={room.id}>
                  {room.name}
                </option>
              ))}
          </Select>
        )}
        {directory.services.length > 1 && (
          <Select
            aria-label={staff("service")}
            value={filters.serviceId}
            onChange={(event) => onChange({ service: event.target.value || null })}
          >
            <option value="">{staff("allServices")}</option>
            {directory.services.map((service) => (
              <option key={service.id} value={service.id}>
                {service.name}
              </option>
            ))}
          </Select>
        )}
        <Select
          aria-label={staff("status")}
          value={filters.status}
          onChange={(event) => onChange({ status: event.target.value || null })}
        >
          <option value="">{staff("allStatuses")}</option>
          {appointmentStatuses.map((status) => (
            <option key={status} value={status}>
              {staff(`statuses.${status}`)}
            </option>
          ))}
        </Select>
      </div>
      {isFiltered && (
        <Button
          variant="ghost"
          className="h-9 max-sm:h-11"
          onClick={() => {
            setSearch("");
            onChange(Object.fromEntries(filterNames.map((name) => [name, null])));
          }}
        >
          {t("filters.reset")}
        </Button>
      )}
    </search>
  );
}
