import type { Outputs } from "../../trpc/react.ts";

/** What an invitation's link tells about it. */
type Invitation = Outputs["members"]["invitation"];

/** Every way of accepting needs the invitation and the secret of its link. */
export type AcceptProps = { invitation: Invitation; token: string };
