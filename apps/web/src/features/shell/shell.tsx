"use client";

import { Menu, PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Drawer } from "../../components/drawer.tsx";
import { joinClasses } from "../../components/join-classes.ts";
import { ProductMark } from "../identity/product-mark.tsx";
import { PaletteButton } from "../palette/palette-button.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { NavigationList } from "./navigation-list.tsx";
import { OrganizationSwitcher } from "./organization-switcher.tsx";
import { SavedTheme } from "./saved-theme.tsx";
import { SessionWatch } from "./session-watch.tsx";
import { UserMenu } from "./user-menu.tsx";

/** The frame of every staff screen: a sidebar that folds, and a top bar with a drawer on a small screen. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  const [isCompact, setIsCompact] = useState(false);
  const [isDrawerOpen, setIsDrawerOpen] = useState(false);
  return (
    <div className="flex h-dvh flex-col md:flex-row print:h-auto">
      <SavedTheme />
      <SessionWatch />
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-accent-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("skipToContent")}
      </a>
      <aside
        className={joinClasses(
          "hidden shrink-0 flex-col gap-3 border-r bg-background p-2 md:flex print:hidden",
          isCompact ? "w-14" : "w-14 lg:w-56",
        )}
      >
        <SidebarContent isCompact={isCompact} />
        <div className="mt-auto flex flex-col gap-1">
          <Button
            variant="ghost"
            size="icon"
            className="hidden self-start text-muted-foreground lg:inline-flex"
            aria-label={isCompact ? t("expand") : t("collapse")}
            onClick={() => setIsCompact(!isCompact)}
          >
            {isCompact ? <PanelLeftOpen /> : <PanelLeftClose />}
          </Button>
          <span className={isCompact ? "hidden" : "hidden lg:block"}>
            <UserMenu />
          </span>
          <span className={isCompact ? "" : "lg:hidden"}>
            <UserMenu compact />
          </span>
        </div>
      </aside>
      <header className="flex h-12 shrink-0 items-center justify-between border-b bg-background px-2 md:hidden print:hidden">
        <Drawer
          title={t("navigation")}
          open={isDrawerOpen}
          onOpenChange={setIsDrawerOpen}
          trigger={
            <Button variant="ghost" size="icon" className="size-11" aria-label={t("openNavigation")}>
              <Menu />
            </Button>
          }
        >
          <div className="flex flex-col gap-3">
            <OrganizationSwitcher />
            <NavigationList onNavigate={() => setIsDrawerOpen(false)} />
          </div>
        </Drawer>
        <ProductMark />
        <div className="flex items-center">
          <PaletteButton compact />
          <UserMenu compact />
        </div>
      </header>
      <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col focus:outline-none">
        <ConnectionBanner />
        {children}
      </main>
    </div>
  );
}

function SidebarContent({ isCompact }: { isCompact: boolean }) {
  if (isCompact) {
    return (
      <>
        <OrganizationSwitcher compact />
        <PaletteButton compact listens />
        <NavigationList compact />
      </>
    );
  }
  return (
    <>
      <div className="hidden flex-col gap-3 lg:flex">
        <OrganizationSwitcher />
        <PaletteButton listens />
        <NavigationList />
      </div>
      <div className="flex flex-col gap-3 lg:hidden">
        <OrganizationSwitcher compact />
        <PaletteButton compact />
        <NavigationList compact />
      </div>
    </>
  );
}
