/** The real clock, epoch ms. Doors shift it (the sandbox's date control), tests put their own in its place. */
export const realNow = (): number => Date.now();

/** Only runs forward. */
export const monotonic = (): number => performance.now();

/** 0 ≤ x < 1; spreads reconnecting clients. */
export const chance = (): number => Math.random();
