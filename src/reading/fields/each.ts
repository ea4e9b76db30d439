import type { Reading } from '../types.ts';

/**
 * 「方明、段玉梅分别执教数学、语文各一节」, 「9日、16日分别与小杰、小雨谈话」: lists of equal length, and a reading for each of the people
 * or pupils with their part of every list (reading.md, 17).
 */
export function distributed(reading: Reading, doers: string[]): Reading[] {
  const { pupils = [], dates = [] } = reading;
  const turns = pupils.length > 1 && pupils.length === dates.length;
  const n = doers.length > 1 ? doers.length : turns ? pupils.length : 1;
  if (n < 2) return [reading];
  const part = (field: 'teacher' | 'subject' | 'grade', k: number) => {
    const list = reading[field]?.split('、') ?? [];
    return list.length === n ? { [field]: list[k] } : {};
  };
  return Array.from({ length: n }, (_, k) => {
    const { dates: _dates, ...rest } = reading;
    const lessons = reading.lessons !== undefined && reading.lessons % n === 0 ? { lessons: reading.lessons / n } : {};
    return {
      ...(dates.length === n ? { ...rest, date: dates[k], times: 1 } : reading),
      ...(doers.length === n ? { by: doers[k] } : {}),
      ...(turns ? { pupils: [pupils[k]!], times: 1, per_pupil_times: 1 } : {}),
      ...lessons,
      ...part('teacher', k),
      ...part('subject', k),
      ...part('grade', k),
    };
  });
}
