"use client";

import { createClientInput } from "@creneau/api/directory/clients-schema";
import { useLocale, useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { formatPhone } from "../../components/format-phone.ts";
import { Input } from "../../components/input.tsx";
import { Page, Panel } from "../../components/page.tsx";
import { Select } from "../../components/select.tsx";
import { useRouter } from "../../i18n/navigation.ts";
import { errorCode, isGone } from "../../trpc/error-code.ts";
import { type Outputs, trpc } from "../../trpc/react.ts";
import { EditNews } from "../directory/edit-news.tsx";
import { errorField } from "../directory/error-details.ts";
import { LoadFailure, NotAllowed, RowsSkeleton } from "../directory/query-state.tsx";
import { schemaResolver } from "../directory/schema-resolver.ts";
import { useFieldError } from "../directory/use-field-error.ts";
import { useLeaveGuard } from "../directory/use-leave-guard.tsx";
import { useLiveDirectory } from "../directory/use-live-directory.ts";
import { useLiveForm } from "../directory/use-live-form.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { changedFields } from "../forms/form-values.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { ClientGone } from "./client-gone.tsx";

type ClientDetail = Outputs["directory"]["clients"]["byId"];
type Values = {
  name: string;
  kind: "individual" | "company";
  phone: string;
  email: string;
  company: string;
  siret: string;
  locale: string;
};

function toInput({ company, siret, ...values }: Values) {
  return {
    ...values,
    company: values.kind === "company" ? company : null,
    siret: values.kind === "company" ? siret : null,
  };
}

function valuesOf(client: ClientDetail | null, locale: string): Values {
  return {
    name: client?.name ?? "",
    kind: client?.kind ?? "individual",
    phone: formatPhone(client?.phone ?? "").replaceAll("\u00a0", " "),
    email: client?.email ?? "",
    company: client?.company ?? "",
    siret: client?.siret ?? "",
    locale: client?.locale ?? locale,
  };
}

/** A new client. */
export function NewClientScreen() {
  const { permissions } = useViewer();
  return permissions.includes("clients.change") ? <ClientForm client={null} /> : <NotAllowed />;
}

/** Changes a client. */
export function EditClientScreen({ id }: { id: string }) {
  const t = useTranslations("clients");
  const { permissions } = useViewer();
  const mayChange = permissions.includes("clients.change");
  useLiveDirectory();
  const query = trpc.directory.clients.byId.useQuery({ id }, { enabled: mayChange });
  if (!mayChange) return <NotAllowed />;
  if (query.isError && isGone(query.error)) return <ClientGone />;
  if (query.data) return <ClientForm client={query.data} />;
  return (
    <Page title={t("form.editTitle")} width="narrow">
      {query.isError ? <LoadFailure onRetry={() => void query.refetch()} /> : <RowsSkeleton rows={3} />}
    </Page>
  );
}

function ClientForm({ client }: { client: ClientDetail | null }) {
  const t = useTranslations("clients");
  const common = useTranslations("common");
  const staff = useTranslations("staff");
  const locale = useLocale();
  const router = useRouter();
  const fieldError = useFieldError();
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const stored = valuesOf(client, locale);
  const form = useForm<Values>({
    defaultValues: stored,
    resolver: schemaResolver<Values>(createClientInput, { toInput }),
  });
  const { register, watch, setError, formState } = form;
  const { errors } = formState;
  const { leave, dialog } = useLeaveGuard(
    formState.isDirty ? { discard: () => form.reset() } : null,
    staff("unsaved"),
  );

  function onError(error: unknown) {
    const field = errorField(error);
    const name = (["name", "phone", "email", "siret", "company"] as const).find((each) => each === field);
    const code = errorCode(error);
    const message = name === "phone" && code === "invalid_input" ? "phone" : code;
    if (name) setError(name, { message }, { shouldFocus: true });
    else tell(error);
  }
  const onSuccess = (id: string) => {
    void utils.directory.clients.invalidate();
    router.push(`/dashboard/clients/${id}`);
  };
  const create = trpc.directory.clients.create.useMutation({
    onSuccess: ({ id, duplicateIds }) => {
      const count = duplicateIds.length;
      toast.success(t("form.created"), count > 0 ? { description: t("form.duplicates", { count }) } : {});
      onSuccess(id);
    },
    onError,
  });
  const sendLink = trpc.clientLinks.send.useMutation({
    onSuccess: ({ email }) => void toast.success(t("portal.sent", { email })),
    onError: tell,
  });
  const update = trpc.directory.clients.update.useMutation({
    onSuccess: ({ id, email, linksRevoked }) => {
      const action = { label: t("form.sendLink"), onClick: () => sendLink.mutate({ id }) };
      toast.success(t("form.saved"), {
        ...(linksRevoked && {
          description: t("form.linksRevoked"),
          duration: 12_000,
          ...(email && { action }),
        }),
      });
      onSuccess(id);
    },
    onError,
  });
  const isSaving = create.isPending || update.isPending;
  const news = useLiveForm({ form, stored: client && stored, isSaving: isSaving || update.isSuccess });
  /** A refusal by the server wears its code, a finding of the schema its problem. */
  const errorOf = (error: { message?: string } | undefined) =>
    error?.message === "already_exists" ? t("form.duplicate") : fieldError(error);

  function submit(values: Values) {
    const input = createClientInput.parse(toInput(values));
    if (client) {
      const { data: before } = createClientInput.partial().safeParse(toInput(stored));
      update.mutate({ ...changedFields(before ?? {}, input), id: client.id });
    } else create.mutate(input);
  }

  return (
    <Page title={client ? t("form.editTitle") : t("form.newTitle")} width="narrow">
      <form noValidate className="flex flex-col gap-4" onSubmit={form.handleSubmit(submit)}>
        <Panel>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t("form.name")} error={errorOf(errors.name)}>
              {(field) => <Input {...field} {...register("name")} maxLength={200} autoComplete="off" />}
            </Field>
            <Field label={t("form.kind")}>
              {(field) => (
                <Select {...field} {...register("kind")}>
                  <option value="individual">{t("kinds.individual")}</option>
                  <option value="company">{t("kinds.company")}</option>
                </Select>
              )}
            </Field>
            <Field label={t("form.phone")} error={errorOf(errors.phone)}>
              {(field) => (
                <Input {...field} type="tel" {...register("phone")} maxLength={32} autoComplete="off" />
              )}
            </Field>
            <Field label={t("form.email")} error={errorOf(errors.email)}>
              {(field) => (
                <Input {...field} type="email" {...register("email")} maxLength={254} autoComplete="off" />
              )}
            </Field>
            {watch("kind") === "company" && (
              <>
                <Field label={t("form.company")} error={errorOf(errors.company)}>
                  {(field) => <Input {...field} {...register("company")} maxLength={200} />}
                </Field>
                <Field label={t("form.siret")} hint={t("form.siretHint")} error={errorOf(errors.siret)}>
                  {(field) => (
                    <Input {...field} inputMode="numeric" className="tabular" {...register("siret")} />
                  )}
                </Field>
              </>
            )}
            <Field label={t("form.locale")}>
              {(field) => (
                <Select {...field} {...register("locale")}>
                  <option value="fr">Français</option>
                  <option value="en">English</option>
                </Select>
              )}
            </Field>
          </div>
        </Panel>
        {news !== "none" && (
          <p role="status" className="flex items-center gap-2">
            <EditNews news={news} />
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={() => leave(() => router.back())}>
            {common("cancel")}
          </Button>
          <Button type="submit" disabled={isSaving}>
            {isSaving ? staff("saving") : staff("save")}
          </Button>
        </div>
        {dialog}
      </form>
    </Page>
  );
}
