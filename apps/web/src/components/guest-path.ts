/** Whether a path is of a page that clients open, without an account. */
export function isGuestPath(path: string): boolean {
  return /^\/[a-z]{2}\/(book|manage|portal|embed)\//.test(path);
}
