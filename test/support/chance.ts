import fc from 'fast-check';

// Properties use the same examples each time, so that a failure is due to the change and not to luck; a soak uses others.
if (!process.env.SOAK) fc.configureGlobal({ seed: 20_261_122 });
