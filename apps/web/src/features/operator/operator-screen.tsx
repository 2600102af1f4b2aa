"use client";

import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { toast } from "sonner";
import { Button } from "../../components/button.tsx";
import { formatPhone } from "../../components/format-phone.ts";
import { Page } from "../../components/page.tsx";
import { errorCode, errorDetails } from "../../trpc/error-code.ts";
import { trpc } from "../../trpc/react.ts";
import type { Appointment } from "../appointments/appointment.ts";
import { ExplainForm } from "../availability/explain-form.tsx";
import { ClientPicker } from "../clients/client-picker.tsx";
import { usualSubjectKind } from "../clients/subject-fields.ts";
import { type TypedClient, typedClient } from "../clients/typed-client.ts";
import { NotAllowed, RowsSkeleton } from "../directory/query-state.tsx";
import { type Service, useDirectory } from "../directory/use-directory.ts";
import { useRefusal } from "../directory/use-refusal.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { BookedNotice } from "./booked-notice.tsx";
import { type Caller, callerOf, type FoundSubject, isNamed, subjectOf } from "./caller.ts";
import { ChoiceList } from "./choice-list.tsx";
import { NewClientForm } from "./new-client-form.tsx";
import { SlotStep } from "./slot-step.tsx";

type Draft = {
  caller?: Caller;
  typed?: TypedClient;
  /** What the server took for no phone number. */
  refusedPhone?: string;
  service?: Service;
  /** What was looked for, so that going back loses nothing. */
  text?: string;
  /** The caller's, while it is open which one this is about. */
  subjects?: readonly FoundSubject[];
};

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
    const { id, typed: person } = caller;
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
      ...subjectOf(caller, usualSubjectKind[preset]),
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
          // Back to the caller, who is still on the line; the service stays chosen.
          if (errorDetails(error).field === "client.phone")
            return setDraft({ service, text: draft.text, typed: person, refusedPhone: person.phone });
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
    const { text } = draft;
    if (service) setDraft({ ...draft, service: undefined });
    else if (caller || typed) setDraft({ text });
  }

  function restart() {
    startedAt.current = null;
    setDraft({});
    setBooked(null);
  }

  if (booked) {
    return (
      <Page title={t("title")} width="narrow">
        <BookedNotice {...booked} name={caller?.typed.name ?? ""} onAgain={restart} />
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
          onChange={() => setDraft({ text: draft.text, service })}
        >
          {typed ? (
            <NewClientForm
              typed={typed}
              refusedPhone={draft.refusedPhone}
              onDone={(person) =>
                setDraft({ caller: { id: null, subjectId: null, typed: person }, service, text: draft.text })
              }
            />
          ) : (
            <ClientPicker
              autoFocus
              initialText={draft.text ?? ""}
              onPick={(client, text) => {
                startedAt.current ??= Date.now();
                const isOpen = client.subjects.length > 1 && !isNamed(client.subjects[0], text);
                const caller = callerOf(client, isOpen ? undefined : client.subjects[0]);
                setDraft({ service, text, caller, ...(isOpen && { subjects: client.subjects }) });
              }}
              onCreate={(text) => {
                startedAt.current ??= Date.now();
                setDraft({ typed: typedClient(text), service, text });
              }}
            />
          )}
        </Step>
        {caller && draft.subjects && (
          <Step title={t("step.subject")} done={null}>
            <ChoiceList
              label={t("step.subject")}
              items={[...draft.subjects, null]}
              keyOf={(each) => each?.id ?? "none"}
              onChoose={(each) =>
                setDraft({
                  ...draft,
                  subjects: undefined,
                  caller: {
                    ...caller,
                    subjectId: each?.id ?? null,
                    typed: { ...caller.typed, reference: each?.reference ?? "" },
                  },
                })
              }
            >
              {(each) =>
                each ? (
                  <>
                    <span className="tabular rounded border px-1.5 py-0.5 font-medium text-xs">
                      {each.reference}
                    </span>
                    <span className="min-w-0 flex-1 truncate">{each.label}</span>
                  </>
                ) : (
                  <span>{t("noSubject")}</span>
                )
              }
            </ChoiceList>
          </Step>
        )}
        {caller && !draft.subjects && (
          <Step
            title={t("step.service")}
            done={service ? [service.name, staff("minutes", { count: service.durationMinutes })] : null}
            onChange={() => setDraft({ ...draft, service: undefined })}
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
        {caller && service && !draft.subjects && (
          <>
            <Step title={create.isPending ? t("booking") : t("step.slot")} done={null}>
              <SlotStep
                key={service.id}
                serviceId={service.id}
                subject={subjectOf(caller, usualSubjectKind[preset])}
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
