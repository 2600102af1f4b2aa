/** Why the server closed a socket: part of the contract with clients. */
export const socketCloseCodes = {
  /** The server restarts: connect again, subscriptions resume from their last event. */
  restart: 1012,
  /** The session ended (signed out everywhere, password changed, account closed): ask `session.me`, then sign in. */
  signedOut: 4401,
  /** Role, sites or organization changed: connect again and reload what is shown. */
  sessionChanged: 4403,
  /** The socket did not read fast enough: connect again, subscriptions resume from their last event. */
  tooSlow: 4408,
  /** More messages or subscriptions than any page of ours needs. */
  tooMany: 4429,
} as const;
