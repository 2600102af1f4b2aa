"use client";

import { UserPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Page } from "../../components/page.tsx";
import { trpc } from "../../trpc/react.ts";
import { LoadFailure, RowsSkeleton } from "../directory/query-state.tsx";
import { useViewer } from "../viewer/viewer.tsx";
import { InvitationsPanel } from "./invitations-panel.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { MemberList } from "./member-list.tsx";
import { RoleMatrix } from "./role-matrix.tsx";
import { seatReach } from "./seat-reach.ts";

/** The team: who has which seat, who is invited, and what each role may do. */
export function MembersScreen() {
  const t = useTranslations("members");
  const viewer = useViewer();
  const { mayChange } = seatReach(viewer);
  const [isInviting, setIsInviting] = useState(false);
  const list = trpc.members.list.useQuery();
  return (
    <Page
      title={t("title")}
      lead={mayChange ? t("lead", { organization: viewer.organization.name }) : t("readOnly")}
      actions={
        mayChange && (
          <Button className="max-sm:h-11" onClick={() => setIsInviting(true)}>
            <UserPlus aria-hidden />
            {t("invite")}
          </Button>
        )
      }
    >
      {list.isPending && <RowsSkeleton rows={5} />}
      {list.isError && <LoadFailure onRetry={() => void list.refetch()} />}
      {list.data && (
        <>
          <MemberList members={list.data.items} />
          {(mayChange || list.data.invitations.length > 0) && (
            <InvitationsPanel invitations={list.data.invitations} />
          )}
          <RoleMatrix />
        </>
      )}
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} />}
    </Page>
  );
}
