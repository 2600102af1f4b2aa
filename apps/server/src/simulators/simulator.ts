/** What stands in for somebody else's service, speaking its protocol, on this machine. */
export interface Simulator {
  name: string;
  /** The environment that has Créneau use it. */
  variables: Record<string, string>;
  /** Where a browser sees what it received. */
  page: string;
  close(): Promise<void>;
}
