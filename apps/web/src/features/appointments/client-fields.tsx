"use client";

import type { UseFormReturn } from "react-hook-form";
import { ClientChoice } from "../clients/client-choice.tsx";
import type { ChosenClient } from "../clients/typed-client.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import type { FormValues } from "./form-values.ts";

/** For whom; a change of client lets go of the subject, which was theirs. */
export function ClientFields({ form, isEdit }: { form: UseFormReturn<FormValues>; isEdit: boolean }) {
  const fieldError = useFieldError();
  const { watch, setValue, formState } = form;
  const { errors, isSubmitted } = formState;
  const [clientId, clientName, isNewClient] = watch(["clientId", "clientName", "isNewClient"]);
  const [name, phone, email] = watch(["newName", "newPhone", "newEmail"]);

  function choose(client: ChosenClient | null, reference: string) {
    const set = (values: Partial<FormValues>) => {
      for (const [field, value] of Object.entries(values))
        setValue(field as keyof FormValues, value, { shouldDirty: true, shouldValidate: isSubmitted });
    };
    if (client?.kind === "new") {
      const { name: newName, phone: newPhone, email: newEmail } = client;
      set({ isNewClient: true, newName, newPhone, newEmail, ...(reference && { subject: reference }) });
    } else if (client) set({ clientId: client.id, clientName: client.name, isNewClient: false });
    else set({ clientId: "", clientName: "", isNewClient: false, subjectId: "" });
  }

  const chosen: ChosenClient | null = clientId
    ? { kind: "known", id: clientId, name: clientName, detail: "" }
    : isNewClient
      ? { kind: "new", name, phone, email }
      : null;
  return (
    <ClientChoice
      chosen={chosen}
      onChoose={choose}
      canCreate={!isEdit}
      errors={{
        name: fieldError(errors.newName),
        phone: fieldError(errors.newPhone),
        email: fieldError(errors.newEmail),
      }}
    />
  );
}
