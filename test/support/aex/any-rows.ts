import * as fc from 'fast-check';
import type { MeantRow, Meaning } from './slow-columns.ts';

const NUMBERS = [
  'estimated_micro',
  'cost_micro',
  'remaining_micro',
  'prompt_tokens',
  'completion_tokens',
  'status_code',
];
const TEXTS = [
  'model',
  'reason',
  'detail',
  'expiry_at',
  'tool_name',
  'error',
  'from',
  'to',
  'state',
  'endpoint',
];

/** The keys of each type, by formats/aex.md §4. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  'budget.reserve': ['estimated_micro', 'expiry_at'],
  'budget.deny': ['detail', 'estimated_micro', 'remaining_micro'],
  'execution.dispatched': ['state'],
  'usage.commit': ['completion_tokens', 'cost_micro', 'estimated_micro', 'model', 'prompt_tokens'],
  'reservation.release': ['estimated_micro', 'reason'],
  'execution.failed': ['reason', 'status_code'],
  'tool.exec': ['cost_micro', 'tool_name'],
  'tool.exec.denied': ['error', 'tool_name'],
  'agent.state.transition': ['from', 'reason', 'to'],
  'policy.violation': ['endpoint', 'reason'],
  'some.other': [],
};

/** The one time of expiry among the texts. */
const EXPIRY = '2026-03-02T09:03:05+00:00';

type Value = {
  readonly text: string;
  readonly number: number | null;
  readonly words: string | null;
  readonly form: 'int' | 'text' | 'null' | 'odd';
  readonly inexact: boolean;
};
const value = (
  text: string,
  form: Value['form'],
  number: number | null = null,
  words: string | null = null,
  inexact = false,
): Value => ({ text, number, words, form, inexact });

const int = fc
  .oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 5_000 }) },
    fc.integer({ min: -900, max: -1 }),
    fc.integer({ min: 0, max: 1e12 }),
  )
  .map((n) => value(String(n), 'int', n));
