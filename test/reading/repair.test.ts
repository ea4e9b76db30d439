import { expect, test } from 'vitest';
import { saidIn } from '../../src/reading/read.ts';
import { knownBy } from './corpus.ts';

/** A message without what its sender took back. */
const meant = (text: string): string => saidIn(text, { today: '2026-11-20' }, knownBy(undefined)).script.text;

test.each([
  ['昨天收到民中图书一百不对两百册', '昨天收到民中图书两百册'],
  ['给万佑送八个不对十个篮球', '给万佑送十个篮球'],
  ['送去十三套哦不对三十套课桌', '送去三十套课桌'],
  ['昨天去万佑讲了一节不对两节', '昨天去万佑讲了两节'],
  ['听了两节，哦不，三节', '听了三节'],
  ['民中打来两万啊不对一万二的助学款', '民中打来一万二的助学款'],
  ['上周四不对是周五去的万佑', '上周五去的万佑'],
  ['去小杰家哦不对说错了是小雨家', '去小雨家'],
])('%s means %s', (text, wanted) => expect(meant(text)).toBe(wanted));

test.each([
  '陈老师说这个题不对,我讲了三遍',
  '寒假不对暑期',
  '给小杰补数学,30道错了12道',
  '大米十袋不对大米也是二十袋',
  '昨天的不对,三节',
  '小杰不是小雨',
])('%s takes nothing back that stands right before', (text) => expect(meant(text)).toBe(text));
