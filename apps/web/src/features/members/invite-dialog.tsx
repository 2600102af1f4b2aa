"use client";

import { inviteInput } from "@creneau/api/members/schema";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { Input } from "../../components/input.tsx";
import { Select } from "../../components/select.tsx";
import { routing } from "../../i18n/routing.ts";
import { errorCode } from "../../trpc/error-code.ts";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { languageNames } from "../shell/use-appearance.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { HandedLinkDialog } from "./handed-link-dialog.tsx";
import { type SeatDraft, SeatFields } from "./seat-fields.tsx";
import { useSendInvitation } from "./use-send-invitation.ts";

type Values = { email: string; locale: string };

/** Offers a seat to an address. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("members");
  const common = useTranslations("common");
  const viewer = useViewer();
  const fieldError = useFieldError();
  const { tell } = useRefusal();
  const [seat, setSeat] = useState<SeatDraft>({
    role: "operator",
    isEverywhere: viewer.siteIds.length === 0,
    siteIds: viewer.siteIds.length === 1 ? viewer.siteIds : [],
  });
  const [isIncomplete, setIsIncomplete] = useState(false);
  const toInput = (values: Values) => ({
    ...values,
    role: seat.role,
    siteIds: seat.isEverywhere ? [] : [...seat.siteIds],
  });
  const form = useForm<Values>({
    defaultValues: { email: "", locale: viewer.organization.locale },
    resolver: schemaResolver<Values>(inviteInput, { toInput }),
  });
  const { email: emailError } = form.formState.errors;
  const invitation = useSendInvitation({
    onSent: onClose,
    onError: (error) =>
      errorCode(error) === "already_exists"
        ? form.setError("email", { type: "already" }, { shouldFocus: true })
        : tell(error),
  });
  if (invitation.handed) return <HandedLinkDialog {...invitation.handed} onClose={onClose} />;

  function submit(values: Values) {
    if (!seat.isEverywhere && seat.siteIds.length === 0) return setIsIncomplete(true);
    invitation.send(inviteInput.parse(toInput(values)));
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title={t("invitation.title")} description={t("invitation.lead")}>
        <form noValidate className="flex flex-col gap-4" onSubmit={form.handleSubmit(submit)}>
          <Field
            label={t("invitation.email")}
            error={emailError?.type === "already" ? t("invitation.already") : fieldError(emailError)}
          >
            {(control) => (
              <Input
                {...control}
                type="email"
                autoComplete="off"
                maxLength={254}
                className="max-sm:h-11"
                {...form.register("email")}
              />
            )}
          </Field>
          <SeatFields
            value={seat}
            onChange={(next) => {
              setSeat(next);
              setIsIncomplete(false);
            }}
            sitesError={isIncomplete ? t("seat.sitesMissing") : undefined}
          />
          <Field label={t("invitation.locale")}>
            {(control) => (
              <Select {...control} className="max-sm:h-11" {...form.register("locale")}>
                {routing.locales.map((locale) => (
                  <option key={locale} value={locale} lang={locale}>
                    {languageNames[locale]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <div className="flex justify-end gap-2">
            <Button variant="secondary" className="max-sm:h-11" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" className="max-sm:h-11" disabled={invitation.isPending}>
              {invitation.isPending ? t("invitation.sending") : t("invitation.send")}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
