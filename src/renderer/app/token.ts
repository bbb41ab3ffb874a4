const KEY = 'vekscope-token';

/**
 * The token of the serve host. It arrives in the address; it is taken out of the address bar at once, so that it
 * stays out of the history and of copied addresses, and kept for reloads of this tab only.
 */
export function readToken(): string {
  const url = new URL(window.location.href);
  const given = url.searchParams.get('token');
  if (given === null) return window.sessionStorage.getItem(KEY) ?? '';
  url.searchParams.delete('token');
  window.history.replaceState(window.history.state, '', url.pathname + url.search + url.hash);
  window.sessionStorage.setItem(KEY, given);
  return given;
}
