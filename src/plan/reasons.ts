/** Reasons as codes with their values. The sentences are in cards/texts, in every language. */

/** Why a period asks for nothing. `words` are a person's own. */
export type Excuse =
  | { code: 'waiver'; words: string }
  | { code: 'leave'; words?: string }
  /** Less than half of the period lies within the subject's spell. */
  | { code: 'short_service' }
  | { code: 'no_school_day' };

/** Why an activity does not count for an obligation. */
export type NotCounted =
  | { code: 'other_kind' | 'planned' | 'attempted' | 'cancelled' | 'withdrawn' | 'disputed' }
  | { code: 'too_early' | 'too_late' | 'not_yet' }
  | { code: 'other_mode' }
  | { code: 'other_role'; asked: string[] }
  | { code: 'other_topic' | 'no_topic' | 'excepted'; asked: string }
  | { code: 'not_external' | 'external' | 'other_doer' }
  | { code: 'not_person' | 'not_pupil' | 'not_both' | 'not_school' | 'not_district' | 'not_side' }
  | { code: 'same_day' | 'same_occasion' }
  | { code: 'on_leave' | 'days_known' | 'no_school_day' }
  | { code: 'stay_too_long'; days: number }
  | { code: 'no_lessons' | 'no_amount' | 'no_pieces' | 'no_people' | 'no_pupils' };

/** What the plans require and the lists lack. `of`: the school, pairing or person; pupils only as numbers. */
export type Lacking = { of: string } & (
  | { code: 'no_agreement' | 'no_team' | 'no_mentorship' | 'no_kinds' | 'no_pairing' }
  | { code: 'recipients'; count: number; min: number; max?: number }
  | { code: 'cycle_over'; years: number }
  | { code: 'few_pupils' | 'many_pupils'; count: number; limit: number }
  | { code: 'too_old'; age: number; sex: string; limit: number }
  | { code: 'long_rural'; years: number; limit: number }
  | { code: 'other_subject'; subject: string; lacks: string[] }
  | { code: 'no_kind' | 'no_district' | 'no_leader' | 'no_coordinator' | 'no_bureau_leader' | 'no_bureau_coordinator' }
  | { code: 'departed_mentor'; to: string; pupils: number }
  /** Several rows with one mobile, email or open id; `of` has all their names. */
  | { code: 'shared_account' }
);
