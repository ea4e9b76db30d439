/** Obstacles to a task: the bot offers to forward them to the coordinators instead of answering with an example. */
const HARD = /去不了|没法|没车|车坏|太远|来不及|没时间|没空去|忙不过来|怎么办|咋办|能不能不|能不能用|做不了|完不成/u;

/** Whether a message describes an obstacle, such as 「小雨家太远，周末去不了」. */
export const describesHardship = (text: string): boolean => HARD.test(text);