const oddNumber = fc.constantFrom(
  value('-0', 'int', 0),
  value('1000000000000001', 'int', 1_000_000_000_000_001),
  value('9007199254740993', 'int', null, null, true),
  value('12345678901234567890123', 'int', null, null, true),
  value('1.9', 'odd', 1),
  value('-1.9', 'odd', -1),
  value('1e400', 'odd', null, null, true),
  value('NaN', 'odd', null, null, true),
  value('true', 'odd', 1),
  value('"12"', 'odd', 12, '12'),
  value('"x"', 'odd', null, 'x'),
  value('null', 'null'),
  value('{}', 'odd'),
  value('[1,"}"]', 'odd'),
);
const words = fc
  .oneof(
    fc.constantFrom(
      'mini',
      'big',
      EXPIRY,
      'Recovered stale reservation',
      'Insufficient budget',
      'a "quoted" \\ one',
      '__proto__',
      '',
      '\u{1f600} é',
      '\ud800',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )
  .map((text) => value(JSON.stringify(text), 'text', null, text));

const key = fc.constantFrom(...NUMBERS, ...TEXTS, 'other', '__proto__', '');
const anyValue = fc.oneof(int, oddNumber, words);

/** A payload in some spelling, with what it says. */
function payloadOf(type: string): fc.Arbitrary<{ readonly payload: unknown; readonly meaning: Meaning }> {
  const form = FORMS[type] ?? [];
  const plain = fc.tuple(
    ...form.map((name) => fc.tuple(fc.constant(name), NUMBERS.includes(name) ? int : words)),
  );
  const wild = fc
    .tuple(fc.shuffledSubarray([...form]), fc.array(fc.tuple(key, anyValue), { maxLength: 3 }))
    .chain(([own, more]) =>
      fc
        .tuple(...own.map((name) => fc.tuple(fc.constant(name), anyValue)))
        .map((pairs) => pairs.concat(more)),
    );
  const object = fc
    .tuple(fc.oneof({ weight: 3, arbitrary: plain }, wild), fc.constantFrom('', '', ' ', '\n'))
    .map(([pairs, blank]) => {
      const text = `{${pairs.map(([name, one]) => `${JSON.stringify(name)}:${blank}${one.text}`).join(`,${blank}`)}}`;
      return { payload: text, meaning: meaningOf(type, pairs) };
    });
  const nothing: Meaning = { numbers: new Map(), texts: new Map(), odd: true, inexact: false };
  const broken = fc
    .constantFrom<unknown>(
      '',
      '[]',
      '{',
      '{"estimated_micro":5',
      '{"estimated_micro":5}}',
      '"x"',
      '5',
      '{"estimated_micro":05}',
      '{"a":\t"\t"}',
      null,
      7,
      1.5,
    )
    .map((payload) => ({ payload, meaning: nothing }));
  return fc.oneof({ weight: 9, arbitrary: object }, broken);
}

function meaningOf(type: string, pairs: readonly (readonly [string, Value])[]): Meaning {
  const last = new Map(pairs);
  const form = FORMS[type] ?? [];
  const numbers = new Map<string, number | null>();
  const texts = new Map<string, string | null>();
  // A key that is no one's may stand there twice.
  const known = pairs.filter(([name]) => NUMBERS.includes(name) || TEXTS.includes(name));
  let odd = form.some((name) => !last.has(name));
  let inexact = false;
  if (new Set(known.map(([name]) => name)).size < known.length) odd = true;
  for (const [name, one] of last) {
    if (NUMBERS.includes(name)) {
      numbers.set(name, one.number);
      if (one.form !== 'int') odd = true;
      if (one.inexact) inexact = true;
    } else if (TEXTS.includes(name)) {
      texts.set(name, one.words);
      const mayBeNull = name === 'model' || (name === 'reason' && type === 'agent.state.transition');
      if (one.form === 'null' ? !mayBeNull : one.words === null) odd = true;
    }
  }
  return { numbers, texts, odd, inexact };
}

const stamp = fc
  .tuple(fc.integer({ min: 1_772_000_000, max: 1_773_000_000 }), fc.constantFrom('A', 'B', 'C'))
  .map(([seconds, shape]) => {
    const iso = new Date(seconds * 1000).toISOString().slice(0, 19);
    if (shape === 'B') return { ts: iso.replace('T', ' ') as unknown, micros: seconds * 1e6 };
    if (shape === 'A') return { ts: `${iso}+00:00` as unknown, micros: seconds * 1e6 };
    return { ts: `${iso}.250001` as unknown, micros: seconds * 1e6 + 250_001 };
  });
const noStamp = fc
  .constantFrom<unknown>(
    '',
    'soon',
    null,
    5,
    '2026-13-01 00:00:00',
    '2026-03-02 24:00:00',
    '2026-03-02',
    '20x6-03-02 00:00:00',
  )
  .map((ts) => ({ ts, micros: NaN }));

const named = fc.constantFrom<unknown>('a', 'b', 'c', '', null, '__proto__', 'é');
const strange = fc.oneof(
  fc.constant<unknown>(Buffer.from('a')),
  fc.constant<unknown>(3),
  fc.string({ unit: 'binary', maxLength: 5 }),
);

/** A row of an event log as AEX writes it, or as a stranger might, with what it says. `seq` follows the one before by `step`. */
export const anyRow: fc.Arbitrary<Unnumbered> = fc
  .oneof(
    { weight: 12, arbitrary: fc.constantFrom(...Object.keys(FORMS)) },
    fc.constantFrom('BUDGET.RESERVE', 'usage.commit '),
  )
  .chain((type) =>
    fc.record({
      step: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 50 })),
      type: fc.constant<unknown>(type),
      payload: payloadOf(type),
      agent: fc.oneof({ weight: 6, arbitrary: named }, strange),
      executionId: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom<unknown>('e1', 'e2', 'e3', 'e4', '', null) },
        strange,
      ),
      time: fc.oneof({ weight: 6, arbitrary: stamp }, noStamp),
      hash: fc.stringMatching(/^[0-9a-f]{16}$/),
    }),
  )
  .map(({ payload: { payload, meaning }, time, step, type, agent, executionId, hash }) => {
    const isKnown = meaning.texts.get('expiry_at') === EXPIRY;
    const expiry = isKnown ? 1_772_442_185e6 : NaN;
    return {
      step,
      type,
      agent,
      executionId,
      hash,
      payload,
      meaning,
      ts: time.ts,
      micros: time.micros,
      expiry,
    };
  });

type Unnumbered = Omit<MeantRow, 'seq'> & { readonly step: number };

/** Gives rows their numbers, the first one behind `after`. */
export function numbered(rows: readonly Unnumbered[], after = 0): MeantRow[] {
  const made: MeantRow[] = [];
  let seq = after;
  for (const row of rows) made.push({ ...row, seq: (seq += row.step) });
  return made;
}

/** Some rows with their numbers. */
export const anyRows = (maxLength: number): fc.Arbitrary<MeantRow[]> =>
  fc.array(anyRow, { maxLength }).map((rows) => numbered(rows));

/** The same rows at every call, numbered from 1 on without a gap. */
export function someRows(count: number, seed: number): MeantRow[] {
  const made: MeantRow[] = [];
  for (const row of fc.sample(anyRow, { numRuns: count, seed })) made.push({ ...row, seq: made.length + 1 });
  return made;
}
