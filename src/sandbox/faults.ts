/** What can be made to go wrong. */

/** `true`: always; a whole number: that many times, counting down; a fraction below 1: with that probability. */
export type Knob = boolean | number;

export interface Faults {
  /** The same event once more after success. */
  twice: Knob;
  /** Once more under a new event id (im.message only: same message id). */
  twiceNewEventId: Knob;
  /** A click sends two callbacks, as with an old card URL still configured. */
  callbackTwice: Knob;
  /** Events arrive this long after they were written: `create_time` lies back by it. */
  lateMs: number;
  badSignature: Knob;
  /** The signed timestamp is a day old. */
  staleTimestamp: Knob;
  /** The event is not sent at first but with the next retries: what is said after it arrives before it. */
  hold: Knob;
  /** Retries carry the first try's timestamp (whether Feishu signs afresh is not documented; it is said to). */
  oldTimestampOnRetry: boolean;
  api: {
    /** Regular expression over `METHOD /path`; the faults below strike only there. Absent: everywhere but the token endpoint. */
    match?: string;
    rate429: Knob;
    status500: Knob;
    /** The call takes effect, the answer never comes. */
    storeThenHangup: Knob;
    /** Before the next call all tokens become invalid (once). */
    expireToken: boolean;
    delayMs: number;
    /** Refuse with this business code, HTTP 400. */
    refuse?: { code: number; times: number; msg?: string };
  };
}
