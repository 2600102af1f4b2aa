"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Outputs } from "../../trpc/react.ts";

type Me = NonNullable<Outputs["session"]["me"]>;

/** The person signed in, in the organization they are working in. */
export type Viewer = Omit<Me, "organization" | "role"> & {
  organization: NonNullable<Me["organization"]>;
  role: NonNullable<Me["role"]>;
};

const ViewerContext = createContext<Viewer | null>(null);

export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

/** Who is looking. Only below the dashboard's shell, which a visitor without a session never reaches. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("useViewer needs the dashboard shell above it");
  return viewer;
}
