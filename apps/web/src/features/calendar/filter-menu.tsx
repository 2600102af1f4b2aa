"use client";

import { ListFilter } from "lucide-react";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { buttonVariants } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../../components/dropdown-menu.tsx";
import { SiteSearch } from "./site-search.tsx";

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

/** What the calendar leaves out, by kind; the button tells how much is chosen. */
export function FilterMenu({ groups }: { groups: readonly FilterGroup[] }) {
  const t = useTranslations("calendar");
  const chosen = groups.flatMap(({ choices, selected }) =>
    choices.filter(({ id }) => selected.includes(id)).map(({ name }) => name),
  );

  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("filterState", { count: chosen.length, names: chosen.join(", ") })}
        className={buttonVariants({ variant: "secondary", className: "max-sm:h-11" })}
      >
        <ListFilter aria-hidden className="text-muted-foreground" />
        <span className="max-w-36 truncate max-sm:hidden">
          {chosen.length === 1 ? chosen[0] : t("filters")}
        </span>
        {chosen.length > 0 && (
          <span
            className={classNames(
              "tabular grid min-w-5 place-items-center rounded-full bg-accent px-1 text-accent-foreground text-xs",
              chosen.length === 1 && "sm:hidden",
            )}
          >
            {chosen.length}
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
        {chosen.length > 0 && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem
              onSelect={() => {
                for (const { selected, onChange } of groups) if (selected.length > 0) onChange([]);
              }}
            >
              {t("clearFilter")}
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
