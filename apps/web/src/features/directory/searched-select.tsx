"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Check, ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { inputClassName } from "../../components/input.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { Popover, PopoverContent, PopoverTrigger } from "../../components/popover.tsx";
import { trpc } from "../../trpc/react.ts";
import type { DirectorySelectProps } from "./directory-select-props.ts";
import { useDelayed } from "./use-delayed.ts";
import { useSiteNames } from "./use-site-names.ts";

const limit = 20;
const itemClassName =
  "flex min-h-9 cursor-default select-none items-center gap-2 rounded-md px-2 py-1 data-[selected=true]:bg-muted max-sm:min-h-11";

/** One of thousands, found by name, city or skill. */
export default function SearchedSelect(props: DirectorySelectProps) {
  const { kind, value, items, siteId, emptyLabel, onChange, className, disabled, name, onBlur, ref } = props;
  const label = props["aria-label"];
  const t = useTranslations("staff.search");
  const [isOpen, setIsOpen] = useState(false);
  const chosen = items.find(({ id }) => id === value)?.name ?? emptyLabel ?? "";
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger
        // The form asks for a select's element, of which it needs only to focus it.
        ref={ref as never}
        id={props.id}
        name={name}
        disabled={disabled}
        aria-label={label && `${label}, ${chosen}`}
        aria-invalid={props["aria-invalid"]}
        aria-describedby={props["aria-describedby"]}
        onBlur={onBlur as never}
        className={joinClasses(
          inputClassName,
          "flex items-center justify-between gap-2 text-left",
          className,
        )}
      >
        <span className="min-w-0 truncate">{chosen}</span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      </PopoverTrigger>
      <PopoverContent align="start" className="w-72 p-1">
        <Choices
          {...{ kind, value, siteId, emptyLabel }}
          label={label ?? t(kind)}
          onChoose={(id) => {
            onChange(id);
            setIsOpen(false);
          }}
        />
      </PopoverContent>
    </Popover>
  );
}

type ChoicesProps = Pick<DirectorySelectProps, "kind" | "value" | "siteId" | "emptyLabel"> & {
  label: string;
  onChoose: (id: string) => void;
};

function Choices({ kind, value, siteId, emptyLabel, label, onChoose }: ChoicesProps) {
  const t = useTranslations("staff.search");
  const [text, setText] = useState("");
  const search = useDelayed(text.trim(), 150) || undefined;
  const options = { placeholderData: keepPreviousData, staleTime: 60_000 };
  const sites = trpc.directory.sites.list.useQuery(
    { search, limit },
    { ...options, enabled: kind === "sites" },
  );
  const providers = trpc.directory.providers.list.useQuery(
    { search, limit, ...(siteId && { siteIds: [siteId] }) },
    { ...options, enabled: kind === "providers" },
  );
  // Namesakes are told apart by where they work; at one site there is nothing to tell.
  const workplace = useSiteNames(
    siteId ? [] : (providers.data?.items.map(({ siteIds }) => siteIds[0]) ?? []),
  );
  const found = kind === "sites" ? sites.data : providers.data;
  const rows = found?.items ?? [];
  function placeOf({ siteIds }: { siteIds: string[] }) {
    const first = workplace.get(siteIds[0] ?? "");
    return first && siteIds.length > 1 ? t("andOthers", { first, count: siteIds.length - 1 }) : first;
  }
  return (
    <Command label={label} shouldFilter={false}>
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        maxLength={100}
        aria-label={t(kind)}
        placeholder={t(kind)}
        className={joinClasses(inputClassName, "mb-1")}
      />
      <Command.List className="max-h-64 overflow-y-auto">
        {emptyLabel && !search && (
          <Command.Item value="none" className={itemClassName} onSelect={() => onChoose("")}>
            {emptyLabel}
          </Command.Item>
        )}
        {rows.map((row) => (
          <Command.Item
            key={row.id}
            value={row.id}
            className={itemClassName}
            onSelect={() => onChoose(row.id)}
          >
            <span className="min-w-0 truncate">{row.name}</span>
            <span className="min-w-0 shrink-[4] truncate text-muted-foreground text-xs">
              {"city" in row ? row.city : placeOf(row)}
            </span>
            {row.id === value && <Check aria-hidden className="ml-auto size-4 shrink-0" />}
          </Command.Item>
        ))}
        {found && rows.length === 0 && <p className="px-2 py-2 text-muted-foreground">{t("nothing")}</p>}
        {found?.nextCursor && <p className="px-2 py-1.5 text-muted-foreground text-xs">{t("more")}</p>}
      </Command.List>
    </Command>
  );
}
