"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "../../components/checkbox.tsx";
import { Input } from "../../components/input.tsx";
import type { Directory } from "../directory/use-directory.ts";

/** From this many on, finding one by its name beats scrolling. */
const manySites = 8;
/** Rows drawn at once: a network may have thousands of sites. */
const shownSites = 100;

type SitePickerProps = {
  sites: Directory["sites"];
  value: readonly string[];
  onChange: (siteIds: readonly string[]) => void;
};

/** Some of the sites, ticked; those ticked already come first, so that none hides at the end of a long list. */
export function SitePicker({ sites, value, onChange }: SitePickerProps) {
  const t = useTranslations("members.seat");
  const [search, setSearch] = useState("");
  const [first] = useState(() => new Set(value));
  const wanted = search.trim().toLocaleLowerCase();
  const shown = sites
    .filter(({ name, city }) => `${name} ${city ?? ""}`.toLocaleLowerCase().includes(wanted))
    .toSorted((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)))
    .slice(0, shownSites);
  return (
    <div className="flex flex-col gap-2">
      {sites.length >= manySites && (
        <Input
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <fieldset className="max-h-52 overflow-y-auto rounded-md border px-3 py-1.5">
        <legend className="sr-only">{t("sites")}</legend>
        {shown.length === 0 && <p className="py-1 text-muted-foreground">{t("noSite")}</p>}
        {shown.map(({ id, name, city }) => (
          <Checkbox
            key={id}
            className="max-sm:min-h-11 max-sm:items-center"
            label={
              <>
                {name} {city && <span className="text-muted-foreground text-xs">{city}</span>}
              </>
            }
            checked={value.includes(id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...value, id] : value.filter((each) => each !== id))
            }
          />
        ))}
      </fieldset>
      <p aria-live="polite" className="text-muted-foreground text-xs">
        {t("chosen", { count: value.length })}
      </p>
    </div>
  );
}
