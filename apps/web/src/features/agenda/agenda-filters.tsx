import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../../components/button.tsx";
import { Input } from "../../components/input.tsx";
import { Select } from "../../components/select.tsx";
import { DirectorySelect } from "../directory/directory-select.tsx";
import { dateIn } from "../time/period.ts";
import { plusDays } from "../time/wall-time.ts";
import { type Agenda, agendaRanges } from "./use-agenda.ts";

/** Which days, how many, where and whose. */
export function AgendaFilters({ agenda }: { agenda: Agenda }) {
  const t = useTranslations("agenda");
  const staff = useTranslations("staff");
  const { url, date, days, directory, siteId, providerId } = agenda;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="flex items-center gap-1">
        <Button
          variant="secondary"
          size="icon"
          className="size-9 max-sm:size-11"
          aria-label={t("previous")}
          onClick={() => url.update({ date: plusDays(date, -days) })}
        >
          <ChevronLeft />
        </Button>
        <Button variant="secondary" className="h-9 max-sm:h-11" onClick={() => url.update({ date: null })}>
          {staff("today")}
        </Button>
        <Button
          variant="secondary"
          size="icon"
          className="size-9 max-sm:size-11"
          aria-label={t("next")}
          onClick={() => url.update({ date: plusDays(date, days) })}
        >
          <ChevronRight />
        </Button>
      </div>
      <Input
        type="date"
        aria-label={t("goTo")}
        className="w-auto max-sm:min-w-36 max-sm:flex-1"
        value={date}
        onChange={(event) => dateIn(event.target.value) && url.update({ date: event.target.value })}
      />
      <Select
        aria-label={t("range")}
        value={days}
        onChange={(event) => url.update({ days: event.target.value === "7" ? null : event.target.value })}
      >
        {agendaRanges.map((each) => (
          <option key={each.key} value={each.days}>
            {t(each.key)}
          </option>
        ))}
      </Select>
      {(directory.isPart || directory.sites.length > 1) && (
        <DirectorySelect
          kind="sites"
          aria-label={staff("site")}
          value={siteId}
          items={directory.sites}
          emptyLabel={staff("allSites")}
          onChange={(id) => url.update({ site: id })}
        />
      )}
      {(directory.isPart || directory.providers.length > 1) && (
        <DirectorySelect
          kind="providers"
          aria-label={staff("provider")}
          value={providerId}
          items={directory.providers}
          siteId={siteId}
          emptyLabel={staff("allProviders")}
          onChange={(id) => url.update({ provider: id })}
        />
      )}
    </div>
  );
}
