"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { formatPhone } from "../../components/format-phone.ts";
import { Input } from "../../components/input.tsx";
import { ClientPicker, type FoundClient } from "./client-picker.tsx";
import { type ChosenClient, type NewClient, typedClient } from "./typed-client.ts";

type ClientChoiceProps = {
  chosen: ChosenClient | null;
  /** `reference`: the plate or file that was typed to find or start them, empty for none. */
  onChoose: (client: ChosenClient | null, reference: string) => void;
  /** An existing appointment is given a known client only. */
  canCreate: boolean;
  /** What is wrong with a new client's fields, in words. */
  errors?: { name?: string | undefined; phone?: string | undefined; email?: string | undefined };
  autoFocus?: boolean;
};

/** For whom: one box that finds or starts a client, then who it is, to be changed or filled in. */
export function ClientChoice({ chosen, onChoose, canCreate, errors = {}, autoFocus }: ClientChoiceProps) {
  const t = useTranslations("clients.choice");
  if (chosen?.kind === "new") {
    return <NewClientFields client={chosen} errors={errors} onChoose={onChoose} />;
  }
  if (chosen) {
    return (
      <div className="flex items-center gap-2 rounded-md border bg-background py-1 pr-1 pl-3">
        <p role="status" className="min-w-0 flex-1 truncate">
          <span className="sr-only">{t("chosen")} </span>
          <span className="font-medium">{chosen.name}</span>
          {chosen.detail && <span className="ml-2 text-muted-foreground text-xs">{chosen.detail}</span>}
        </p>
        <Button variant="ghost" size="icon" aria-label={t("change")} onClick={() => onChoose(null, "")}>
          <X />
        </Button>
      </div>
    );
  }
  return (
    <ClientPicker
      autoFocus={autoFocus}
      onPick={(client) => onChoose(knownClient(client), "")}
      onCreate={
        canCreate
          ? (text) => {
              const { reference, ...typed } = typedClient(text);
              onChoose({ kind: "new", ...typed }, reference);
            }
          : undefined
      }
    />
  );
}

function knownClient({ id, name, phone, email, subjects }: FoundClient): ChosenClient {
  const detail = [phone && formatPhone(phone), email, subjects[0]?.reference].filter(Boolean).join(" · ");
  return { kind: "known", id, name, detail };
}

function NewClientFields({
  client,
  errors,
  onChoose,
}: {
  client: NewClient;
  errors: NonNullable<ClientChoiceProps["errors"]>;
  onChoose: ClientChoiceProps["onChoose"];
}) {
  const t = useTranslations("clients.choice");
  const controlled = (field: "name" | "phone" | "email") => ({
    autoComplete: "off",
    value: client[field],
    onChange: (event: { target: { value: string } }) =>
      onChoose({ ...client, [field]: event.target.value }, ""),
  });
  return (
    <fieldset className="@container rounded-lg border bg-background p-3">
      <legend className="sr-only">{t("new")}</legend>
      <div className="mb-2 flex items-center justify-between">
        <span className="font-medium">{t("new")}</span>
        <Button
          variant="ghost"
          size="icon"
          className="-my-1 -mr-1"
          aria-label={t("change")}
          onClick={() => onChoose(null, "")}
        >
          <X />
        </Button>
      </div>
      <div className="grid items-start gap-3 @lg:grid-cols-3">
        <Field
          label={t("name")}
          hint={client.phone || client.email ? t("nameOptional") : undefined}
          error={errors.name}
        >
          {(control) => (
            <Input {...control} {...controlled("name")} autoFocus={!client.name} maxLength={200} />
          )}
        </Field>
        <Field label={t("phone")} error={errors.phone}>
          {(control) => (
            <Input
              {...control}
              {...controlled("phone")}
              type="tel"
              autoFocus={client.name !== "" && client.phone === ""}
              maxLength={32}
            />
          )}
        </Field>
        <Field label={t("email")} error={errors.email}>
          {(control) => <Input {...control} {...controlled("email")} type="email" maxLength={254} />}
        </Field>
      </div>
    </fieldset>
  );
}
