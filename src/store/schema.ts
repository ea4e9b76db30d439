/** Rows as the database holds them. Dates are `YYYY-MM-DD`, instants epoch milliseconds, `body` and `settings` JSON. */
export interface Tables {
  store_fact: { name: string; value: string };
  inbox: { id: string; cause: string; received_at: number };
  programme: { id: string; name: string; version: number; settings: string };
  roster: {
    programme_id: string;
    kind: string;
    id: string;
    name: string;
    body: string;
    /** The file's content at the last import; null for a row that a command added. */
    imported: string | null;
  };
  member: {
    open_id: string;
    programme_id: string;
    person_id: string;
    bound_at: number;
    settings: string;
    /** 1 if the settings ask for this summary, else null. */
    weekly: number | null;
    monthly: number | null;
    termly: number | null;
  };
  activity: {
    programme_id: string;
    id: string;
    version: number;
    kind: string;
    status: string;
    date: string;
    by_id: string;
    reporter_id: string;
    recorded_at: number;
    /** The message or click that made it. */
    cause: string | null;
    /** The other side's answer; null before. */
    confirmation: string | null;
    body: string;
  };
  activity_change: {
    programme_id: string;
    activity_id: string;
    version: number;
    at: number;
    by_id: string;
    what: string;
    /** The message or click that changed it. */
    cause: string | null;
    body: string;
  };
  feed: { programme_id: string; feed_key: string; kind: string; date: string; activity_id: string };
  draft: {
    programme_id: string;
    id: string;
    person_id: string;
    state: string;
    created_at: number;
    cause: string | null;
    body: string;
  };
  obligation: {
    programme_id: string;
    id: string;
    requirement: string;
    activity_kind: string;
    subject_kind: string;
    subject_id: string;
    range_start: string;
    range_end: string;
    target: number;
    done: number;
    waived: number;
    /** The next date on which `done` changes by itself: an entry dated after the last count. */
    recount_on: string | null;
    /** The day it came to be owed, if that was after the programme's first import. */
    since: string | null;
    /** The date of the first unmet checkpoint; the last day if there is none. */
    next_checkpoint: string | null;
    /** When `done` reached `target`. */
    met_on: string | null;
    /** The date of the latest activity that counts. */
    last_on: string | null;
    /** The owner (`ownerOf`), for figures by school. */
    owner: string | null;
    body: string;
  };
  obligation_place: { programme_id: string; place: string; obligation_id: string; range_end: string };
  audit: {
    id: string;
    programme_id: string;
    at: number;
    actor: string;
    act: string;
    target: string;
    detail: string;
  };
  arrangement: {
    programme_id: string;
    id: string;
    version: number;
    state: string;
    /** Who proposed it. */
    person_id: string;
    created_at: number;
    done_at: number | null;
    body: string;
  };
  help_request: {
    programme_id: string;
    id: string;
    person_id: string;
    state: string;
    asked_at: number;
    body: string;
  };
  inspection: {
    programme_id: string;
    id: string;
    /** Who opened it. */
    person_id: string;
    state: string;
    opened_at: number;
    body: string;
  };
  obligation_feed: { programme_id: string; feed_key: string; obligation_id: string };
  obligation_bearer: { programme_id: string; person_id: string; obligation_id: string };
  notice: {
    id: string;
    identity: string;
    kind: string;
    line: string;
    recipient: string;
    programme_id: string | null;
    person_id: string | null;
    cause: string | null;
    state: string;
    attempt: number;
    due_at: number;
    lease_until: number;
    claimed_at: number | null;
    sent_at: number | null;
    message_id: string | null;
    reason: string | null;
    /** The number of a redraw; on a card, the number of its last picture. */
    picture: number | null;
    body: string;
  };
  reminder: {
    identity: string;
    programme_id: string;
    person_id: string;
    kind: string;
    /** The obligation or period it is about. */
    subject: string;
    day: string;
    notice_id: string;
    body: string;
  };
  check_in: {
    programme_id: string;
    person_id: string;
    obligation_id: string;
    day: string;
    answer: string;
    planned_for: string | null;
    reason: string | null;
  };
  attendance: {
    programme_id: string;
    person_id: string;
    day: string;
    answer: string;
    said_at: number;
    late: number;
  };
  api_call: { month: string; calls: number };
  chore: {
    id: string;
    identity: string;
    kind: string;
    state: string;
    attempt: number;
    due_at: number;
    lease_until: number;
    body: string;
  };
  evidence: {
    programme_id: string;
    id: string;
    /** Null while it waits for its report. */
    activity_id: string | null;
    /** Who sent it. */
    person_id: string;
    state: string;
    file: string;
    type: string | null;
    size: number | null;
    sha256: string | null;
    link: string | null;
    message_id: string;
    sent_at: number;
  };
  claim: {
    id: string;
    programme_id: string;
    open_id: string;
    name: string;
    state: string;
    person_id: string | null;
    asked_at: number;
  };
  administrator: { open_id: string; since: number };
  upload: {
    id: string;
    programme_id: string;
    version: number;
    open_id: string;
    state: string;
    at: number;
    body: string;
  };
  run: { job: string; instant: number; state: string; started_at: number; finished_at: number | null };
  api_token: {
    /** Hash of the token. */
    id: string;
    name: string;
    /** Joined by commas. */
    scopes: string;
    /** The one programme that it opens; null: all. */
    programme_id: string | null;
    created_at: number;
    expires_at: number;
    revoked_at: number | null;
    used_at: number | null;
  };
  mirror: { programme_id: string; state: string; app_token: string | null; body: string };
  mirror_table: {
    programme_id: string;
    kind: string;
    attempt: number;
    due_at: number;
    lease_until: number;
    body: string;
  };
  mirror_row: {
    programme_id: string;
    kind: string;
    item_id: string;
    table_id: string;
    record_id: string;
    checksum: string;
  };
  mirror_mark: { programme_id: string; kind: string; item_id: string };
  calendar_event: {
    programme_id: string;
    activity_id: string;
    open_id: string;
    event_id: string | null;
    /** What the calendar entry says, as JSON. */
    said: string | null;
    attempt: number;
    /** Null if the entry is up to date. */
    due_at: number | null;
  };
  roster_base: { programme_id: string; app_token: string; open_id: string; message_id: string; seen: string };
  hook: {
    id: string;
    name: string;
    url: string;
    secret: string;
    /** Joined by commas. */
    events: string;
    programme_id: string | null;
    created_at: number;
    removed_at: number | null;
  };
  hook_delivery: {
    id: string;
    hook_id: string;
    event: string;
    state: string;
    attempt: number;
    due_at: number;
    lease_until: number;
    made_at: number;
    reason: string | null;
    body: string;
  };
}

