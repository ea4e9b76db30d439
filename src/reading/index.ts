/** What other rooms may use of the reader. */
export { numberAt } from './numerals.ts';
