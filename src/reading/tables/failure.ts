// Words for what failed, by how it failed: parts of patterns.

/** No one picked up, or the line was dead. */
export const NO_ANSWER = '空号|关机|停机|欠费|占线|打不[通进]|[没未](?:打|接)通|[没未]接|[没无]人接';

/** No one was home. */
export const NOBODY_HOME =
  '没(?:有)?人在家|[家屋]里?没(?:有)?人(?!管)|不在家|锁着|[上紧]锁|锁了?门|门关|[扑跑]了?个?空|白跑';

/** 没谈成, 没见着: begun without success. */
export const WITHOUT_SUCCESS =
  '[没未](?:能)?(?:有)?(?:谈|聊|去|来|上|听|讲|做|办|访|送|开|捐|搞|弄|打|见|遇|找|碰|走|进|进行|轮|排)(?:成|着|到|上|通)';

/** It came to nothing. */
export const IN_VAIN =
  '落了?空|白[走忙等搭摆]|空等|泡了?汤|散伙|流会|告吹|搁浅|作罢|未果|空着?手|[推挤占冲]掉|[给让叫被][^,。;]{1,8}冲了';

/** Somebody turned back, or could not be reached. */
export const TURNED_BACK = '打道回府|掉头|回了头|退回|溜了|忙音';

/** 去不了, 联系不上: it could not be done, and perhaps was never begun. */
export const NOT_POSSIBLE = '[听讲去来谈聊进开补磨送系见]不[了上成着]';
