import { useTranslations } from "next-intl";
import { formatPhone } from "../../components/format-phone.ts";
import { ExplainForm } from "../availability/explain-form.tsx";
import { ClientPicker } from "../clients/client-picker.tsx";
import { RowsSkeleton } from "../directory/query-state.tsx";
import { useDirectory } from "../directory/use-directory.ts";
import { ChoiceList } from "./choice-list.tsx";
import { DeskStep } from "./desk-step.tsx";
import { NewClientForm } from "./new-client-form.tsx";
import { SlotStep } from "./slot-step.tsx";
import type { DeskState } from "./use-desk.ts";

/** Who calls: found in one box, or typed. */
export function CallerStep({ desk }: { desk: DeskState }) {
  const t = useTranslations("operator");
  const { caller, typed } = desk;
  return (
    <DeskStep
      title={t("step.client")}
      done={caller ? [caller.typed.name, formatPhone(caller.typed.phone), caller.typed.reference] : null}
      onChange={desk.changeClient}
    >
      {typed ? (
        <NewClientForm typed={typed} refusedPhone={desk.refusedPhone} onDone={desk.nameClient} />
      ) : (
        <ClientPicker
          autoFocus
          initialText={desk.text ?? ""}
          onPick={desk.pickClient}
          onCreate={desk.startClient}
        />
      )}
    </DeskStep>
  );
}

/** Which of the caller's subjects it is about, when there are several. */
export function SubjectStep({ desk }: { desk: DeskState }) {
  const t = useTranslations("operator");
  if (!desk.caller || !desk.subjects) return null;
  return (
    <DeskStep title={t("step.subject")} done={null}>
      <ChoiceList
        label={t("step.subject")}
        items={[...desk.subjects, null]}
        keyOf={(each) => each?.id ?? "none"}
        onChoose={desk.chooseSubject}
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
    </DeskStep>
  );
}

/** What is booked, then when, and why a time is not offered. */
export function ServiceAndSlotSteps({ desk }: { desk: DeskState }) {
  const t = useTranslations("operator");
  const staff = useTranslations("staff");
  const directory = useDirectory();
  const { service } = desk;
  if (!desk.isCallerSettled) return null;
  const minutes = (count: number) => staff("minutes", { count });
  return (
    <>
      <DeskStep
        title={t("step.service")}
        done={service ? [service.name, minutes(service.durationMinutes)] : null}
        onChange={() => desk.chooseService(undefined)}
      >
        {directory.isPending ? (
          <RowsSkeleton rows={3} />
        ) : (
          <ChoiceList
            label={t("serviceList")}
            items={directory.services}
            keyOf={({ id }) => id}
            onChoose={desk.chooseService}
          >
            {(each) => (
              <>
                <span className="min-w-0 flex-1 truncate font-medium">{each.name}</span>
                <span className="tabular text-muted-foreground text-xs">{minutes(each.durationMinutes)}</span>
              </>
            )}
          </ChoiceList>
        )}
      </DeskStep>
      {service && (
        <>
          <DeskStep title={desk.isBooking ? t("booking") : t("step.slot")} done={null}>
            <SlotStep
              key={service.id}
              serviceId={service.id}
              subject={desk.subject}
              isBooking={desk.isBooking}
              onChoose={desk.book}
            />
          </DeskStep>
          <DeskStep title={t("why.open")} done={null}>
            <ExplainForm serviceId={service.id} directory={directory} onBook={desk.book} />
          </DeskStep>
        </>
      )}
    </>
  );
}
