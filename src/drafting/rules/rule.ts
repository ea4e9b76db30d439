/** A rule reads what it says; a test tries each on its own example. */
export interface Rule {
  name: string;
  says: string;
  when: RegExp;
}
