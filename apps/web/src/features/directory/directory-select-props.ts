import type { ComponentProps } from "react";

/** What both kinds of a choice from the directory are given. */
export type DirectorySelectProps = Pick<
  ComponentProps<"select">,
  | "id"
  | "className"
  | "disabled"
  | "aria-label"
  | "aria-invalid"
  | "aria-describedby"
  | "name"
  | "onBlur"
  | "ref"
> & {
  kind: "sites" | "providers";
  value: string;
  /** The choices; of a large network those whose names are known. */
  items: readonly { id: string; name: string }[];
  /** Only providers of this site are found in a large network. */
  siteId?: string;
  /** What an empty choice means; absent where there must be one. */
  emptyLabel?: string;
  onChange: (id: string) => void;
};
