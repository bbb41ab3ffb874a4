import { createHash } from 'node:crypto';

/** The key by which upstream remembers that an alert was seen (formats/atomic-agents.md §9). */
export function alertKey(agent: string, kind: string, bucket: string): string {
  const digest = createHash('sha256').update(['v1', agent, kind, bucket].join('\0')).digest('hex');
  return `v1:${digest.slice(0, 12)}`;
}
