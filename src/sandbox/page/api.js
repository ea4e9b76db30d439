/** GET of the sandbox's page API. */
export async function read(path) {
  const answer = await fetch(`/_sandbox/${path}`);
  if (!answer.ok) throw new Error(`${answer.status} ${path}`);
  return answer.json();
}

/** POST of the sandbox's page API. @throws Error with the sandbox's message */
export async function deed(path, body = {}) {
  const answer = await fetch(`/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const result = await answer.json();
  if (!answer.ok) throw new Error(result.error ?? String(answer.status));
  return result;
}

/** Calls `tell` with the kind of each change, and once after a lost connection is restored. */
export function listen(tell) {
  const source = new EventSource('/_sandbox/stream');
  source.onmessage = (event) => tell(JSON.parse(event.data).kind);
  source.onopen = () => tell('open');
  source.onerror = () => tell('lost');
  return () => source.close();
}
