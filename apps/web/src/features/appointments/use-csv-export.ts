"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { trpc } from "../../trpc/react.ts";
import type { Directory } from "../directory/use-directory.ts";
import { clockTime, localDate } from "../time/format-time.ts";
import type { Appointment } from "./appointment.ts";
import { byteOrderMark, csvLine, csvSeparator } from "./csv.ts";
import type { listInputOf } from "./table-filters.ts";

const pageSize = 1000;

type Export = { input: ReturnType<typeof listInputOf>; directory: Directory; zone: string };

type Names = {
  siteById: ReadonlyMap<string, { name: string }>;
  providerById: ReadonlyMap<string, { name: string }>;
  roomById: ReadonlyMap<string, { name: string }>;
};

/** Writes every row of a filter, page by page, into a file of the browser. `rows` counts while it runs, else null. */
export function useCsvExport() {
  const t = useTranslations("appointments");
  const staff = useTranslations("staff");
  const locale = useLocale();
  const utils = trpc.useUtils();
  const [rows, setRows] = useState<number | null>(null);

  /** The names that a page of rows needs of a large network, whose directory the screen holds only a part of. */
  async function learn(items: readonly Appointment[], directory: Directory): Promise<Names> {
    if (!directory.isPart) return directory;
    const { sites, providers, rooms } = utils.client.directory;
    const read = async <Item extends { id: string }>(
      ids: readonly (string | null)[],
      list: (input: { ids: string[] }) => Promise<{ items: Item[] }>,
    ) => {
      const known = new Map<string, Item>();
      const asked = [...new Set(ids)].filter((id) => id !== null);
      for (let at = 0; at < asked.length; at += 100) {
        const page = await list({ ids: asked.slice(at, at + 100) });
        for (const item of page.items) known.set(item.id, item);
      }
      return known;
    };
    return {
      siteById: await read(
        items.map(({ siteId }) => siteId),
        (input) => sites.list.query(input),
      ),
      providerById: await read(
        items.map(({ providerId }) => providerId),
        (input) => providers.list.query(input),
      ),
      roomById: await read(
        items.map(({ roomId }) => roomId),
        (input) => rooms.list.query(input),
      ),
    };
  }

  function line(appointment: Appointment, { directory, zone }: { directory: Names; zone: string }) {
    const provider = directory.providerById.get(appointment.providerId);
    const room = appointment.roomId ? directory.roomById.get(appointment.roomId) : undefined;
    const price =
      appointment.priceCents === null
        ? ""
        : new Intl.NumberFormat(locale, { minimumFractionDigits: 2, useGrouping: false }).format(
            appointment.priceCents / 100,
          );
    return [
      localDate({ instant: appointment.startsAt, zone }),
      clockTime({ instant: appointment.startsAt, zone }),
      clockTime({ instant: appointment.endsAt, zone }),
      zone,
      appointment.clientName,
      appointment.clientPhone,
      appointment.clientEmail,
      appointment.serviceName,
      appointment.title,
      provider?.name,
      directory.siteById.get(appointment.siteId)?.name,
      room?.name,
      staff(`statuses.${appointment.status}`),
      appointment.subjectReference,
      staff(`sources.${appointment.source}`),
      price,
    ];
  }

  async function run(request: Export) {
    const separator = csvSeparator(locale);
    const columns = [
      t("export.columns.date"),
      t("export.columns.start"),
      t("export.columns.end"),
      t("export.columns.zone"),
      t("export.columns.client"),
      t("export.columns.phone"),
      t("export.columns.email"),
      t("export.columns.service"),
      t("export.columns.title"),
      t("export.columns.provider"),
      t("export.columns.site"),
      t("export.columns.room"),
      t("export.columns.status"),
      t("export.columns.subject"),
      t("export.columns.source"),
      t("export.columns.price"),
    ];
    const parts = [byteOrderMark, csvLine(columns, separator)];
    let cursor: string | null = null;
    let count = 0;
    setRows(0);
    try {
      do {
        // Not through the cache: an export of many pages would crowd out what the screen shows.
        const page: { items: Appointment[]; nextCursor: string | null } =
          await utils.client.appointments.list.query({ ...request.input, cursor, limit: pageSize });
        const names = { directory: await learn(page.items, request.directory), zone: request.zone };
        for (const appointment of page.items) parts.push(csvLine(line(appointment, names), separator));
        count += page.items.length;
        setRows(count);
        cursor = page.nextCursor;
      } while (cursor);
      save(new Blob(parts, { type: "text/csv;charset=utf-8" }), `${t("export.fileName")}.csv`);
      toast.success(t("export.done", { count }));
    } catch {
      toast.error(t("export.failed"));
    } finally {
      setRows(null);
    }
  }

  return { rows, run };
}

function save(file: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
