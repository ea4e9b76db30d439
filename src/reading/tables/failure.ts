// Words for what failed, by how it failed: parts of patterns.

/** No one picked up, or the line was dead. */
export const NO_ANSWER = '空号|关机|停机|欠费|占线|打不[通进]|[没未](?:打|接)通|[没未]接|[没无]人接';

/** No one was home. */
export const NOBODY_HOME =
  '没(?:有)?人在家|[家屋]里?没(?:有)?人(?!管)|不在家|锁着|[上紧]锁|锁了?门|门关|[扑跑]了?个?空|白跑';

/** 没谈成, 没见着: begun without success. */
export const WITHOUT_SUCCESS =
  '[没未](?:能)?(?:有)?(?:谈|聊|去|来|上|听|讲|做|办|访|送|开|捐|搞|弄|打|见|遇|找|碰|走|进|进行|轮|排)(?:成|着|到|上|通)';

/** Called off, or put off. */
export const CALLED_OFF = '取消|作罢|改期|推[迟后到]|延[期后迟]|顺延|泡汤|黄了|停办';
