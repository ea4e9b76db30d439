import type { Retry } from './refusal.ts';

/** What one of Feishu's codes means for us. */
export interface Code {
  retry: Retry;
  /** How long to wait where the platform does not say; for `after`. */
  seconds?: number;
  /**
   * What else it says. `person`: the bot cannot reach them at all. `card`: only the card was refused, the same words as text
   * may pass. `content`: the words themselves were, so that only a neutral sentence may pass.
   */
  about?: 'person' | 'card' | 'content';
  /** For the operator, in Chinese. */
  advice: string;
}

const never = (advice: string, about?: Code['about']): Code => ({ retry: 'never', advice, about });
const after = (seconds: number, advice: string): Code => ({ retry: 'after', seconds, advice });
const again = (advice: string): Code => ({ retry: 'unknown_outcome', advice });
/** Something about the app itself: in vain until somebody has put it right, which on the first days is to be expected. */
const app = (advice: string): Code => ({ retry: 'app', advice });

const PUBLISH = '请在「权限管理」开通后发布版本，并等企业管理员审批。';

/**
 * The codes of the calls that the bot makes, from the pages of im/v1 (create, reply, patch, urgent_app, reactions, images, files,
 * resources, list), contact/v3, application/v6, auth/v3, of the long connection and the general list. docs/lark-codes.md shows
 * them by what follows from each; a code that stands nowhere here is final.
 */
