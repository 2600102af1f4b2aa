"use client";

import { useTranslations } from "next-intl";
import { Page } from "../../components/page.tsx";
import { NotAllowed } from "../directory/query-state.tsx";
import { useViewer } from "../viewer/viewer.tsx";
import { BookedNotice } from "./booked-notice.tsx";
import { CallerStep, ServiceAndSlotSteps, SubjectStep } from "./desk-steps.tsx";
import { useDesk } from "./use-desk.ts";

/** The call desk: client, service, time, booked, without a mouse. Escape goes back a step. */
export function OperatorScreen() {
  const { permissions } = useViewer();
  return permissions.includes("appointments.change_all") ? <Desk /> : <NotAllowed />;
}

function Desk() {
  const t = useTranslations("operator");
  const desk = useDesk();
  if (desk.booked) {
    return (
      <Page title={t("title")} width="narrow">
        <BookedNotice {...desk.booked} name={desk.caller?.typed.name ?? ""} onAgain={desk.restart} />
      </Page>
    );
  }
  return (
    <Page title={t("title")} lead={t("lead")} width="narrow">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape works from anywhere in the flow */}
      <div className="flex flex-col gap-3" onKeyDown={desk.onKeyDown}>
        <CallerStep desk={desk} />
        <SubjectStep desk={desk} />
        <ServiceAndSlotSteps desk={desk} />
        <p className="text-muted-foreground text-xs">{t("hint")}</p>
      </div>
    </Page>
  );
}
