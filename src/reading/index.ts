/** What other rooms may use of the reader. */
export { numberAt } from './tokens/numerals.ts';
