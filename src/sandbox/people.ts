import type { SandboxState } from './state.ts';
import type { PersonState } from './tenant.ts';
import { sha256 } from './wire.ts';

/** `user_id` is null without the scope contact:user.employee_id:readonly, as real deliveries show. */
export const ids = (person: PersonState) => ({ open_id: person.openId, union_id: person.unionId, user_id: null });

export const botOpenId = (state: SandboxState): string => `ou_${sha256('bot', state.options.appId).slice(0, 32)}`;

/** Mobiles as Feishu shows them, with the country code. */
export const abroad = (mobile: string): string => (mobile.startsWith('+') ? mobile : `+86${mobile}`);
