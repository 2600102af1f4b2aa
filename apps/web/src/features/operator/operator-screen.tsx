"use client";

import { CircleCheck } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { toast } from "sonner";
import { Button, buttonVariants } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { Link } from "../../i18n/navigation.ts";
import { errorCode } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import type { Appointment } from "../appointments/appointment.ts";
import { ExplainForm } from "../availability/explain-form.tsx";
import { clockTime, longDay } from "../calendar/format-time.ts";
import { ClientPicker } from "../clients/client-picker.tsx";
import { formatPhone } from "../clients/format-phone.ts";
import { type TypedClient, typedClient } from "../clients/typed-client.ts";
import { NotAllowed, RowsSkeleton } from "../directory/query-state.tsx";
import { type Service, useDirectory } from "../directory/use-directory.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { useViewer } from "../shell/viewer.tsx";
import { ChoiceList } from "./choice-list.tsx";
import { NewClientForm } from "./new-client-form.tsx";
import { SlotStep } from "./slot-step.tsx";

type Caller = { id: string | null; subjectId: string | null; typed: TypedClient };
type Draft = { caller?: Caller; typed?: TypedClient; service?: Service };

const subjectKinds = {
  inspection: "vehicle",
  real_estate: "transaction",
  medical: "file",
  client_meetings: "file",
  solo: "file",
} as const;

/** The call desk: client, service, time, booked, without a mouse. Escape goes back a step. */
export function OperatorScreen() {
  const { permissions } = useViewer();
  return permissions.includes("appointments.change_all") ? <Desk /> : <NotAllowed />;
}

function Desk() {
  const t = useTranslations("operator");
  const staff = useTranslations("staff");
  const { preset } = useViewer().organization;
  const directory = useDirectory();
  const { refusal, tell } = useRefusal();
  const utils = trpc.useUtils();
  const [draft, setDraft] = useState<Draft>({});
  const [booked, setBooked] = useState<{ appointment: Appointment; seconds: number } | null>(null);
  const startedAt = useRef<number | null>(null);
  const key = useRef({ request: "", key: "" });
  const { caller, typed, service } = draft;
  const create = trpc.appointments.create.useMutation();

  function book({ providerId, siteId, startsAt }: { providerId: string; siteId: string; startsAt: string }) {
    if (!caller || !service || create.isPending) return;
    const { id, subjectId, typed: person } = caller;
    const request = {
      providerId,
      siteId,
      startsAt,
      serviceId: service.id,
      ...(id
        ? { clientId: id }
        : {
            client: {
              name: person.name,
              ...(person.phone.trim() && { phone: person.phone.trim() }),
              ...(person.email.trim() && { email: person.email.trim() }),
            },
          }),
      ...(subjectId && { subjectId }),
      ...(!subjectId &&
        person.reference.trim() && {
          subject: { kind: subjectKinds[preset], reference: person.reference.trim() },
        }),
    };
    const text = JSON.stringify(request);
    if (key.current.request !== text) key.current = { request: text, key: crypto.randomUUID() };
    create.mutate(
      { ...request, idempotencyKey: key.current.key },
      {
        onSuccess: ({ appointment }) => {
          const seconds = Math.round((Date.now() - (startedAt.current ?? Date.now())) / 1000);
          setBooked({ appointment, seconds });
          void utils.appointments.invalidate();
        },
        onError: (error) => {
          if (errorCode(error) === "slot_taken") toast.error(t("lost"));
          else if (errorCode(error) === "outside_availability") toast.error(refusal(error));
          else tell(error);
          void utils.availability.nearest.invalidate();
        },
      },
    );
  }

  function back(event: KeyboardEvent) {
    if (event.key !== "Escape" || booked) return;
    if (service) setDraft({ ...draft, service: undefined });
    else if (caller || typed) setDraft({});
  }

  function restart() {
    startedAt.current = null;
    setDraft({});
    setBooked(null);
  }

  if (booked) {
    return (
      <Page title={t("title")} width="narrow">
        <Booked {...booked} name={caller?.typed.name ?? ""} onAgain={restart} />
      </Page>
    );
  }
  return (
    <Page title={t("title")} lead={t("lead")} width="narrow">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape works from anywhere in the flow */}
      <div className="flex flex-col gap-3" onKeyDown={back}>
        <Step
          title={t("step.client")}
          done={caller ? [caller.typed.name, formatPhone(caller.typed.phone), caller.typed.reference] : null}
          onChange={() => setDraft({})}
        >
          {typed ? (
            <NewClientForm
              typed={typed}
              onDone={(person) => setDraft({ caller: { id: null, subjectId: null, typed: person }, service })}
            />
          ) : (
            <ClientPicker
              autoFocus
              onPick={(client) => {
                startedAt.current ??= Date.now();
                const [subject] = client.subjects;
                setDraft({
                  service,
                  caller: {
                    id: client.id,
                    subjectId: subject?.id ?? null,
                    typed: {
                      name: client.name,
                      phone: client.phone ?? "",
                      email: client.email ?? "",
                      reference: subject?.reference ?? "",
                    },
                  },
                });
              }}
              onCreate={(text) => {
                startedAt.current ??= Date.now();
                setDraft({ typed: typedClient(text), service });
              }}
            />
          )}
        </Step>
        {caller && (
          <Step
            title={t("step.service")}
            done={service ? [service.name, staff("minutes", { count: service.durationMinutes })] : null}
            onChange={() => setDraft({ caller })}
          >
            {directory.isPending ? (
              <RowsSkeleton rows={3} />
            ) : (
              <ChoiceList
                label={t("serviceList")}
                items={directory.services}
                keyOf={({ id }) => id}
                onChoose={(each) => setDraft({ ...draft, service: each })}
              >
                {(each) => (
                  <>
                    <span className="min-w-0 flex-1 truncate font-medium">{each.name}</span>
                    <span className="tabular text-muted-foreground text-xs">
                      {staff("minutes", { count: each.durationMinutes })}
                    </span>
                  </>
                )}
              </ChoiceList>
            )}
          </Step>
        )}
        {caller && service && (
          <>
            <Step title={create.isPending ? t("booking") : t("step.slot")} done={null}>
              <SlotStep
                key={service.id}
                serviceId={service.id}
                directory={directory}
                isBooking={create.isPending}
                onChoose={book}
              />
            </Step>
            <Step title={t("why.open")} done={null}>
              <ExplainForm serviceId={service.id} directory={directory} onBook={book} />
            </Step>
          </>
        )}
        <p className="text-muted-foreground text-xs">{t("hint")}</p>
      </div>
    </Page>
  );
}

