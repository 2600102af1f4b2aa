"use client";

import dynamic from "next/dynamic";
import { Select } from "../../components/select.tsx";
import { useViewer } from "../viewer/viewer.tsx";
import type { DirectorySelectProps } from "./directory-select-props.ts";

const SearchedSelect = dynamic(() => import("./searched-select.tsx"), { ssr: false });

/** A site or a provider: the platform's own list, or a search by the server where the list would have no end. */
export function DirectorySelect(props: DirectorySelectProps) {
  const { hasManySites } = useViewer().organization;
  if (hasManySites) return <SearchedSelect {...props} />;
  const { kind: _kind, items, siteId: _siteId, emptyLabel, onChange, ...select } = props;
  return (
    <Select {...select} onChange={(event) => onChange(event.target.value)}>
      {(emptyLabel !== undefined || !props.value) && <option value="">{emptyLabel}</option>}
      {items.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
