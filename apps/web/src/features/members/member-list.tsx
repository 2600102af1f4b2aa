"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Input } from "../../components/input.tsx";
import { EditSeatDialog } from "./edit-seat-dialog.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import type { Member } from "./member.ts";
import { MemberRow } from "./member-row.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { useSeatSites } from "./use-seat-sites.ts";

/** From this many on, a team is searched rather than read. */
const manyMembers = 12;

/** Everybody with a seat, and what can be done with it. */
export function MemberList({ members }: { members: readonly Member[] }) {
  const t = useTranslations("members");
  const [search, setSearch] = useState("");
  const [question, setQuestion] = useState<{ about: Member; kind: "edit" | "remove" | "leave" } | null>(null);
  const wanted = search.trim().toLocaleLowerCase();
  const shown = members.filter(({ name, email }) => `${name} ${email}`.toLocaleLowerCase().includes(wanted));
  const isOnlyOwner = ({ role }: Member) =>
    role === "owner" && members.filter((each) => each.role === "owner").length === 1;
  const sitesOf = useSeatSites(members);
  const close = () => setQuestion(null);

  return (
    <section aria-label={t("title")} className="flex flex-col gap-3">
      {members.length >= manyMembers && (
        <Input
          type="search"
          className="max-w-sm max-sm:h-11"
          aria-label={t("search")}
          placeholder={t("search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <div className="@container overflow-hidden rounded-xl border bg-surface">
        <div
          aria-hidden
          className="hidden gap-4 border-b bg-muted/40 px-4 py-2 font-medium text-muted-foreground text-xs @3xl:grid @3xl:grid-cols-[minmax(0,1fr)_8rem_10rem_7rem_2rem]"
        >
          <span>{t("people", { count: members.length })}</span>
          <span>{t("columns.role")}</span>
          <span>{t("columns.sites")}</span>
          <span>{t("columns.since")}</span>
        </div>
        <ul className="divide-y">
          {shown.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              sites={sitesOf(member)}
              onAsk={(kind) => setQuestion({ about: member, kind })}
            />
          ))}
        </ul>
        {shown.length === 0 && (
          <p className="px-4 py-6 text-center text-muted-foreground">{t("noMatch", { search })}</p>
        )}
      </div>
      {question?.kind === "edit" && (
        <EditSeatDialog member={question.about} isOnlyOwner={isOnlyOwner(question.about)} onClose={close} />
      )}
      {question?.kind === "remove" && (
        <RemoveDialog member={question.about} isOnlyOwner={isOnlyOwner(question.about)} onClose={close} />
      )}
      {question?.kind === "leave" && <LeaveDialog onClose={close} />}
    </section>
  );
}
