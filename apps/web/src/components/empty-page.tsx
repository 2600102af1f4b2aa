import { EmptyState, type EmptyStateProps } from "./empty-state.tsx";

/** A page that is nothing but an empty state; `isAlone` where nothing is around it, no frame of staff either. */
export function EmptyPage({
  isAlone = false,
  ...state
}: Omit<EmptyStateProps, "isPage"> & { isAlone?: boolean }) {
  const Frame = isAlone ? "main" : "div";
  return (
    <Frame className={isAlone ? "grid min-h-dvh place-items-center p-6" : "grid flex-1 place-items-center"}>
      <EmptyState isPage {...state} />
    </Frame>
  );
}
