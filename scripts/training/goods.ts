import { CONTAINER } from '../../src/reading/fields/donation.ts';
import { goodsPlaces, goodsSigns } from '../../src/reading/judge/goods.ts';
import { type Case, goodsName } from '../../test/reading/corpus.ts';
import { messageOf } from './examples.ts';
import { choicesFitted } from './fit.ts';

/** The places near a number of goods: the signs of each, and whether it holds the name of the label. */
type Places = { signs: string[]; right: boolean }[];

/** Fits how strongly each sign suggests that a place holds the name of what a number counts. */
export const learnGoods = (cases: Case[]): Map<string, number> =>
  choicesFitted(
    cases.flatMap(placesIn),
    ({ signs }, take) => {
      for (const sign of signs) take(sign, 1);
    },
    // There are a hundred places for each number; nearly all of them are out of the question.
    { epochs: 12, rate: 0.2, decay: 1e-3, least: 0.005 },
  );

/** Each number of goods whose name the label tells; a container without an item of its own, and a gift without items, name none. */
function placesIn(item: Case): Places[] {
  const gifts = item.readings.filter(({ kind }) => kind === 'donation');
  if (gifts.length === 0) return [];
  const items = gifts.flatMap((gift) => gift.items ?? []).filter(({ name, qty }) => name && qty !== undefined);
  const unnamed = gifts.every((gift) => gift.items === undefined);
  const { script } = messageOf(item);
  const counts = script.tokens.filter(({ count }) => count?.unit === 'goods' && count.n !== undefined);
  const spare = counts.length - items.length;
  return counts.flatMap((token) => {
    const at = items.findIndex(({ qty }) => qty === token.count!.n);
    const [named] = at < 0 ? [] : items.splice(at, 1);
    if (!named && !unnamed && (spare <= 0 || !CONTAINER.test(token.count!.measure ?? ''))) return [];
    const tried = goodsPlaces(script, token).map((place) => ({
      signs: goodsSigns(script, token, place),
      right: named ? place !== undefined && isName(script.text.slice(place.from, place.to), named.name) : !place,
    }));
    return tried.some(({ right }) => right) ? [tried] : [];
  });
}

const isName = (said: string, name: string): boolean => goodsName(said) === goodsName(name);
