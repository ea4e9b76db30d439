export interface TokenSource {
  /** The current tenant token; callers at the same moment share one request. */
  get: () => Promise<string>;
  /** Drops a token that the platform no longer accepts; a newer one is kept. */
  forget: (token: string) => void;
}

/**
 * Tenant tokens of one app, cached per client: the SDK's cache is global by app id, sends one request per parallel
 * call and keeps a token that the platform says has expired. Renewed 3 minutes before its end.
 */
export function createTokenSource(
  fetchToken: () => Promise<{ tenant_access_token: string; expire: number }>,
  now: () => number,
): TokenSource {
  let cached: { token: string; until: number } | undefined;
  let pending: Promise<string> | undefined;

  async function renew(): Promise<string> {
    const answer = await fetchToken();
    cached = { token: answer.tenant_access_token, until: now() + (answer.expire - 180) * 1000 };
    return cached.token;
  }

  return {
    get() {
      if (cached && now() < cached.until) return Promise.resolve(cached.token);
      pending ??= renew().finally(() => {
        pending = undefined;
      });
      return pending;
    },
    forget(token) {
      if (cached?.token === token) cached = undefined;
    },
  };
}
