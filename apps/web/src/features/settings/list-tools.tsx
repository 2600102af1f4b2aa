"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { Checkbox } from "../../components/checkbox.tsx";
import { Input } from "../../components/input.tsx";
import type { ListState } from "./use-list-state.ts";
import { useSettingsRights } from "./use-settings-rights.ts";

/** The search box of a list, and the way to what was archived. */
export function ListTools({ state, label }: { state: ListState; label: string }) {
  const t = useTranslations("settings");
  const { mayChange } = useSettingsRights();
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <span className="relative min-w-0 flex-1 basis-64 sm:max-w-md">
        <Search
          aria-hidden
          className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
        />
        <Input
          type="search"
          className="pl-9 max-sm:h-11"
          aria-label={label}
          placeholder={label}
          maxLength={100}
          value={state.text}
          onChange={(event) => state.setText(event.target.value)}
        />
      </span>
      {mayChange && (
        <Checkbox
          className="items-center max-sm:min-h-11"
          label={t("showArchived")}
          checked={state.isArchivedShown}
          onChange={(event) => state.showArchived(event.target.checked)}
        />
      )}
    </div>
  );
}
