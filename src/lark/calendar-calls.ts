import { type Caller, segment } from './caller.ts';

/** An all-day event in a calendar, over one or more days. */
export interface DayEvent {
  title: string;
  /** First and last day, `YYYY-MM-DD`. */
  from: string;
  to: string;
}

/** The app's own calendar. Inviting people to its events puts the events into their calendars. */
export function calendarCalls({ call, request }: Caller) {
  const send = <T>(name: string, method: string, path: string, body?: unknown) =>
    call(name, (token) => request<{ data: T }>(token, method, `/open-apis/calendar/v4/calendars/${path}`, body));
  const bodyOf = ({ title, from, to }: DayEvent) => ({
    summary: title,
    start_time: { date: from },
    end_time: { date: to },
    need_notification: false,
    attendee_ability: 'none',
    free_busy_status: 'free',
  });
  const at = (calendarId: string) => `${encodeURIComponent(calendarId)}/events`;
  return {
    async ownCalendar(): Promise<string> {
      type Found = { calendars?: { calendar?: { calendar_id?: string } }[] };
      const { data } = await send<Found>('ownCalendar', 'POST', 'primary', {});
      return data.calendars?.[0]?.calendar?.calendar_id ?? '';
    },

    /** Calls with the same `key` (32 characters or more) create one event. */
    async createEvent(calendarId: string, key: string, event: DayEvent): Promise<string> {
      const path = `${at(calendarId)}?idempotency_key=${encodeURIComponent(key)}`;
      const { data } = await send<{ event: { event_id: string } }>('createEvent', 'POST', path, bodyOf(event));
      return data.event.event_id;
    },

    async changeEvent(calendarId: string, eventId: string, event: DayEvent): Promise<void> {
      await send('changeEvent', 'PATCH', `${at(calendarId)}/${segment('changeEvent', eventId)}`, bodyOf(event));
    },

    async deleteEvent(calendarId: string, eventId: string): Promise<void> {
      const path = `${at(calendarId)}/${segment('deleteEvent', eventId)}?need_notification=false`;
      await send('deleteEvent', 'DELETE', path);
    },

    /** Puts an event into a person's calendar. Inviting the same person twice has no further effect. */
    async invite(calendarId: string, eventId: string, openId: string): Promise<void> {
      const path = `${at(calendarId)}/${segment('invite', eventId)}/attendees?user_id_type=open_id`;
      await send('invite', 'POST', path, { attendees: [{ type: 'user', user_id: openId }], need_notification: false });
    },
  };
}
