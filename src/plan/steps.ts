/** Runs work in steps at once, if it is short enough to block the process. */
export function finished<T>(steps: Generator<unknown, T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