type StepProps = {
  title: string;
  /** What was chosen; null while this step is open. */
  done: (string | null)[] | null;
  onChange?: () => void;
  children: ReactNode;
};

function Step({ title, done, onChange, children }: StepProps) {
  const t = useTranslations("operator");
  if (done) {
    return (
      <div className="flex items-center gap-3 rounded-xl border bg-surface px-4 py-2">
        <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
        <p className="min-w-0 flex-1 truncate">{done.filter(Boolean).join(" · ")}</p>
        <Button variant="ghost" size="small" onClick={onChange}>
          {t("change")}
        </Button>
      </div>
    );
  }
  return (
    <section className="rounded-xl border bg-surface p-4" aria-label={title}>
      <h2 className="mb-2.5 font-semibold">{title}</h2>
      {children}
    </section>
  );
}

type BookedProps = { appointment: Appointment; seconds: number; name: string; onAgain: () => void };

function Booked({ appointment, seconds, name, onAgain }: BookedProps) {
  const t = useTranslations("operator");
  const locale = useLocale();
  const directory = useDirectory();
  const zone = directory.siteById.get(appointment.siteId)?.timezone ?? "Europe/Paris";
  const place = { instant: appointment.startsAt, zone };
  return (
    <section
      aria-label={t("booked.title")}
      className="flex flex-col items-center gap-2 rounded-xl border border-success/40 bg-success/6 p-8 text-center"
    >
      <CircleCheck aria-hidden className="size-8 text-success" />
      <h2 className="font-semibold text-lg">{t("booked.title")}</h2>
      <p role="status" className="text-base">
        {t("booked.line", { name, day: longDay({ ...place, locale }), time: clockTime(place) })}
      </p>
      <p className="text-muted-foreground">
        {t("booked.with", {
          provider: directory.providerById.get(appointment.providerId)?.name ?? "",
          site: directory.siteById.get(appointment.siteId)?.name ?? "",
        })}{" "}
        <span className="tabular">({t("booked.seconds", { seconds })})</span>
      </p>
      <div className="mt-3 flex gap-2">
        <Button size="large" autoFocus onClick={onAgain}>
          {t("booked.again")}
        </Button>
        <Link
          href={`/dashboard/appointments/${appointment.id}`}
          className={buttonVariants({ variant: "secondary", size: "large" })}
        >
          {t("booked.open")}
        </Link>
      </div>
    </section>
  );
}