/** The primary key of each table, which is also its paging order. */
export const primaryKeys: { [T in keyof Tables]: (keyof Tables[T] & string)[] } = {
  store_fact: ['name'],
  inbox: ['id'],
  programme: ['id'],
  roster: ['programme_id', 'kind', 'id'],
  member: ['open_id', 'programme_id', 'person_id'],
  activity: ['programme_id', 'id'],
  activity_change: ['programme_id', 'activity_id', 'version'],
  feed: ['programme_id', 'feed_key', 'kind', 'date', 'activity_id'],
  draft: ['programme_id', 'id'],
  obligation: ['programme_id', 'id'],
  obligation_feed: ['programme_id', 'feed_key', 'obligation_id'],
  obligation_place: ['programme_id', 'place', 'obligation_id'],
  audit: ['id'],
  arrangement: ['programme_id', 'id'],
  help_request: ['programme_id', 'id'],
  inspection: ['programme_id', 'id'],
  obligation_bearer: ['programme_id', 'person_id', 'obligation_id'],
  notice: ['id'],
  reminder: ['identity'],
  check_in: ['programme_id', 'person_id', 'obligation_id', 'day'],
  attendance: ['programme_id', 'person_id', 'day'],
  api_call: ['month'],
  chore: ['id'],
  evidence: ['programme_id', 'id'],
  claim: ['id'],
  administrator: ['open_id'],
  upload: ['id'],
  run: ['job', 'instant'],
  api_token: ['id'],
  mirror: ['programme_id'],
  mirror_table: ['programme_id', 'kind'],
  mirror_row: ['programme_id', 'kind', 'item_id'],
  mirror_mark: ['programme_id', 'kind', 'item_id'],
  calendar_event: ['programme_id', 'activity_id'],
  roster_base: ['programme_id', 'app_token'],
  hook: ['id'],
  hook_delivery: ['id'],
};
