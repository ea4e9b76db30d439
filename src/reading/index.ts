/** The parts of the reader that other rooms may use. */
export { numberAt } from './tokens/numerals.ts';
