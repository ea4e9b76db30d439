import { expect, test } from 'vitest';
import { idsInOrder } from '../src/app/clock.ts';

test('ids sort in the order in which they were made, also many in one millisecond', () => {
  const newId = idsInOrder();
  const made = Array.from({ length: 30_000 }, newId);
  expect(new Set(made).size).toBe(made.length);
  expect(made.toSorted()).toEqual(made);
  expect(made.every((id) => /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id))).toBe(true);
});
