"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Segments } from "../../components/segments.tsx";
import { SidePanel } from "../../components/side-panel.tsx";
import { dayAndTime } from "../time/format-time.ts";
import { useViewer } from "../viewer/viewer.tsx";
import type { Appointment, Provider, Room } from "./appointment.ts";
import { BlockForm } from "./block-form.tsx";
import { BlockedNotice } from "./blocked-notice.tsx";
import type { Draft } from "./calendar-panel.ts";
import { CreateForm } from "./create-form.tsx";
import type { PlacementFacts } from "./placement-obstacles.ts";

type CreatePanelProps = {
  draft: Draft;
  providers: readonly Provider[];
  rooms: readonly Room[];
  facts: PlacementFacts;
  canForce: boolean;
  /** Providers whose time this person may block; empty leaves only appointments. */
  blockable: readonly Provider[];
  onCreated: (appointment: Appointment) => void;
  onClose: () => void;
};

const kinds = ["appointment", "block"] as const;

/** Beside the grid: what to put into the marked time. */
export default function CreatePanel(props: CreatePanelProps) {
  const { draft, providers, rooms, facts, canForce, blockable, onCreated, onClose } = props;
  const t = useTranslations("calendar.create");
  const locale = useLocale();
  const zone = useViewer().organization.timezone;
  const [kind, setKind] = useState<(typeof kinds)[number]>("appointment");
  const timeOff = timeOffAt(facts, draft);
  const instant = (at: number) => dayAndTime({ instant: new Date(at).toISOString(), zone, locale });
  return (
    <SidePanel open isForm onClose={onClose} title={t("title")}>
      {blockable.length > 0 && (
        <Segments
          label={t("kind")}
          choices={kinds.map((each) => ({ value: each, label: t(`kinds.${each}`) }))}
          value={kind}
          onChange={setKind}
          className="mb-4 grid grid-cols-2"
        />
      )}
      {timeOff && blockable.length > 0 && (
        <BlockedNotice
          timeOff={{
            id: timeOff.id,
            reason: timeOff.reason,
            time: `${instant(timeOff.start)} – ${instant(timeOff.end)}`,
          }}
          onDone={onClose}
        />
      )}
      {kind === "appointment" ? (
        <CreateForm
          draft={draft}
          providers={providers}
          rooms={rooms}
          canForce={canForce}
          onCreated={onCreated}
        />
      ) : (
        <BlockForm draft={draft} providers={blockable} rooms={rooms} onDone={onClose} />
      )}
    </SidePanel>
  );
}

/** The time off that the draft lies in, of its room or of its provider. */
function timeOffAt(facts: PlacementFacts, { startsAt, providerId, roomId }: Draft) {
  const at = Date.parse(startsAt);
  const ofProviders = providerId
    ? (facts.agendas.get(providerId)?.away ?? [])
    : facts.agendas.size === 1
      ? [...facts.agendas.values()].flatMap(({ away }) => away)
      : [];
  const ofRoom = roomId ? (facts.rooms.get(roomId)?.away ?? []) : [];
  return [...ofRoom, ...ofProviders].find(({ start, end }) => start <= at && at < end);
}
