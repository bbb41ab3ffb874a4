/** The whole address in ASCII when it may be opened: https, and no name or password that could pose as a host. */
export function openableAddress(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  return url.href;
}