export const CODES: Record<number, Code> = {
  // The app and its tenant.
  10003: never('请求参数不对，请核对 LARK_APP_ID。'),
  10012: app('应用未被授权，请在管理后台确认应用已启用。'),
  10013: app('应用状态异常，请在管理后台确认应用已启用。'),
  10014: never('应用未被授权或不存在，请核对 LARK_APP_ID 与 LARK_APP_SECRET。'),
  10015: never('应用密钥不对，请在开发者后台「凭证与基础信息」核对 LARK_APP_SECRET。'),
  11205: app(
    '应用没有机器人能力，或启用机器人的版本还没有发布并通过审批：请在「添加应用能力」启用机器人，再发布版本。',
  ),
  212100: app('应用还没有安装到企业：请在「版本管理与发布」发布版本，并等企业管理员审批。'),
  230006: app('应用没有启用机器人能力，请在开发者后台「添加应用能力」启用后发布版本。'),
  230027: app(`缺少权限，${PUBLISH}外部群里的操作一律不支持。`),
  234007: app('应用没有启用机器人能力，请在开发者后台「添加应用能力」启用后发布版本。'),
  99991401: app('服务器的 IP 不在应用的白名单里，请在「安全设置」添加。'),
  99991403: app('本月 API 调用额度已用完（免费版每月 1 万次），请升级飞书版本或等到下月。'),
  99991662: app('应用已被停用，请在管理后台启用。'),
  99991672: app(`应用缺少所需权限，${PUBLISH}`),
  99991673: app('应用已被停用，请在管理后台启用。'),

  // Busy, or half done.
  11232: after(5, '平台整体繁忙（多见于整点、半点），稍后自动重试。'),
  11233: { retry: 'receiver', advice: '这个会话消息过快，稍后自动重试。' },
  230020: { retry: 'receiver', advice: '对同一人或同一群发送过快，稍后自动重试。' },
  99991400: after(1, '调用频率超限，按平台给出的时间等待后自动重试。'),
  99991661: after(60, '请求没有带访问凭证。'),
  99991663: after(60, '访问凭证失效，请核对应用密钥。'),
  234019: after(5, '平台暂时取不到应用的权限信息，稍后自动重试。'),
  232096: after(60, '应用信息暂停写入，稍后自动重试。'),
  234042: after(600, '企业的混合部署存储出错（如空间已满），请联系企业管理员；稍后自动重试。'),
  18121: again('同一个请求正在处理中，稍后自动重试。'),
  230049: again('同一条消息正在发送中，稍后自动重试。'),
  231006: again('平台没有认出操作者，稍后自动重试。'),
  231015: again('同一个表情正在处理中，稍后自动重试。'),

  // The person.
  230013: never('此人不在应用的可用范围内（或已离职），请在「版本管理与发布」扩大可用范围并发布。', 'person'),
  230029: never('此人已离职。', 'person'),
  230034: never('接收人标识无效，可能来自另一个应用。', 'person'),
  230035: never('没有向对方发送消息的权限（被禁言或屏蔽）。', 'person'),
  230038: never('不能给外部租户的人发单聊消息。', 'person'),
  230053: never('对方已停止接收机器人的消息。', 'person'),
  99992351: never('用户标识无效，可能来自另一个应用，请用 rebind 重新绑定。', 'person'),
  99992361: never('用户标识属于另一个应用，请用 rebind 重新绑定。', 'person'),
  41012: never('用户标识无效。'),
  41050: never('此人不在应用的通讯录权限范围内，请在「权限管理」扩大通讯录范围。'),
  40001: never('通讯录接口的参数不对，请查看日志中的说明。'),

  // The content.
  10002: never('卡片被平台拒绝，改发文字版；请把日志交给维护者。', 'card'),
  11310: never('卡片元素过多，改发文字版；请把日志交给维护者。', 'card'),
  11311: never('卡片被平台拒绝，改发文字版；请把日志交给维护者。', 'card'),
  200621: never('卡片被平台拒绝，改发文字版；请把日志交给维护者。', 'card'),
  200861: never('卡片被平台拒绝，改发文字版；请把日志交给维护者。', 'card'),
  230025: never('消息超过大小限制，改发文字版。', 'card'),
  230054: never('这个会话不支持卡片（如互通群），改发文字版。', 'card'),
  230099: never('卡片被平台拒绝，改发文字版；请把日志交给维护者。', 'card'),
  230022: never('内容含敏感词，被平台拒绝，改发一句不含内容的提示。', 'content'),
  230028: never('消息被企业的数据防泄漏策略拦截，改发一句不含内容的提示；请联系企业管理员。', 'content'),
  230001: never('参数不对，多半是接收人或消息内容无效，请查看日志中的说明。'),
  230017: never('文件不属于本应用，请重新上传。'),
  230055: never('文件与消息类型不符。'),
  99992402: never('请求缺少字段，请把日志交给维护者。'),
  9499: never('请求格式不对，请把日志交给维护者。'),

  // The chat or the message.
  230002: never('机器人不在这个群里，请先把它加入群聊。'),
  230011: never('消息已被撤回，不再更新。'),
  230012: never('机器人只能加急自己发的消息。'),
  230018: never('群设置不允许机器人发言，请联系群主。'),
  230019: never('话题已不存在。'),
  230023: never('对方未读的加急消息已达 200 条，不能再加急。'),
  230024: never('企业的加急额度已用完，请联系企业管理员。'),
  230031: never('卡片已超过 14 天，不能再更新。'),
  230036: never('企业的加密密钥已被删除，请联系企业管理员。'),
  230050: never('机器人看不到这条消息。'),
  230052: never('群里只有群主和管理员可以加急。'),
  230075: never('不能向密聊发送消息。'),
  230098: never('已聚合的消息不能加急。'),
  230110: never('消息已被删除。'),
  230111: never('即将自动删除的消息不能回复。'),
  231001: never('表情名不对，请把日志交给维护者。'),
  231002: never('机器人不在该消息所在的会话里，不能贴表情。'),
  231003: never('要贴表情的消息已撤回或删除。'),
  231004: never('要贴表情的消息所在的会话已解散。'),
  231005: never('要贴表情的话题已被撤回。'),
  231008: never('机器人看不到这条消息，不能贴表情。'),
  231017: never('这类消息不能贴表情。'),
  231018: never('机器人看不到这条消息，不能贴表情。'),
  231019: never('对方的设置不允许贴表情。'),
  231020: never('企业管理员的设置不允许贴表情。'),
  231021: never('不能在外部群贴表情。'),
  231022: never('此人不在应用的可用范围内，不能贴表情。'),
  231203: never('保密模式的群不能读取消息。'),
  232009: never('群已解散。'),
  99992354: never('消息标识无效。'),

  // Files.
  234001: never('文件请求的参数不对，请查看日志中的说明。'),
  234002: never('文件请求鉴权失败，请核对应用密钥。'),
  234003: never('文件不属于这条消息。'),
  234004: never('机器人不在消息所在的群里。'),
  234006: never('文件太大，图片不超过 10 MB，文件不超过 30 MB。'),
  234009: never('外部群里的文件不能下载。'),
  234010: never('文件是空的。'),
  234011: never('不支持的图片格式。'),
  234037: never('文件超过 100 MB，不能下载。'),
  234038: never('保密消息里的文件不能下载。'),
  234039: never('图片分辨率太大。'),
  234040: never('机器人看不到这条消息里的文件。'),
  234041: never('企业的加密密钥已被删除，请联系企业管理员。'),
  234043: never('这类消息里的文件不能下载（如合并转发、卡片）。'),

  // A Base (多维表格), and who may open it.
  91403: never(
    '应用没有这个多维表格的权限：请打开它，在右上角「…」→「更多」→「添加文档应用」里加上本应用并给「可管理」。',
  ),
  90217: after(2, '对多维表格的请求太频繁，稍后自动重试。'),
  90235: after(5, '多维表格还没有处理完上一步，稍后自动重试。'),
  1063001: never('添加协作者的参数不对，请查看日志中的说明。'),
  1063002: never('应用不能给这个多维表格添加协作者。'),
  1063003: never('企业的设置不允许添加这名协作者。'),
  1254002: after(5, '多维表格没有处理成功，稍后自动重试。'),
  1254003: never('多维表格的地址不对。'),
  1254004: never('数据表的标识不对。'),
  1254013: never('多维表格里已有同名的数据表。'),
  1254015: never('字段类型不符，请把日志交给维护者。'),
  1254036: after(60, '多维表格正在复制，稍后自动重试。'),
  1254037: never('幂等键的格式不对，请把日志交给维护者。'),
  1254040: never('多维表格已不存在。'),
  1254041: never('数据表已不存在。'),
  1254043: never('记录已不存在。'),
  1254044: never('字段已不存在。'),
  1254045: never('字段已不存在或改了名。'),
  1254060: never('文本字段的值不对，请把日志交给维护者。'),
  1254061: never('数字字段的值不对，请把日志交给维护者。'),
  1254062: never('单选字段的值不对，请把日志交给维护者。'),
  1254064: never('日期字段的值不对，请把日志交给维护者。'),
  1254065: never('复选框字段的值不对，请把日志交给维护者。'),
  1254100: never('多维表格里的数据表已达 100 个。'),
  1254103: never('数据表的记录数已到上限。'),
  1254104: never('一次写入的记录过多，请把日志交给维护者。'),
  1254130: never('单元格的内容过长，请把日志交给维护者。'),
  1254290: after(1, '对多维表格的请求过快，稍后自动重试。'),
  1254291: after(1, '多维表格里有别的写入，稍后自动重试。'),
  1254302: never('多维表格开了高级权限，而应用没有「可管理」：请在「添加文档应用」里给。'),
  1254304: never('多维表格开了高级权限，而应用没有「可管理」：请在「添加文档应用」里给。'),
  1254306: never('企业的多维表格用量已到上限，请联系企业管理员。'),
  1254607: after(5, '多维表格还没有处理完上一步，稍后自动重试。'),
  1254608: after(5, '同一个写入正在处理中，稍后自动重试。'),
  1255001: again('多维表格内部出错，稍后自动重试。'),
  1255002: again('多维表格内部出错，稍后自动重试。'),
  1255006: never('幂等键已被用过。'),
  1255040: again('多维表格处理超时，稍后自动重试。'),

  // The long connection.
  403: never('长连接被拒绝：请确认是企业自建应用且已启用。'),
  514: never('长连接鉴权失败，请核对 LARK_APP_ID 与 LARK_APP_SECRET，并确认是企业自建应用。'),
  1000040350: never('长连接数已到上限（每个应用 50 个），请关掉多余的进程。'),
  1000040351: never('域名与租户不符：飞书用 feishu，国际版用 lark。'),
};

/** Missing or expired tenant token: fetch a new one and try once more. */
export const EXPIRED_TOKEN = new Set([99991661, 99991663]);
