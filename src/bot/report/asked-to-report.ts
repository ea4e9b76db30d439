/** A request to report is neither a plan nor a record: 「校长让我报一下上周的送教」. */
const ASKED =
  /^(?:[^，,。]{0,8}?)(?:让|叫|要|催|要求|通知|请)(?:我|我们|咱们|大家|老师们|各位)(?:尽快|赶紧|赶快|今天|马上|都|把|来)?[^，,。]{0,12}?(?:报(?:一下|一报|送|上)?|填(?:一下|报)?|补报|上报|交)/;

/** Whether a message passes on somebody's request to report. */
export const isAskedToReport = (text: string): boolean => ASKED.test(text.trim()) && !/[，,。].*(?:了|过)/.test(text);
