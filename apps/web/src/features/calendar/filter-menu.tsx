"use client";

import { ListFilter } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { buttonVariants } from "../../components/button.tsx";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../../components/dropdown-menu.tsx";
import { joinClasses } from "../../components/join-classes.ts";

// Only a large network searches among its sites.
const SiteSearch = dynamic(() => import("./site-search.tsx").then((part) => part.SiteSearch), { ssr: false });

/** Choices of one kind; none selected lets all of them through. */
export type FilterGroup = {
  key: string;
  label: string;
  choices: readonly { id: string; name: string; colour?: string }[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
  /** Sites of a large network: `choices` are those shown, the others are found by the server. */
  isSearched?: boolean;
};

function namesOf({ choices, selected }: FilterGroup): string[] {
  return choices.filter(({ id }) => selected.includes(id)).map(({ name }) => name);
}

/** What the calendar leaves out, by kind; the button tells how much is chosen, and which part of a large network it is. */
export function FilterMenu({ groups }: { groups: readonly FilterGroup[] }) {
  const t = useTranslations("calendar");
  const chosen = groups.flatMap(namesOf);
  // Never all of a large network: what is left out of its sites can be shown again, the other sites only by their names.
  const places = groups.filter(({ isSearched }) => isSearched).flatMap(namesOf);
  const clearable = groups.filter(({ selected, isSearched }) => !isSearched && selected.length > 0);
  const [place] = places;
  const label = place
    ? places.length > 1
      ? t("placeAndMore", { name: place, count: places.length - 1 })
      : place
    : chosen.length === 1
      ? chosen[0]
      : t("filters");
  const counted = chosen.length - places.length;

  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("filterState", { count: chosen.length, names: chosen.join(", ") })}
        className={buttonVariants({ variant: "secondary", className: "max-sm:mr-auto max-sm:h-11" })}
      >
        <ListFilter aria-hidden className="text-muted-foreground" />
        <span
          className={joinClasses(
            "max-w-36 truncate",
            place ? "max-sm:max-w-24 sm:@max-3xl:max-w-14" : "@max-3xl:hidden",
          )}
        >
          {label}
        </span>
        {counted > 0 && (
          <span
            className={joinClasses(
              "tabular grid min-w-5 place-items-center rounded-full bg-accent px-1 text-accent-foreground text-xs",
              chosen.length === 1 && "@3xl:hidden",
            )}
          >
            {counted}
          </span>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="max-h-[70dvh] w-64 overflow-y-auto">
        {groups.map(({ key, label, choices, selected, onChange, isSearched }, index) => (
          <Fragment key={key}>
            {index > 0 && <DropdownMenuSeparator />}
            <DropdownMenuLabel>{label}</DropdownMenuLabel>
            {isSearched ? (
              <SiteSearch shown={choices} onChange={onChange} />
            ) : (
              choices.map(({ id, name, colour }) => (
                <DropdownMenuCheckboxItem
                  key={id}
                  checked={selected.includes(id)}
                  onCheckedChange={(isSelected) =>
                    onChange(isSelected ? [...selected, id] : selected.filter((each) => each !== id))
                  }
                  onSelect={(event) => event.preventDefault()}
                >
                  {colour && (
                    <span
                      aria-hidden
                      className="size-2.5 shrink-0 rounded-full"
                      style={{ background: colour }}
                    />
                  )}
                  <span className="truncate">{name}</span>
                </DropdownMenuCheckboxItem>
              ))
            )}
          </Fragment>
        ))}
        {clearable.length > 0 && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem
              onSelect={() => {
                for (const { onChange } of clearable) onChange([]);
              }}
            >
              {place ? t("clearFilterHere", { count: places.length }) : t("clearFilter")}
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
