import { describe, expect, it } from 'vitest';
import { moneyWords, toldText, toldValues } from './told.ts';

describe('amounts in what a check says', () => {
  it('are given as money where they are micro-dollars of payloads, and nothing else is', () => {
    expect(moneyWords('cost_micro 36025; it says cost_micro 3602')).toBe(
      'cost $0.036025; it says cost $0.003602',
    );
    expect(moneyWords('cost_micro none, prompt_tokens 12, 12345')).toBe(
      'cost_micro none, prompt_tokens 12, 12345',
    );
    const beyond = 'cost_micro 123456789012345678';
    expect(moneyWords(beyond)).toBe(beyond);
  });

  it('are grouped as everywhere, however large', () => {
    expect(moneyWords('It is $99074.074050, not $1234567890123.000001.')).toBe(
      'It is $99,074.074050, not $1,234,567,890,123.000001.',
    );
    expect(moneyWords('$999.000001 and $1234 and $1234.5')).toBe('$999.000001 and $1234 and $1234.5');
  });
});

describe('numbers in what a check says', () => {
  it('are grouped where they number entries or count something, and nowhere else', () => {
    expect(moneyWords('Entries 1200 to 300237 are missing; entry 4500 is not. 100075 dispatches.')).toBe(
      'Entries 1,200 to 300,237 are missing; entry 4,500 is not. 100,075 dispatches.',
    );
    expect(moneyWords('entries up to 1000, row 2155 of events, 1234 prompt tokens')).toBe(
      'entries up to 1,000, row 2,155 of events, 1,234 prompt tokens',
    );
    const plain = 'agent 12345 says 2026-03-02 09:00:20, model gpt-2024 tokens, status 5000, entry 12ab34';
    expect(moneyWords(plain)).toBe(plain);
  });
});

describe('times in what a check says', () => {
  const zone = 'Europe/Berlin';

  it('have the form of all other times of the window', () => {
    expect(toldText('time 2026-03-02 09:00:20', zone)).toBe('time 2 Mar 2026, 10:00:20');
    expect(toldText("can't be known by bob's entry", zone)).toBe("can’t be known by bob's entry");
  });

  it('stay as stored where only that tells two values apart', () => {
    const values = ['2026-03-02 09:00:20', '2026-03-02T09:00:20.500000'];
    expect(toldValues(values, zone)).toEqual(values);
    expect(toldValues(['2026-03-02 09:00:20', '2026-03-02 09:00:21'], zone)).toEqual([
      '2 Mar 2026, 10:00:20',
      '2 Mar 2026, 10:00:21',
    ]);
    expect(toldValues(['2026-03-02 09:00:20', '2026-03-02 09:00:20'], zone)).toEqual([
      '2 Mar 2026, 10:00:20',
      '2 Mar 2026, 10:00:20',
    ]);
  });
});
