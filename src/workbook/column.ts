/** What a sheet of a programme's workbook consists of. */

/** `names`: persons; `dates`: days or one range; `items`: goods with amounts; `skip`: known and not needed. */
export type CellKind = 'text' | 'date' | 'dates' | 'number' | 'yes_no' | 'list' | 'names' | 'items' | 'skip';
export interface BookColumn {
  /** Field of the programme file; `pupil.name` is a field of a field. Also the English header. */
  key: string;
  zh: string;
  /** Other headers people use. */
  also?: string[];
  /** What a header contains if none of the names above is all of it. */
  like?: RegExp;
  kind?: CellKind;
  /** What people write → what the programme file says. The file's own words are always understood. */
  words?: Record<string, string>;
  /** Words by what they contain, tried if `words` has none. */
  wordLike?: [RegExp, string][];
  /** A column for one month of a register: its cells may say the day alone. */
  month?: number;
  hint?: string;
  example?: string | number;
  /** Never a column of the template: it only helps to read what schools keep. */
  extra?: boolean;
}
export interface SheetPlan {
  /** List of the programme file; also the English name of the sheet. */
  list: string;
  zh: string;
  also?: string[];
  /** What the title of such a list holds. */
  titled?: RegExp;
  /** Columns that identify the list if the sheet's name does not: one of each group. None: only by name. */
  needs?: string[][];
  columns: BookColumn[];
}
