"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { Dialog, DialogContent } from "../../components/dialog.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { Panel } from "../../components/page.tsx";
import { errorCode } from "../../trpc/error-code.ts";
import { type Outputs, trpc } from "../../trpc/react.ts";
import type { Appointment } from "../appointments/appointment.ts";
import type { Directory, Provider } from "../directory/use-directory.ts";
import type { OpenEdit } from "../directory/use-leave-guard.tsx";
import { useRefusal } from "../directory/use-refusal.ts";
import { useUrlState } from "../directory/use-url-state.ts";
import { useViewer } from "../viewer/viewer.tsx";
import { CollisionList } from "./collision-list.tsx";
import { type DatedItem, exceptionItems, type Owner, sortItems, timeOffItem } from "./dated-items.ts";
import { DatedPanel } from "./dated-panel.tsx";
import { ExplainForm } from "./explain-form.tsx";
import type { DaySelection } from "./month-calendar.tsx";
import { providerSchedule, siteSchedule } from "./open-windows.ts";
import { PreviewPanel } from "./preview-panel.tsx";
import { useWeekDraft } from "./use-week-draft.ts";
import { toRules } from "./week-draft.ts";
import { WeekPanel } from "./week-panel.tsx";

type Availability = Outputs["availability"]["get"];
type SiteHours = Outputs["availability"]["openingHours"];

type HoursEditorProps = {
  siteHours: SiteHours;
  /** Absent: the site's own hours. */
  availability: Availability | undefined;
  provider: Provider | undefined;
  directory: Directory;
  canChange: boolean;
  today: string;
  selection: DaySelection;
  onSelect: (selection: DaySelection) => void;
  onEdit: (edit: OpenEdit | null) => void;
};

/** Stored rules of a week that has none. */
const noRules: SiteHours["rules"] = [];

/** Week, dated changes, preview and explanation of one provider or site. */
export function HoursEditor(props: HoursEditorProps) {
  const { siteHours, availability, provider, directory, canChange, today, selection } = props;
  const { onSelect, onEdit } = props;
  const t = useTranslations("availability");
  const viewer = useViewer();
  const url = useUrlState();
  const { siteId, timezone: zone } = siteHours;
  const stored = availability
    ? (availability.sites.find((site) => site.siteId === siteId)?.rules ?? noRules)
    : siteHours.rules;
  const draft = useWeekDraft({
    name: `${viewer.user.id} ${viewer.organization.id} ${siteId} ${provider?.id}`,
    stored,
  });
  const { isSaving, save } = useSaveWeek({ siteId, providerId: provider?.id });
  const frame = useRef<HTMLDivElement>(null);
  const [previewed, setPreviewed] = useState(selection.head);
  const [collisions, setCollisions] = useState<readonly Appointment[]>([]);
  const [asked, setAsked] = useState<{ date: string; minute: number } | undefined>();

  const tell = useEffectEvent((isDirty: boolean) => onEdit(isDirty ? { discard: draft.discard } : null));
  useEffect(() => {
    tell(draft.isDirty);
    return () => tell(false);
  }, [draft.isDirty]);

  const schedule = useMemo(
    () => (availability ? providerSchedule(availability, siteHours) : siteSchedule(siteHours)),
    [availability, siteHours],
  );
  const items = useMemo(() => datedItems(siteHours, availability), [siteHours, availability]);
  const services = directory.services.filter(({ id }) => provider?.serviceIds.includes(id));
  const serviceId = services.find(({ id }) => id === url.get("service"))?.id ?? services[0]?.id ?? "";
  const coversAll =
    viewer.siteIds.length === 0 || provider?.siteIds.every((id) => viewer.siteIds.includes(id)) === true;
  const hasManySites = (provider?.siteIds.length ?? 0) > 1;

  async function saveWeek() {
    const basedOn = draft.hasMoved ? stored.map(({ id }) => id) : draft.basedOn;
    const stranded = await save({ rules: toRules(draft.rules), basedOn });
    if (!stranded) return;
    draft.discard();
    if (stranded.length > 0) return setCollisions(stranded);
    // The button pressed is gone.
    frame.current?.querySelector<HTMLElement>("[data-week]")?.focus();
  }

  return (
    <div
      ref={frame}
      className={joinClasses(
        "grid items-start gap-5",
        // A site has no slots of its own: its week and its dates stand side by side instead.
        provider ? "lg:grid-cols-[minmax(0,1fr)_23rem]" : "xl:grid-cols-2",
      )}
    >
      {collisions.length > 0 && (
        <Dialog open onOpenChange={(open) => !open && setCollisions([])}>
          <DialogContent title={t("save.collisions", { count: collisions.length })}>
            <CollisionList appointments={collisions} zone={zone} onClose={() => setCollisions([])} />
          </DialogContent>
        </Dialog>
      )}
      <div className={provider ? "flex min-w-0 flex-col gap-5" : "contents"}>
        <WeekPanel
          draft={draft}
          description={provider ? t("week.ofProvider", { name: provider.name }) : t("week.ofSite")}
          opening={provider ? siteHours.rules : noRules}
          today={today}
          canChange={canChange}
          isSaving={isSaving}
          onSave={() => void saveWeek()}
        />
        <DatedPanel
          schedule={schedule}
          items={items}
          target={{ providerId: provider?.id ?? null, siteId, zone }}
          today={today}
          canChange={canChange}
          canChooseEverySite={hasManySites && coversAll}
          hasManySites={hasManySites}
          roomName={(id) => directory.roomById.get(id)?.name}
          selection={selection}
          onSelect={(next) => {
            onSelect(next);
            setPreviewed(next.head);
          }}
        />
      </div>
      <div className={provider ? "flex min-w-0 flex-col gap-5" : "hidden"}>
        {provider && serviceId !== "" && (
          <>
            <PreviewPanel
              providerId={provider.id}
              siteId={siteId}
              zone={zone}
              services={services}
              serviceId={serviceId}
              date={previewed < today ? today : previewed}
              today={today}
              isUnsaved={draft.isDirty}
              onService={(id) => url.update({ service: id })}
              onDate={setPreviewed}
              onExplain={(date) => setAsked({ date, minute: 600 })}
            />
            <Panel title={t("explain.title")} description={t("explain.description")}>
              <ExplainForm
                key={`${serviceId} ${asked?.date}`}
                serviceId={serviceId}
                directory={directory}
                providerId={provider.id}
                siteId={siteId}
                zone={zone}
                {...(asked && { initial: asked })}
              />
            </Panel>
          </>
        )}
        {provider && serviceId === "" && (
          <Panel title={t("preview.title")}>
            <p className="text-muted-foreground">{t("preview.noService")}</p>
          </Panel>
        )}
      </div>
    </div>
  );
}

