import fc from 'fast-check';

// Properties look at the same examples each time, so that a run tells of the change and not of luck; a soak looks at others.
if (!process.env.SOAK) fc.configureGlobal({ seed: 20_261_122 });
