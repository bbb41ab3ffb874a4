import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTimestamp, textFromDays } from '../../src/core/records/time.ts';
import { peerPython } from '../support/peers.ts';

const python = peerPython();

const script = `
import json, sys
from datetime import datetime, timezone
out = []
for text in json.load(sys.stdin):
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        out.append(None)
        continue
    aware = at if at.tzinfo is not None else at.replace(tzinfo=timezone.utc)
    delta = aware - datetime(1970, 1, 1, tzinfo=timezone.utc)
    micros = (delta.days * 86400 + delta.seconds) * 1000000 + delta.microseconds
    out.append([at.date().isoformat(), micros, at.tzinfo is None])
print(json.dumps(out))
`;

const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
const date = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 9999 }), two(13), two(32), fc.constantFrom('-', ''))
    .map(([year, month, day, dash]) => [String(year).padStart(4, '0'), month, day].join(dash)),
  fc
    .tuple(fc.integer({ min: 1990, max: 2040 }), two(54), fc.constantFrom('', '-1', '-7', '-8'))
    .map(([year, week, day]) => `${year}-W${week}${day}`),
);
const clock = fc
  .tuple(
    two(25),
    two(61),
    two(61),
    fc.constantFrom('', '.1', '.123', '.123456', ',123456789'),
    fc.constantFrom(':', ''),
    fc.integer({ min: 1, max: 4 }),
  )
  .map(([hour, minute, second, fraction, colon, parts]) =>
    parts === 4
      ? [hour, minute, second].join(colon) + fraction
      : [hour, minute, second].slice(0, parts).join(colon),
  );
const zone = fc.oneof(
  fc.constantFrom(
    '',
    'Z',
    'z',
    '+00:00',
    '-00:00',
    '+0530',
    '-05',
    '+24:00',
    '+05:30:15',
    '-01:00:00.5',
    ' ',
  ),
  fc
    .tuple(fc.constantFrom('+', '-'), two(25), two(61))
    .map(([sign, hour, minute]) => `${sign}${hour}:${minute}`),
);
const text = fc
  .tuple(date, fc.constantFrom('T', ' ', 't', '_'), fc.oneof(fc.constant(''), clock), zone)
  .map((parts) => parts.join(''));

describe.skipIf(python === null)('timestamps', () => {
  it('are read as Python reads them, and refused where Python refuses them', () => {
    const seed = Number(process.env['VEKSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 30));
    const texts = fc.sample(text, { numRuns: 5000, seed });
    const told = JSON.parse(
      execFileSync(python!, ['-c', script], {
        input: JSON.stringify(texts),
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      }),
    ) as ([string, number, boolean] | null)[];
    for (const [at, one] of texts.entries()) {
      const moment = readTimestamp(one);
      const ours = moment === null ? null : [textFromDays(moment.day), moment.micros, moment.naive];
      expect(ours, `“${one}” of seed ${seed}`).toEqual(told[at]);
    }
    expect(told.filter((one) => one !== null).length).toBeGreaterThan(500);
  });
});