/** One's own dated changes with those of the site around them; of a site, with those of its rooms. */
function datedItems(site: SiteHours, availability: Availability | undefined): DatedItem[] {
  const zone = site.timezone;
  const ofSite: Owner = availability ? "site" : "own";
  const closures = site.timeOff
    .filter(({ roomId }) => roomId === null || !availability)
    .map((each) => timeOffItem(each, { zone, owner: each.roomId ? "room" : ofSite }));
  const own = availability
    ? [
        ...exceptionItems(
          availability.exceptions.filter(({ siteId }) => siteId === null || siteId === site.siteId),
          "own",
        ),
        ...availability.timeOff.map((each) => timeOffItem(each, { zone, owner: "own" })),
      ]
    : [];
  return sortItems([...own, ...exceptionItems(site.exceptions, ofSite), ...closures]);
}

type Save = { rules: ReturnType<typeof toRules>; basedOn: string[] };

/** Saves a week whole; answers the appointments that it leaves outside once it is stored, null if it is not. */
function useSaveWeek({ siteId, providerId }: { siteId: string; providerId: string | undefined }) {
  const t = useTranslations("availability.save");
  const { tell } = useRefusal();
  const utils = trpc.useUtils();
  const setRules = trpc.availability.setRules.useMutation();
  const setOpeningHours = trpc.availability.setOpeningHours.useMutation();

  async function save({ rules, basedOn }: Save): Promise<readonly Appointment[] | null> {
    let saved: { collisions: Appointment[] };
    try {
      saved = providerId
        ? await setRules.mutateAsync({ providerId, siteId, rules, basedOn })
        : await setOpeningHours.mutateAsync({ siteId, rules, basedOn });
    } catch (error) {
      if (errorCode(error) !== "version_conflict") tell(error);
      // Shows in the bar that somebody else was quicker, and what to do.
      else await utils.availability.invalidate();
      return null;
    }
    await utils.availability.invalidate();
    toast.success(t("done"));
    return saved.collisions;
  }
  return { isSaving: setRules.isPending || setOpeningHours.isPending, save };
}
