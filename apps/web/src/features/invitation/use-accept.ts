"use client";

import { useLocale } from "next-intl";
import { useState } from "react";
import { trpc } from "../../trpc/react.ts";
import { useRefusal } from "../directory/use-refusal.ts";

type Account = { name: string; password: string; locale: "fr" | "en" };

/** Takes the seat and opens the calendar; says why when it is refused. */
export function useAccept(token: string) {
  const locale = useLocale();
  const { refusal } = useRefusal();
  const [problem, setProblem] = useState<string | null>(null);
  const mutation = trpc.members.acceptInvitation.useMutation();

  async function accept(account?: Account) {
    setProblem(null);
    try {
      await mutation.mutateAsync({ token, account });
    } catch (error) {
      setProblem(refusal(error));
      return;
    }
    // A full load, so that the server renders the shell with the new session and seat.
    location.assign(`/${locale}/dashboard/calendar`);
    await new Promise(() => {});
  }

  return { accept, problem, setProblem };
}
