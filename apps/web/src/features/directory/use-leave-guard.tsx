"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogContent } from "../../components/dialog.tsx";

/** An edit that is not saved, and how to give it up. */
export type OpenEdit = { discard: () => void };

/** The inner link that a plain click would follow away from this page; null for any other click. */
function leavingLink(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.href || (link.target && link.target !== "_self") || link.hasAttribute("download")) return null;
  const { origin, pathname, search, hash } = new URL(link.href);
  if (origin !== location.origin || pathname === location.pathname) return null;
  return pathname + search + hash;
}

/**
 * Asks before an edit that is not saved is left: by a link, by Back where the browser lets a page ask, by closing the
 * tab (the browser's own question), and by whatever goes through `leave`. `description`: what would be lost.
 */
export function useLeaveGuard(edit: OpenEdit | null, description: string) {
  const isDirty = edit !== null;
  const t = useTranslations("staff.leave");
  const router = useRouter();
  const [waiting, setWaiting] = useState<(() => void) | null>(null);
  const isAllowed = useRef(false);

  useEffect(() => {
    if (!isDirty) return;
    isAllowed.current = false;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    const follow = (event: MouseEvent) => {
      const href = leavingLink(event);
      if (!href) return;
      event.preventDefault();
      event.stopPropagation();
      setWaiting(() => () => router.push(href));
    };
    const travel = (event: NavigateEvent) => {
      if (event.navigationType !== "traverse" || !event.cancelable || isAllowed.current) return;
      const steps = event.destination.index - (window.navigation.currentEntry?.index ?? 0);
      if (steps === 0) return;
      event.preventDefault();
      setWaiting(() => () => history.go(steps));
    };
    const travels = "navigation" in window ? window.navigation : null;
    window.addEventListener("beforeunload", ask);
    document.addEventListener("click", follow, true);
    travels?.addEventListener("navigate", travel);
    return () => {
      window.removeEventListener("beforeunload", ask);
      document.removeEventListener("click", follow, true);
      travels?.removeEventListener("navigate", travel);
    };
  }, [isDirty, router]);

  function leave(action: () => void) {
    if (isDirty) setWaiting(() => action);
    else action();
  }

  function goOn() {
    isAllowed.current = true;
    edit?.discard();
    waiting?.();
    setWaiting(null);
  }

  const dialog = (
    <Dialog open={waiting !== null} onOpenChange={(open) => !open && setWaiting(null)}>
      <DialogContent title={t("title")} description={description}>
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="secondary" className="h-11 sm:h-8" onClick={() => setWaiting(null)}>
            {t("stay")}
          </Button>
          <Button variant="danger" className="h-11 sm:h-8" onClick={goOn}>
            {t("discard")}
          </Button>
        </div>
      </DialogContent>
    </Dialog>
  );
  return { leave, dialog };
}
