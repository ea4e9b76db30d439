import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

type JobCounts = () => Promise<Record<string, Record<string, number>>>;

/**
 * The program's counters, for Prometheus. Labels carry kinds and outcomes only, never a person, a school or an id. `watch` gets the
 * function that counts jobs per queue and state, once there is a queue: every scrape calls it, and its failure leaves the gauge empty.
 */
export function createMetrics() {
  let jobs: JobCounts = async () => ({});
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'jiedui_jobs',
    help: 'Jobs in the queue',
    labelNames: ['queue', 'state'],
    registers,
    async collect() {
      this.reset();
      const counts = await jobs().catch(() => ({}));
      for (const [queue, states] of Object.entries(counts)) {
        for (const [state, n] of Object.entries(states)) this.set({ queue, state }, n);
      }
    },
  });
  return {
    registry,
    watch: (counts: JobCounts) => {
      jobs = counts;
    },
    /** Events and card callbacks, by type and outcome (done, refused, failed). */
    events: new Counter({
      name: 'jiedui_events_total',
      help: 'Pushes handled',
      labelNames: ['type', 'outcome'],
      registers,
    }),
    /** Seconds from the arrival of a push to its answer: Feishu waits for 3. */
    answered: new Histogram({
      name: 'jiedui_event_seconds',
      help: 'Time to answer a push',
      labelNames: ['type'],
      buckets: [0.01, 0.03, 0.1, 0.3, 1, 2, 3, 5],
      registers,
    }),
    /** Notices by kind and outcome (sent, refused, uncertain). */
    notices: new Counter({
      name: 'jiedui_notices_total',
      help: 'Messages to people',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    /** Calls of the Open API by method and outcome (ok, limited, refused, unknown). */
    calls: new Counter({
      name: 'jiedui_lark_calls_total',
      help: 'Open API calls',
      labelNames: ['method', 'outcome'],
      registers,
    }),
  };
}
