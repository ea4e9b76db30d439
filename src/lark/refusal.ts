/**
 * What to do about a refused call. `never`: the same call fails again. `after`: nothing was done, wait
 * `retryAfterSeconds`. `receiver`: only this chat is too busy, delay its own job and nobody else's.
 * `unknown_outcome`: it may have been done; repeat only with the same uuid.
 */
export type Retry = 'never' | 'after' | 'receiver' | 'unknown_outcome';

export interface RefusalFacts {
  /** The client function, e.g. `send`. */
  method: string;
  /** Feishu's code; 0 where there was no answer to read one from. */
  code: number;
  /** HTTP status; 0 where there was none. */
  status: number;
  retry: Retry;
  retryAfterSeconds?: number;
  /** Feishu's X-Tt-Logid: what their support asks for. */
  logId?: string;
  /** Short platform message or transport code. Never a request, so never a secret. */
  detail?: string;
}

/** The one error of the Feishu client. It keeps no request, header or cause: those hold tokens and the app secret. */
export class LarkRefused extends Error implements RefusalFacts {
  readonly method: string;
  readonly code: number;
  readonly status: number;
  readonly retry: Retry;
  readonly retryAfterSeconds?: number;
  readonly logId?: string;
  readonly detail?: string;
  /** What the operator should do, in Chinese; empty for unknown codes. */
  readonly advice: string;
  /** The person cannot be reached by the bot at all: left, outside the availability range, or has stopped it. */
  readonly unreachable: boolean;
  /** The card itself was refused: send the text fallback instead. */
  readonly badCard: boolean;

  constructor(facts: RefusalFacts) {
    const advice = ADVICE[facts.code] ?? '';
    super(
      `${facts.method} refused: code ${facts.code}, HTTP ${facts.status}${facts.detail ? `, ${facts.detail}` : ''}`,
    );
    this.name = 'LarkRefused';
    this.method = facts.method;
    this.code = facts.code;
    this.status = facts.status;
    this.retry = facts.retry;
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.logId = facts.logId;
    this.detail = facts.detail;
    this.advice = advice;
    this.unreachable = UNREACHABLE.has(facts.code);
    this.badCard = BAD_CARD.has(facts.code);
  }
}

const UNREACHABLE = new Set([230013, 230029, 230034, 230035, 230038, 230053, 99992351, 99992361]);
const BAD_CARD = new Set([230099, 230025, 10002, 11310, 11311, 200621, 200861]);
/** Missing or expired tenant token: fetch a new one and try once more. */
export const EXPIRED_TOKEN = new Set([99991661, 99991663]);

/** What a code means for the next attempt. `reset` is the header x-ogw-ratelimit-reset. */
export function retryOf(
  code: number,
  status: number,
  reset?: string,
): Pick<RefusalFacts, 'retry' | 'retryAfterSeconds'> {
  if (code === 230020 || code === 11233) return { retry: 'receiver' };
  if (code === 99991400 || status === 429) return { retry: 'after', retryAfterSeconds: seconds(reset, 1) };
  if (code === 11232) return { retry: 'after', retryAfterSeconds: seconds(reset, 5) };
  if (EXPIRED_TOKEN.has(code)) return { retry: 'after', retryAfterSeconds: 60 };
  if (code === 230049 || code === 231015 || status >= 500) return { retry: 'unknown_outcome' };
  return { retry: 'never' };
}

function seconds(header: string | undefined, fallback: number): number {
  const n = Number(header);
  return header !== undefined && Number.isFinite(n) && n > 0 ? Math.min(Math.ceil(n), 3600) : fallback;
}

/** For the operator; from the platform's code lists. */
const ADVICE: Record<number, string> = {
  514: '长连接鉴权失败，请核对 LARK_APP_ID 与 LARK_APP_SECRET，并确认是企业自建应用。',
  1000040350: '长连接数已到上限（每个应用 50 个），请关掉多余的进程。',
  1000040351: '域名与租户不符：飞书用 feishu，国际版用 lark。',
  10003: '请求参数不对，请核对 LARK_APP_ID。',
  10014: '应用未被授权或不存在，请核对 LARK_APP_ID 与 LARK_APP_SECRET。',
  10015: '应用密钥不对，请在开发者后台「凭证与基础信息」核对 LARK_APP_SECRET。',
  11232: '平台整体繁忙（多见于整点、半点），稍后自动重试。',
  11233: '这个会话消息过快，稍后自动重试。',
  230001: '参数不对，多半是接收人或消息内容无效，请查看日志中的说明。',
  230002: '机器人不在这个群里，请先把它加入群聊。',
  230006: '应用没有启用机器人能力，请在开发者后台「添加应用能力」启用后发布版本。',
  230011: '消息已被撤回，不再更新。',
  230013: '此人不在应用的可用范围内（或已离职），请在「版本管理与发布」扩大可用范围并发布。',
  230017: '文件不属于本应用，请重新上传。',
  230018: '群设置不允许机器人发言，请联系群主。',
  230020: '对同一人或同一群发送过快，稍后自动重试。',
  230022: '内容含敏感信息，被平台拒绝。',
  230025: '消息超过大小限制，改发文字版。',
  230027: '缺少权限，请在「权限管理」开通后发布版本。',
  230028: '消息被企业的数据防泄漏策略拦截，请联系管理员。',
  230029: '此人已离职。',
  230031: '卡片已超过 14 天，不能再更新。',
  230034: '接收人标识无效，可能来自另一个应用。',
  230035: '没有向对方发送消息的权限（被禁言或屏蔽）。',
  230038: '不能给外部租户的人发单聊消息。',
  230049: '同一条消息正在发送中，稍后自动重试。',
  230053: '对方已停止接收机器人的消息。',
  230099: '卡片被平台拒绝，已改发文字版；请把日志交给维护者。',
  230110: '消息已被删除。',
  231001: '表情名不对，请把日志交给维护者。',
  231002: '机器人不在该消息所在的会话里，不能贴表情。',
  231003: '要贴表情的消息已撤回或删除。',
  231004: '要贴表情的消息所在的会话已解散。',
  231008: '机器人看不到这条消息，不能贴表情。',
  231015: '同一个表情正在处理中，稍后自动重试。',
  232009: '群已解散。',
  234006: '文件太大，图片不超过 10 MB，文件不超过 30 MB。',
  234010: '文件是空的。',
  234011: '不支持的图片格式。',
  41050: '此人不在应用的通讯录权限范围内，请在「权限管理」扩大通讯录范围。',
  99991400: '调用频率超限，按平台给出的时间等待后自动重试。',
  99991401: '服务器的 IP 不在应用的白名单里，请在「安全设置」添加。',
  99991403: '本月 API 调用额度已用完（免费版每月 1 万次），请升级飞书版本或等到下月。',
  99991661: '请求没有带访问凭证。',
  99991662: '应用已被停用，请在管理后台启用。',
  99991663: '访问凭证失效，请核对应用密钥。',
  99991672: '应用缺少所需权限，请在「权限管理」开通后发布版本。',
  99991673: '应用已被停用，请在管理后台启用。',
  99992351: '用户标识无效，可能来自另一个应用，请用 rebind 重新绑定。',
  99992354: '消息标识无效。',
  99992361: '用户标识属于另一个应用，请用 rebind 重新绑定。',
};
