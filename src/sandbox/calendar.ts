/** Calendars: only the calls with which an app invites people to its own events. See docs/base-facts.md. */
import { type Answer, type Call, fail, type Method } from './method.ts';
import { changed, makeId, type SandboxState } from './state.ts';

export interface CalendarEvent {
  eventId: string;
  key: string;
  summary: string;
  from: string;
  to: string;
  attendees: string[];
}

const OWN = 'feishu.cn_sandbox@group.calendar.feishu.cn';
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function eventIn(call: Call): Pick<CalendarEvent, 'summary' | 'from' | 'to'> | Answer {
  const {
    summary,
    start_time: start,
    end_time: end,
  } = call.body as { summary?: string; start_time?: { date?: string }; end_time?: { date?: string } };
  const [from, to] = [start?.date ?? '', end?.date ?? ''];
  // The program only creates all-day events.
  if (!DAY.test(from) || !DAY.test(to) || to < from || (summary ?? '').length > 1_000)
    return fail(190002, 'invalid parameters in request', 400);
  return { summary: summary ?? '', from, to };
}

function found(state: SandboxState, call: Call): CalendarEvent | Answer {
  if (call.params.calendar !== OWN) return fail(191000, 'calendar not found', 404);
  return state.events.get(call.params.event ?? '') ?? fail(193001, 'event not found', 404);
}
const isAnswer = (one: object): one is Answer => 'code' in one;

function create(state: SandboxState, call: Call): Answer {
  if (call.params.calendar !== OWN) return fail(191000, 'calendar not found', 404);
  const given = eventIn(call);
  if (isAnswer(given)) return given;
  const key = call.query.idempotency_key ?? makeId(state, '');
  if (key.length < 32 || key.length > 128) return fail(190002, 'invalid parameters in request', 400);
  const known = [...state.events.values()].find((one) => one.key === key);
  const event = known ?? { eventId: `${makeId(state, '')}_0`, key, ...given, attendees: [] };
  state.events.set(event.eventId, event);
  changed(state, 'calendar', event.eventId);
  return { code: 0, data: { event: { event_id: event.eventId, summary: event.summary } } };
}

function patch(state: SandboxState, call: Call): Answer {
  const event = found(state, call);
  if (isAnswer(event)) return event;
  const given = eventIn(call);
  if (isAnswer(given)) return given;
  Object.assign(event, given);
  return { code: 0, data: { event: { event_id: event.eventId } } };
}

function remove(state: SandboxState, call: Call): Answer {
  const event = found(state, call);
  if (isAnswer(event)) return event;
  state.events.delete(event.eventId);
  return { code: 0, data: {} };
}

function invite(state: SandboxState, call: Call): Answer {
  const event = found(state, call);
  if (isAnswer(event)) return event;
  const attendees = (call.body.attendees ?? []) as { type?: string; user_id?: string }[];
  if (attendees.some((a) => a.type !== 'user')) return fail(194004, 'invalid attendee type', 400);
  if (attendees.some((a) => !state.people.has(a.user_id ?? ''))) return fail(194000, 'attendee not found', 404);
  event.attendees = [...new Set([...event.attendees, ...attendees.map((a) => a.user_id!)])];
  return { code: 0, data: { attendees } };
}

const root = '/open-apis/calendar/v4/calendars';
const ALL = 'calendar:calendar';
export const CALENDAR_METHODS: Method[] = [
  {
    http: 'POST',
    route: `${root}/primary`,
    scopes: [ALL, 'calendar:calendar:read', 'calendar:calendar:readonly'],
    run: () => ({ code: 0, data: { calendars: [{ calendar: { calendar_id: OWN } }] } }),
  },
  { http: 'POST', route: `${root}/:calendar/events`, scopes: [ALL, 'calendar:calendar.event:create'], run: create },
  {
    http: 'PATCH',
    route: `${root}/:calendar/events/:event`,
    scopes: [ALL, 'calendar:calendar.event:update'],
    run: patch,
  },
  {
    http: 'DELETE',
    route: `${root}/:calendar/events/:event`,
    scopes: [ALL, 'calendar:calendar.event:delete'],
    run: remove,
  },
  {
    http: 'POST',
    route: `${root}/:calendar/events/:event/attendees`,
    scopes: [ALL, 'calendar:calendar.event:update'],
    run: invite,
  },
];
