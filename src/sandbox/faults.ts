/** The faults that can be switched on. */

/** `true`: always; a whole number: that many times, counting down; a fraction below 1: with that probability. */
export type Knob = boolean | number;

export interface Faults {
  /** Sends the same event once more after success. */
  twice: Knob;
  /** Sends it once more under a new event id (im.message only: same message id). */
  twiceNewEventId: Knob;
  /** A click sends two callbacks, as with an old card URL still configured. */
  callbackTwice: Knob;
  /** `create_time` is this long before the sending, as if the event came late. */
  lateMs: number;
  badSignature: Knob;
  /** The signed timestamp is a day old. */
  staleTimestamp: Knob;
  /** The event is sent only with the next retries, so later messages arrive before it. */
  hold: Knob;
  /** Retries carry the first try's timestamp (Feishu is said to sign them afresh, but does not document it). */
  oldTimestampOnRetry: boolean;
  api: {
    /** Regular expression over `METHOD /path`; the faults below apply only there. Absent: everywhere but the token endpoint. */
    match?: string;
    rate429: Knob;
    status500: Knob;
    /** The call takes effect, but the answer never arrives. */
    storeThenHangup: Knob;
    /** All tokens become invalid before the next call (once). */
    expireToken: boolean;
    delayMs: number;
    /** Refuse with this business code, HTTP 400. */
    refuse?: { code: number; times: number; msg?: string };
  };
}
