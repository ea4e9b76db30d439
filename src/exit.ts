/** After this long, open handles no longer keep the process alive. */
const PATIENCE_MS = 5_000;

/**
 * Ends the process with a code by letting it run out. `process.exit` is only the last resort: in Node 26.10 it joins V8's compiler
 * threads, and if one of them is just asking the main thread for a garbage collection, both wait for ever.
 */
export function endWith(code: number): void {
  process.exitCode = code;
  setTimeout(() => process.exit(code), PATIENCE_MS).unref();
}
