import { describe, expect, it } from 'vitest';
import { localTimes } from './local-times.ts';

describe('stored times in sentences', () => {
  it('are shown in the zone of the window, whatever form they are stored in', () => {
    const zone = 'Europe/Berlin';
    const shown = '21 Nov 2026, 05:02:59';
    expect(localTimes('As seen on 2026-11-21 04:02:59.', zone)).toBe(`As seen on ${shown}.`);
    expect(localTimes('until 2026-11-21T04:02:59+00:00', zone)).toBe(`until ${shown}`);
    expect(localTimes('until 2026-11-21T06:02:59.120000+02:00', zone)).toBe(`until ${shown}`);
  });

  it('leave all else as it is', () => {
    for (const text of ['', '$0.000526 reserved', '2026-13-41T99:99:99Z', 'entry 2026-11-21']) {
      expect(localTimes(text, 'UTC')).toBe(text);
    }
  });
});
