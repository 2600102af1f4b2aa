"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DropdownMenuCheckboxItem } from "../../components/dropdown-menu.tsx";
import { Input } from "../../components/input.tsx";
import { trpc } from "../../trpc/react.ts";
import { useDelayed } from "../directory/use-delayed.ts";

type SiteSearchProps = {
  /** Sites that are shown, by name. */
  shown: readonly { id: string; name: string }[];
  onChange: (selected: string[]) => void;
};

const limit = 20;

/** The sites of a large network inside the filter menu: those shown first, one at least, the others found by the server. */
export function SiteSearch({ shown, onChange }: SiteSearchProps) {
  const t = useTranslations("calendar");
  const [text, setText] = useState("");
  const search = useDelayed(text.trim(), 150);
  const found = trpc.directory.sites.list.useQuery(
    { search: search || undefined, limit },
    { placeholderData: keepPreviousData, staleTime: 60_000 },
  );
  const selected = shown.map(({ id }) => id);
  const others = (found.data?.items ?? []).filter(({ id }) => !selected.includes(id));
  return (
    <>
      <div className="px-1 pb-1">
        <Input
          type="search"
          aria-label={t("findSite")}
          placeholder={t("findSite")}
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
          // The menu would take letters for a jump to an item; the arrows and Escape stay its own.
          onKeyDown={(event) => {
            if (event.key === "Enter") event.preventDefault();
            if (!["ArrowDown", "ArrowUp", "Escape", "Tab"].includes(event.key)) event.stopPropagation();
          }}
        />
      </div>
      {[...shown, ...others].map(({ id, name }) => (
        <DropdownMenuCheckboxItem
          key={id}
          checked={selected.includes(id)}
          // Without a site there would be nothing to show, and all of them are too many.
          disabled={selected.length === 1 && selected.includes(id)}
          onCheckedChange={(isSelected) =>
            onChange(isSelected ? [...selected, id] : selected.filter((each) => each !== id))
          }
          onSelect={(event) => event.preventDefault()}
        >
          <span className="truncate">{name}</span>
        </DropdownMenuCheckboxItem>
      ))}
      <p role="status" className="px-2 py-1 text-muted-foreground text-xs">
        {found.data?.nextCursor ? t("moreSites") : found.data && others.length === 0 ? t("noOtherSite") : ""}
      </p>
    </>
  );
}
