/** The description of a workbook's sheets and columns. */

/** `names`: persons; `dates`: days or one range; `items`: goods with amounts; `skip`: known and not needed. */
export type CellKind = 'text' | 'date' | 'dates' | 'number' | 'yes_no' | 'list' | 'names' | 'items' | 'skip';
export interface BookColumn {
  /** Field of the programme file; `pupil.name` is a field of a field. Also the English header. */
  key: string;
  zh: string;
  /** Other headers people use. */
  also?: string[];
  /** Matches part of a header, if none of the names above is the whole of it. */
  like?: RegExp;
  kind?: CellKind;
  /** What people write → what the programme file says. The file's own words are always understood. */
  words?: Record<string, string>;
  /** Words by what they contain, tried if `words` has none. */
  wordLike?: [RegExp, string][];
  /** The month of a register's column, whose cells may give only the day. */
  month?: number;
  hint?: string;
  example?: string | number;
  /** Not in the template: only for reading schools' own lists. */
  extra?: boolean;
}
export interface SheetPlan {
  /** List of the programme file; also the English name of the sheet. */
  list: string;
  zh: string;
  also?: string[];
  /** Matches the title above such a list. */
  titled?: RegExp;
  /** Columns that identify the list if the sheet's name does not: one from each group. Absent: only its name does. */
  needs?: string[][];
  columns: BookColumn[];
}
