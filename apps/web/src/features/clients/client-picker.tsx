"use client";

import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from "react";
import { Input } from "../../components/input.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { useDelayed } from "../directory/use-delayed.ts";
import { contactLine } from "./client-words.ts";
import { FoundBy } from "./found-by.tsx";

export type FoundClient = Outputs["directory"]["clients"]["search"]["items"][number];

type ClientPickerProps = {
  id?: string;
  autoFocus?: boolean;
  className?: string;
  /** `text` is what was typed to find them. */
  onPick: (client: FoundClient, text: string) => void;
  /** What was typed becomes a new client; absent where only a known one will do. */
  onCreate?: ((text: string) => void) | undefined;
  /** What the box holds at first. */
  initialText?: string;
};

/** One box that finds clients by name, phone, e-mail or plate, or starts a new one; keyboard complete. */
export function ClientPicker({
  id,
  autoFocus = false,
  className,
  onPick,
  onCreate,
  initialText = "",
}: ClientPickerProps) {
  const t = useTranslations("clients");
  const listId = useId();
  const [text, setText] = useState(initialText);
  const [at, setAt] = useState(0);
  const query = useDelayed(text.trim(), 150);
  const isLong = query.length >= 2;
  const search = trpc.directory.clients.search.useQuery(
    { query, limit: 8 },
    { enabled: isLong, placeholderData: (previous) => previous },
  );
  const found = isLong && text.trim().length >= 2 ? (search.data?.items ?? []) : [];
  const isSettled = isLong && query === text.trim() && !search.isFetching;
  const options = text.trim().length >= 2 ? [...found, ...(onCreate ? [null] : [])] : [];
  const active = Math.min(at, options.length - 1);

  function choose(option: FoundClient | null | undefined) {
    if (option === undefined) return;
    if (option) onPick(option, text.trim());
    else onCreate?.(text.trim());
  }

  const [isWaiting, setIsWaiting] = useState(false);
  const onAnswer = useEffectEvent(() => {
    setIsWaiting(false);
    choose(options[active]);
  });
  useEffect(() => {
    if (isWaiting && isSettled) onAnswer();
  }, [isWaiting, isSettled]);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = (active + step + options.length) % Math.max(options.length, 1);
      // "New client" stays chosen while those found come in above it.
      setAt(options[next] === null ? Number.POSITIVE_INFINITY : next);
    } else if (event.key === "Enter") {
      event.preventDefault();
      // Never somebody found for an earlier text: Enter waits for the answer to what is typed.
      if (isSettled) choose(options[active]);
      else setIsWaiting(true);
    }
  }

  return (
    <div className={className}>
      <Input
        id={id}
        role="combobox"
        aria-label={t("picker.label")}
        aria-expanded={options.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={options.length > 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        autoFocus={autoFocus}
        placeholder={t("picker.placeholder")}
        maxLength={100}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setIsWaiting(false);
        }}
        onKeyDown={onKeyDown}
        className="h-11 text-base"
      />
      <p role="status" className="sr-only">
        {isSettled ? t("picker.count", { count: found.length }) : ""}
      </p>
      <div
        id={listId}
        role="listbox"
        aria-label={t("picker.results")}
        className={options.length === 0 ? "hidden" : "mt-1.5 flex flex-col gap-0.5"}
      >
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keys
          <div
            key={option?.id ?? "new"}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={joinClasses(
              "flex min-h-11 cursor-pointer items-center gap-3 rounded-lg px-3 py-1.5",
              index === active && "bg-muted",
            )}
            onMouseEnter={() => setAt(index)}
            onClick={() => choose(option)}
          >
            {option ? (
              <>
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{option.name}</span>
                  <span className="block truncate text-muted-foreground text-xs">{contactLine(option)}</span>
                  <FoundBy client={option} search={query} />
                </span>
                {option.subjects[0] && (
                  <span className="tabular shrink-0 rounded border px-1.5 py-0.5 text-xs">
                    {option.subjects[0].reference}
                  </span>
                )}
              </>
            ) : (
              <>
                <UserPlus aria-hidden className="size-4 text-muted-foreground" />
                <span className="truncate">{t("picker.create", { name: text.trim() })}</span>
              </>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
