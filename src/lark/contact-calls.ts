import { type Caller, segment } from './caller.ts';

export interface LarkUser {
  openId: string;
  unionId?: string;
  name?: string;
  /** Mainland numbers without +86, as in a roster. */
  mobile?: string;
  /** Personal and company addresses. */
  emails: string[];
  resigned: boolean;
}

/** People, as far as the app may see them. */
export function contactCalls({ official }: Caller) {
  return {
    /** Open ids by mobile and by email, for people the app may see; 50 of each per call. */
    async resolveUsers(people: { mobiles: string[]; emails: string[] }) {
      const byMobile = new Map<string, string>();
      const byEmail = new Map<string, string>();
      for (let i = 0; i < Math.max(people.mobiles.length, people.emails.length); i += 50) {
        const data = { mobiles: people.mobiles.slice(i, i + 50), emails: people.emails.slice(i, i + 50) };
        const params = { user_id_type: 'open_id' as const };
        const answer = await official('resolveUsers', (sdk, as) =>
          sdk.contact.v3.user.batchGetId({ data, params }, as),
        );
        for (const user of answer.data?.user_list ?? []) {
          if (user.user_id && user.mobile) byMobile.set(user.mobile, user.user_id);
          if (user.user_id && user.email) byEmail.set(user.email, user.user_id);
        }
      }
      return { byMobile, byEmail };
    },

    /** A person's own profile, as far as the app's scopes show it. */
    async getUser(openId: string): Promise<LarkUser> {
      const path = { user_id: segment('getUser', openId) };
      const params = { user_id_type: 'open_id' as const };
      const answer = await official('getUser', (sdk, as) => sdk.contact.v3.user.get({ path, params }, as));
      const user = answer.data?.user;
      return {
        openId,
        unionId: user?.union_id || undefined,
        name: user?.name || undefined,
        mobile: user?.mobile?.replace(/^\+86/, '') || undefined,
        emails: [user?.email, user?.enterprise_email].filter((mail): mail is string => Boolean(mail)),
        resigned: Boolean(user?.status?.is_resigned || user?.status?.is_exited),
      };
    },
  };
}
