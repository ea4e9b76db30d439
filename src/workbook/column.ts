/** What a sheet of a programme's workbook consists of. */

export type CellKind = 'text' | 'date' | 'dates' | 'number' | 'yes_no' | 'list';
export interface BookColumn {
  /** Field of the programme file; `pupil.name` is a field of a field. Also the English header. */
  key: string;
  zh: string;
  /** Other headers people use. */
  also?: string[];
  kind?: CellKind;
  /** What people write → what the programme file says. The file's own words are always understood. */
  words?: Record<string, string>;
  hint?: string;
  example?: string | number;
}
export interface SheetPlan {
  /** List of the programme file; also the English name of the sheet. */
  list: string;
  zh: string;
  also?: string[];
  columns: BookColumn[];
}
