/** What work in steps comes to, done at once: for work that is short enough to hold the process. */
export function finished<T>(steps: Generator<unknown, T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
