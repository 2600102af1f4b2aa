"use client";

import { Ellipsis, Keyboard, Printer, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonVariants } from "../../components/button.tsx";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../../components/dropdown-menu.tsx";
import { useDensity } from "./use-density.ts";

/** What is wanted now and then: search, print, density, the keys. */
export function OptionsMenu({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const t = useTranslations("calendar");
  const [density, setDensity] = useDensity();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("options")}
        className={buttonVariants({ variant: "ghost", size: "icon", className: "max-sm:size-11" })}
      >
        <Ellipsis aria-hidden className="text-muted-foreground" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-64">
        {/* After the menu has given its focus back: what opens takes it. */}
        <DropdownMenuItem onSelect={() => setTimeout(onSearch)}>
          <Search aria-hidden />
          {t("search.title")}
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => setTimeout(() => print())}>
          <Printer aria-hidden />
          {t("print")}
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => setTimeout(onHelp)}>
          <Keyboard aria-hidden />
          {t("help.title")}
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t("density.label")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={density}
          onValueChange={(value) => setDensity(value === "compact" ? "compact" : "comfortable")}
        >
          {(["comfortable", "compact"] as const).map((each) => (
            <DropdownMenuRadioItem key={each} value={each}>
              {t(`density.${each}`)}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
