"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { UserPlus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useDeferredValue, useId, useState } from "react";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { type Outputs, trpc } from "../../trpc/react.ts";

type Found = Outputs["directory"]["clients"]["search"]["items"][number];

/** Somebody already known, or somebody new of whom a name or a phone number is enough. */
export type PickedClient =
  | { kind: "known"; id: string; name: string; detail: string }
  | { kind: "new"; name: string; phone: string; email: string };

/** What was typed, as a new client: a number is a phone, an address an e-mail, anything else a name. */
function newClientOf(text: string): Extract<PickedClient, { kind: "new" }> {
  const typed = text.trim();
  const isPhone = /^\+?[\d\s().-]{6,}$/.test(typed);
  const isEmail = /^\S+@\S+$/.test(typed);
  return {
    kind: "new",
    name: isPhone || isEmail ? "" : typed,
    phone: isPhone ? typed : "",
    email: isEmail ? typed : "",
  };
}

type ClientPickerProps = {
  picked: PickedClient | null;
  onPick: (client: PickedClient | null) => void;
};

/** One box: name, phone, e-mail or plate; what is not found can be added at once. */
export function ClientPicker({ picked, onPick }: ClientPickerProps) {
  const t = useTranslations("calendar.client");
  const listId = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const query = useDeferredValue(text.trim());
  const search = trpc.directory.clients.search.useQuery(
    { query, limit: 6 },
    { enabled: query.length >= 2, placeholderData: keepPreviousData },
  );
  const found = query.length >= 2 ? (search.data?.items ?? []) : [];
  const isListed = isOpen && query.length >= 2;

  function choose(index: number) {
    const client = found[index];
    onPick(client ? knownClient(client) : newClientOf(text));
    setText("");
    setIsOpen(false);
  }

  function press(event: KeyboardEvent) {
    if (!isListed) return;
    const last = found.length;
    if (event.key === "ArrowDown") setActive(active >= last ? 0 : active + 1);
    else if (event.key === "ArrowUp") setActive(active <= 0 ? last : active - 1);
    else if (event.key === "Enter") choose(active);
    else if (event.key === "Escape") {
      event.stopPropagation();
      setIsOpen(false);
    } else return;
    event.preventDefault();
  }

  if (picked?.kind === "known") {
    return (
      <div className="flex flex-col gap-1.5">
        <span className="font-medium text-sm">{t("label")}</span>
        <p className="flex items-center gap-2 rounded-md border bg-background py-1 pr-1 pl-3">
          <span className="min-w-0 flex-1 truncate">
            <span className="font-medium">{picked.name}</span>
            {picked.detail && <span className="ml-2 text-muted-foreground text-xs">{picked.detail}</span>}
          </span>
          <Button variant="ghost" size="icon" aria-label={t("change")} onClick={() => onPick(null)}>
            <X />
          </Button>
        </p>
      </div>
    );
  }
  if (picked) return <NewClient client={picked} onPick={onPick} />;
  return (
    <div className="relative">
      <Field label={t("label")} hint={t("hint")}>
        {(control) => (
          <Input
            {...control}
            role="combobox"
            aria-expanded={isListed}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={isListed ? `${listId}-${active}` : undefined}
            autoComplete="off"
            // The form opens to be filled in, and begins with for whom.
            autoFocus
            placeholder={t("placeholder")}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setActive(0);
              setIsOpen(true);
            }}
            onBlur={() => setIsOpen(false)}
            onKeyDown={press}
          />
        )}
      </Field>
      <div
        id={listId}
        role="listbox"
        aria-label={t("results")}
        className={classNames(
          "absolute inset-x-0 top-[3.9rem] z-10 rounded-lg border bg-surface p-1 shadow-float",
          !isListed && "hidden",
        )}
      >
        {isListed &&
          [...found, null].map((client, index) => (
            <div
              key={client?.id ?? "new"}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={classNames(
                "flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5",
                index === active && "bg-muted",
              )}
              // Before the field loses the focus.
              onMouseDown={(event) => {
                event.preventDefault();
                choose(index);
              }}
            >
              {client ? (
                <span className="min-w-0">
                  <span className="block truncate font-medium">{client.name}</span>
                  <span className="block truncate text-muted-foreground text-xs">{detailOf(client)}</span>
                </span>
              ) : (
                <>
                  <UserPlus aria-hidden className="size-4 text-muted-foreground" />
                  <span className="min-w-0 truncate">{t("add", { text: text.trim() })}</span>
                </>
              )}
            </div>
          ))}
      </div>
    </div>
  );
}

function detailOf(client: Found): string {
  const [subject] = client.subjects;
  return [client.phone, client.email, subject?.reference].filter(Boolean).join(" · ");
}

function knownClient(client: Found): PickedClient {
  return { kind: "known", id: client.id, name: client.name, detail: detailOf(client) };
}

function NewClient({
  client,
  onPick,
}: {
  client: Extract<PickedClient, { kind: "new" }>;
  onPick: (client: PickedClient | null) => void;
}) {
  const t = useTranslations("calendar.client");
  const change = (fields: Partial<typeof client>) => onPick({ ...client, ...fields });
  return (
    <fieldset className="flex flex-col gap-3 rounded-lg border bg-background p-3">
      <legend className="sr-only">{t("new")}</legend>
      <div className="flex items-center justify-between">
        <span className="font-medium">{t("new")}</span>
        <Button
          variant="ghost"
          size="icon"
          className="-my-1"
          aria-label={t("change")}
          onClick={() => onPick(null)}
        >
          <X />
        </Button>
      </div>
      <Field label={t("name")} hint={client.phone ? t("nameOptional") : undefined}>
        {(control) => (
          <Input
            {...control}
            autoFocus={!client.name}
            autoComplete="off"
            required={!client.phone && !client.email}
            maxLength={200}
            value={client.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("phone")}>
        {(control) => (
          <Input
            {...control}
            type="tel"
            autoFocus={Boolean(client.name)}
            autoComplete="off"
            maxLength={32}
            value={client.phone}
            onChange={(event) => change({ phone: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("email")}>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="off"
            maxLength={254}
            value={client.email}
            onChange={(event) => change({ email: event.target.value })}
          />
        )}
      </Field>
    </fieldset>
  );
}
