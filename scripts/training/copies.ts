import type { Case } from '../../test/reading/corpus.ts';

/** Of every so many messages one is copied in each of these ways. */
const EVERY = 6;

const SIGNS = /[，,。；;！!]/gu;
/** Ways to write the same message: punctuation or a space does not change what is told. */
const WAYS: ((text: string) => string)[] = [
  (text) => text.replace(SIGNS, ''),
  (text) => text.replace(SIGNS, ' '),
  (text) => text.replace(/(?<=老师|校长|[小陈王李周][\p{Script=Han}]{1,2})(?=一起|去|到|来|上|听)/u, ' '),
];

/** Copies of messages as another would write them: without punctuation, with spaces for it. Lists, forms and questions keep theirs. */
export function copies(cases: Case[], random: () => number): Case[] {
  return cases.flatMap((item) => {
    if (/[\n:：|｜?？\d]\s|[\n:：|｜?？]/u.test(item.text) || item.text.length > 120) return [];
    return WAYS.flatMap((write, k) => {
      const text = write(item.text).trim();
      return random() * EVERY < 1 && text !== item.text ? [{ ...item, id: `${item.id} ${k}`, text }] : [];
    });
  });
}
