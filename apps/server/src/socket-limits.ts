/** What one person, one address and one message may ask of the sockets. */
export interface SocketLimits {
  /** Bytes of one incoming message. */
  maxMessageBytes: number;
  /** Bytes waiting to be read by the client before it is dropped. */
  maxBufferedBytes: number;
  perUser: number;
  perAddress: number;
  /** Incoming messages: so many at once, then so many a second. */
  messageBurst: number;
  messagesPerSecond: number;
  /** Calls in one message. */
  maxBatch: number;
  /** How often every live session is looked up again, milliseconds; changes that are announced come at once. */
  recheckMs: number;
}

/** Far above what any page of ours needs. */
export const socketLimits: SocketLimits = {
  maxMessageBytes: 256 * 1024,
  maxBufferedBytes: 1024 * 1024,
  perUser: 40,
  perAddress: 500,
  messageBurst: 200,
  messagesPerSecond: 40,
  maxBatch: 20,
  recheckMs: 30_000,
};
