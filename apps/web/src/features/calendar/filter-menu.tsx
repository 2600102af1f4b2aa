"use client";

import { ListFilter } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonVariants } from "../../components/button.tsx";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../../components/dropdown-menu.tsx";

type Choice = { id: string; name: string; colour?: string };
type FilterMenuProps = {
  label: string;
  allLabel: string;
  choices: readonly Choice[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
};

/** Several choices of one kind; none selected means all of them. */
export function FilterMenu({ label, allLabel, choices, selected, onChange }: FilterMenuProps) {
  const t = useTranslations("calendar");
  const chosen = choices.filter((choice) => selected.includes(choice.id));
  const summary = chosen.length === 1 ? chosen[0]?.name : t("selectedCount", { count: chosen.length });

  function toggle(id: string, isSelected: boolean) {
    onChange(isSelected ? [...selected, id] : selected.filter((each) => each !== id));
  }

  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`${label} : ${chosen.length === 0 ? allLabel : summary}`}
        className={buttonVariants({ variant: "secondary", className: "max-w-44 max-sm:h-10" })}
      >
        <ListFilter aria-hidden className="text-muted-foreground" />
        <span className="truncate">{chosen.length === 0 ? label : summary}</span>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="max-h-[60dvh] overflow-y-auto">
        {choices.map((choice) => (
          <DropdownMenuCheckboxItem
            key={choice.id}
            checked={selected.includes(choice.id)}
            onCheckedChange={(isSelected) => toggle(choice.id, isSelected)}
            onSelect={(event) => event.preventDefault()}
          >
            {choice.colour && (
              <span aria-hidden className="size-2.5 rounded-full" style={{ background: choice.colour }} />
            )}
            {choice.name}
          </DropdownMenuCheckboxItem>
        ))}
        {chosen.length > 0 && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => onChange([])}>{t("clearFilter")}</DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
