/**
 * Runs `work` and returns how long it took and the longest time between two turns of the event loop, during which the process could do
 * nothing else: by the clock, and by its processor time, which other programs on the machine do not lengthen. ms.
 */
export async function holding(
  work: () => unknown,
): Promise<{ ms: number; cpuMs: number; holdMs: number; holdCpuMs: number }> {
  const cpuNow = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  let [at, cpu] = [performance.now(), cpuNow()];
  let [holdMs, holdCpuMs] = [0, 0];
  const look = () => {
    const [now, cpuThen] = [performance.now(), cpuNow()];
    holdMs = Math.max(holdMs, Math.round(now - at));
    holdCpuMs = Math.max(holdCpuMs, Math.round(cpuThen - cpu));
    [at, cpu] = [now, cpuThen];
  };
  const watch = setInterval(look, 1);
  const [begun, cpuBegun] = [performance.now(), cpuNow()];
  await work();
  const [ms, cpuMs] = [performance.now() - begun, Math.round(cpuNow() - cpuBegun)];
  await new Promise((resolve) => setTimeout(resolve, 5));
  clearInterval(watch);
  return { ms, cpuMs, holdMs, holdCpuMs };
}
