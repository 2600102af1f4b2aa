"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Input } from "../../components/input.tsx";
import { useDelayed } from "../directory/use-delayed.ts";

export type Choice = { id: string; label: string; detail?: string | undefined };

type Answer = { choices: Choice[]; hasMore: boolean; isPending: boolean };

type PickListProps = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  searchLabel: string;
  value: readonly string[];
  onChange: (ids: string[]) => void;
  /** What the server finds for a search, and the rows of these ids. */
  useChoices: (asked: { search: string; ids: readonly string[] }) => { found: Answer; chosen: Choice[] };
};

/** With this many there is something to search. */
const searchFrom = 9;

/** Several of many: what was chosen at first comes first, the rest is found by the server, so that thousands are no matter. */
export function PickList({ label, hint, error, searchLabel, value, onChange, useChoices }: PickListProps) {
  const t = useTranslations("settings.pick");
  const id = useId();
  const [text, setText] = useState("");
  // Those chosen at first keep their place above: nothing jumps while boxes are ticked.
  const [initial] = useState(value);
  const search = useDelayed(text.trim());
  const { found, chosen } = useChoices({ search, ids: initial });
  const initialChoices = search || !found.hasMore ? [] : chosen;
  const shown = [
    ...initialChoices,
    ...found.choices.filter(({ id: each }) => !initialChoices.some((choice) => choice.id === each)),
  ];
  const isSearchShown = text !== "" || found.hasMore || shown.length >= searchFrom;
  const shownIds = shown.map((choice) => choice.id);
  const areAllChosen = shownIds.every((each) => value.includes(each));

  function toggle(choice: string, isChosen: boolean) {
    onChange(isChosen ? [...value, choice] : value.filter((each) => each !== choice));
  }

  return (
    <fieldset
      aria-describedby={[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined}
    >
      <legend className="mb-1.5 font-medium text-sm">{label}</legend>
      <div
        className={`overflow-hidden rounded-md border ${error ? "border-danger" : "border-border-strong/60"}`}
      >
        <div className="flex items-center justify-between gap-2 border-b px-3 py-1">
          {isSearchShown ? (
            <span className="relative -ml-3 flex-1">
              <Search
                aria-hidden
                className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
              />
              <Input
                type="search"
                className="border-0 bg-transparent pl-9"
                aria-label={searchLabel}
                placeholder={searchLabel}
                value={text}
                maxLength={100}
                onChange={(event) => setText(event.target.value)}
                onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
              />
            </span>
          ) : (
            <span />
          )}
          <span className="tabular shrink-0 text-muted-foreground text-xs" role="status">
            {t("chosen", { count: value.length })}
          </span>
          {!found.hasMore && shown.length > 1 && (
            <Button
              variant="ghost"
              size="small"
              className="-mr-2 max-sm:h-11"
              onClick={() =>
                onChange(
                  areAllChosen
                    ? value.filter((each) => !shownIds.includes(each))
                    : [...new Set([...value, ...shownIds])],
                )
              }
            >
              {areAllChosen ? t("none") : t("all")}
            </Button>
          )}
        </div>
        <ul className="max-h-56 overflow-y-auto py-1">
          {shown.map((choice) => (
            <li key={choice.id}>
              <label className="-outline-offset-2 flex min-h-9 cursor-pointer items-center gap-2.5 px-3 py-1 hover:bg-muted/60 max-sm:min-h-11">
                <input
                  type="checkbox"
                  className="size-4 shrink-0 accent-accent"
                  aria-invalid={error ? true : undefined}
                  checked={value.includes(choice.id)}
                  onChange={(event) => toggle(choice.id, event.target.checked)}
                />
                <span className="min-w-0 truncate">{choice.label}</span>
                {choice.detail && (
                  <span className="ml-auto min-w-0 truncate pl-3 text-muted-foreground text-xs">
                    {choice.detail}
                  </span>
                )}
              </label>
            </li>
          ))}
          {shown.length === 0 && (
            <li className="px-3 py-3 text-muted-foreground">
              {found.isPending ? t("loading") : t("nothing")}
            </li>
          )}
          {found.hasMore && <li className="px-3 py-2 text-muted-foreground text-xs">{t("more")}</li>}
        </ul>
      </div>
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-muted-foreground text-xs">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1.5 text-danger text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}
