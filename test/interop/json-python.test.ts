import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/core/json/canonical.ts';
import { parseJsonBytes } from '../../src/core/json/decode.ts';
import { pythonJsonDumps } from '../../src/core/json/pretty.ts';
import { jsonDocuments } from '../support/json-documents.ts';
import { expectedOf } from '../support/goldens.ts';
import { peerPython } from '../support/peers.ts';

/** Reads one document in hex per line; answers what Python makes of it, one JSON value per line. */
const script = `
import json, sys
for line in sys.stdin:
    data = bytes.fromhex(line.strip())
    out = {"read": True}
    try:
        value = json.loads(data) if data else None
    except (ValueError, RecursionError) as error:
        out = {"read": False, "why": str(error)}
    else:
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        try:
            out["canonical"] = text.encode().hex()
        except UnicodeEncodeError:
            out["canonical"] = None
        out["ascii"] = json.dumps(value)
        out["indented"] = json.dumps(value, indent=2)
    print(json.dumps(out))
`;

type Answer = {
  readonly read: boolean;
  readonly why?: string;
  readonly canonical?: string | null;
  readonly ascii?: string;
  readonly indented?: string;
};

const python = peerPython() ?? (spawnSync('python3', ['--version']).status === 0 ? 'python3' : null);
const seed = Date.now() % 2 ** 31;

