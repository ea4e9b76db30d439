import { expect, test } from 'vitest';
import { fillingOf } from '../../src/workbook/filling.ts';
import { gives, plans, stored, templateBytes } from './schools.ts';

const ONE = '松溪县第一初级中学';

test('a template contains only the people and pupils that its reader may see', () => {
  const programme = stored();
  const one = fillingOf(programme, plans, { school: (id) => id === ONE, pupil: (id) => id.endsWith('/小禾') });
  expect(one.people!.map((p) => p.name)).toEqual(['何文静', '林致远', '周明', '欧阳兰']);
  expect(one.care!.map((c) => c['pupil.name'])).toEqual(['小禾']);
  const none = fillingOf(programme, plans, { school: () => true, pupil: () => false });
  expect(JSON.stringify(none)).not.toMatch(/小禾|小满/);
});

test('a filled template states what is stored', async () => {
  const programme = stored();
  const filling = fillingOf(programme, plans, { school: () => true, pupil: () => true });
  const found = await gives(await templateBytes(filling), '模板.xlsx');
  expect([found.refused, found.notes]).toEqual([[], []]);
  const { people, cares, schools, pairings, terms } = found.programme!;
  expect({ people, cares, schools, pairings, terms }).toEqual({
    people: programme.people,
    cares: programme.cares,
    schools: programme.schools,
    pairings: programme.pairings,
    terms: programme.terms,
  });
});