function askPython(documents: readonly Uint8Array[]): Answer[] {
  const input = documents.map((bytes) => `${Buffer.from(bytes).toString('hex')}\n`).join('');
  const run = spawnSync(python!, ['-c', script], { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

/** What is different between Python and us for one document; null where all is equal. */
function difference(bytes: Uint8Array, theirs: Answer): string | null {
  const show = `${Buffer.from(bytes).toString('hex').slice(0, 2000)} (seed ${seed})`;
  const ours = parseJsonBytes(bytes);
  if (!ours.ok) return theirs.read ? `Python reads, we say ${ours.error.message}: ${show}` : null;
  const canonical = canonicalText(ours.node);
  if (!theirs.read) {
    const hugeInteger =
      !canonical.ok && canonical.reason.includes('digits') && theirs.why!.includes('digits');
    return hugeInteger ? null : `we read, Python says ${theirs.why}: ${show}`;
  }
  const text = canonical.ok ? Buffer.from(canonical.text).toString('hex') : null;
  if (text !== theirs.canonical) return `canonical form: ${text} instead of ${theirs.canonical}: ${show}`;
  if (pythonJsonDumps(ours.node) !== theirs.ascii) return `dumps: ${show}`;
  if (pythonJsonDumps(ours.node, { indent: 2 }) !== theirs.indented) return `indented dumps: ${show}`;
  return null;
}

function compareAll(documents: readonly Uint8Array[]): {
  readonly differences: string[];
  readonly read: number;
} {
  const answers = askPython(documents);
  expect(answers).toHaveLength(documents.length);
  const differences = documents.map((bytes, i) => difference(bytes, answers[i]!)).filter((d) => d !== null);
  return { differences, read: answers.filter((answer) => answer.read).length };
}

type Values = {
  readonly table: readonly { readonly canonical_hex?: string }[];
  readonly raw_table: readonly { readonly hex: string }[];
};

function goldenDocuments(): Uint8Array[] {
  const values = expectedOf('values') as unknown as Values;
  return [
    ...values.table.flatMap((row) => row.canonical_hex ?? []),
    ...values.raw_table.map((row) => row.hex),
  ].map((hex) => Buffer.from(hex, 'hex'));
}

/** Small documents that are wrong, or nearly wrong, in a way that a parser gets wrong. */
const traps = [
  '',
  ' ',
  '-',
  '01',
  '-01',
  '1.',
  '.5',
  '+1',
  '1e',
  '1E+',
  '1e+5',
  '-0',
  '-0.0',
  '1e400',
  '-1e400',
  '1e-400',
  'NaN',
  '-NaN',
  'nan',
  'Infinity',
  '-Infinity',
  '+Infinity',
  'Inf',
  '-Inf',
  'true',
  'True',
  'nullx',
  'NaN1',
  '[1,]',
  '[,]',
  '{"a":1,}',
  '{,}',
  '{"a"}',
  "'a'",
  '"a\tb"',
  '"a\u007fb"',
  '"\\x"',
  '"\\u12"',
  '"\\u 123"',
  '"\\u+123"',
  '"\\u0x12"',
  '"\\uD83D\\uDE00"',
  '"\\uD83D\\u0041"',
  '"\\uD83D\\uD83D\\uDE00"',
  '"\\uDE00\\uD83D"',
  '"\\uD83Dx"',
  '\u00a01',
  '\f1',
  '\u000b1',
  '1\u0000',
  '\ufeff',
  '\ufeff1',
  '\ufeff\ufeff1',
  '1\ufeff',
  '[1] 2',
  '١',
  '[١]',
  '1_000',
  '0x10',
  '1.0e5',
  '1.e5',
  '1e5.0',
  '// c\n1',
  '9'.repeat(4300),
  '9'.repeat(4301),
  `-${'9'.repeat(4300)}`,
  `[${'1'.repeat(5000)}]`,
  `0.${'1'.repeat(5000)}`,
  '2.2250738585072011e-308',
  '4.9e-324',
  '2.4703282292062328e-324',
  '1.7976931348623159e308',
  '9007199254740993.0',
  '0.000099999999999999999999',
  '9999999999999999.5',
  '123456789012345.678',
  '{"\ue000":1,"😀":2,"\uffff":3,"":4}',
  '{"__proto__":1,"a":1,"__proto__":{"b":2}}',
  '{"b":1,"a":2,"b":3}',
].map((text) => Buffer.from(text));

const wideTraps = [
  '2200',
  '0022',
  '00',
  '0000',
  '000000',
  '31',
  '3100',
  '0031',
  '310000',
  '31000000',
  '00000031',
  '3100000031000000',
  'fffe3100',
  'feff0031',
  'fffe',
  'feff',
  'fffe0000',
  'fffe000031000000',
  '0000feff00000031',
  '0000feff',
  'efbbbf',
  'efbb',
  'efbbbf31',
  '220000d82200',
  '22003dd822',
  '22003dd8',
  '22003dd800de2200',
  '22003dd822002200',
  '220000de3dd82200',
  '2200000000d8000022000000',
  '22000000ffff100022000000',
  '220000000000110022000000',
  '22eda0bd22',
  '22eda0bd',
  '22edb88022',
  '22ed9fbf22',
  '22c08022',
  '22e0808022',
  '22f0808080 22',
  '22f4908080 22',
  '22f48fbfbf22',
  '22ff22',
  '2280 22',
  '22c322',
  '22e282 22',
  '22f09f98 22',
  '22c3',
  'c3',
  '3100320033',
  '0a0031',
  '00310a',
].map((hex) => Buffer.from(hex.replaceAll(' ', ''), 'hex'));

describe.skipIf(python === null)('JSON beside the real Python', () => {
  console.log(`json-python: seed ${seed}`);

  it('agrees on the golden values, the foreign blobs and the traps', () => {
    const documents = [...goldenDocuments(), ...traps, ...wideTraps];
    expect(compareAll(documents).differences).toEqual([]);
  });

  it('agrees on random documents', () => {
    const documents = fc.sample(jsonDocuments, { seed, numRuns: 3_000 }).map((text) => Buffer.from(text));
    const { differences, read } = compareAll(documents);
    expect(differences).toEqual([]);
    expect(read).toBeGreaterThan(2_900);
  });

  it('agrees on random doubles', () => {
    const bits = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((n) => {
      const view = new DataView(new ArrayBuffer(8));
      view.setBigUint64(0, n);
      return view.getFloat64(0);
    });
    const tenths = fc
      .tuple(fc.integer(), fc.integer({ min: -25, max: 25 }))
      .map(([m, e]) => Number(`${m}e${e}`));
    const doubles = fc.oneof(bits, tenths, fc.double()).filter((x) => Number.isFinite(x));
    const documents = fc
      .sample(doubles, { seed, numRuns: 20_000 })
      .map((x) => Buffer.from(x.toExponential()));
    expect(compareAll(documents).differences).toEqual([]);
  });

  it('accepts and refuses the same mutated documents', () => {
    const sources = [...goldenDocuments(), ...traps, ...wideTraps].filter((bytes) => bytes.length < 300);
    const bytes = [
      ...Buffer.from('"\\u{}[],:0123456789-+.eE nulltruefalseNaNInfinity\t\n\r\0'),
      0,
      0xef,
      0xbb,
      0xbf,
      0xff,
      0xfe,
      0xed,
      0xa0,
      0xc3,
    ];
    const edit = fc.record({
      at: fc.nat(300),
      remove: fc.nat(2),
      insert: fc.array(fc.oneof(fc.constantFrom(...bytes), fc.integer({ min: 0, max: 255 })), {
        maxLength: 3,
      }),
    });
    const mutated = fc
      .tuple(fc.constantFrom(...sources), fc.array(edit, { minLength: 1, maxLength: 4 }))
      .map(([source, edits]) => {
        const out = [...source];
        for (const { at, remove, insert } of edits) out.splice(at % (out.length + 1), remove, ...insert);
        return Buffer.from(out);
      });
    const documents = fc.sample(mutated, { seed, numRuns: 20_000 }).filter((doc) => !splitsPair(doc));
    const { differences, read } = compareAll(documents);
    expect(differences).toEqual([]);
    expect(read).toBeGreaterThan(1_000);
    expect(read).toBeLessThan(documents.length - 1_000);
  });
});

/** Two halves of a surrogate pair that were encoded one by one: the one case in which we differ knowingly. */
function splitsPair(bytes: Buffer): boolean {
  return /eda[0-9a-f]..(?:5c754[4-6].{6}|edb)|5c75(?:64|44)(?:38|39|41|42|61|62).{4}edb/.test(
    bytes.toString('hex'),
  );
}
