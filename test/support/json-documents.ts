import * as fc from 'fast-check';

const blank = fc.constantFrom('', '', '', ' ', '\n', '\t \r\n');
const key = fc.oneof(
  fc.constantFrom('a', 'b', '1', '10', '9', '__proto__', '', '\ue000', '\u{1f600}', '\uffff'),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const string = fc
  .oneof(fc.string({ unit: 'binary' }), fc.string(), key)
  .chain((value) => fc.constantFrom(JSON.stringify(value), escaped(value)));
const integer = fc.oneof(fc.integer().map(String), fc.bigInt().map(String), fc.constantFrom('0', '-0', '-1'));
const float = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x.toExponential()),
  fc.tuple(integer, fc.integer({ min: -330, max: 330 })).map(([m, e]) => `${m}E${e}`),
  fc.tuple(integer, fc.nat()).map(([a, b]) => `${a}.${b}`),
  fc.constantFrom('NaN', 'Infinity', '-Infinity', '-0.0', '0e0', '1e400', '1e-400'),
);

/** The text with every UTF-16 unit as an escape. */
function escaped(value: string): string {
  const units = Array.from({ length: value.length }, (_, i) =>
    value.charCodeAt(i).toString(16).padStart(4, '0'),
  );
  return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}

/** Random JSON texts as Python may meet them: odd numbers, duplicate keys, blanks, every kind of string. */
export const jsonDocuments: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom('null', 'true', 'false'),
    integer,
    float,
    string,
    fc
      .tuple(blank, fc.array(tie('value'), { maxLength: 5 }))
      .map(([b, items]) => `[${b}${items.join(`${b},`)}${b}]`),
    fc
      .tuple(
        blank,
        fc.array(
          fc.tuple(
            key.map((k) => JSON.stringify(k)),
            tie('value'),
          ),
          { maxLength: 6 },
        ),
      )
      .map(([b, entries]) => `{${b}${entries.map(([k, v]) => `${k}${b}:${b}${v}`).join(`${b},${b}`)}}`),
  ),
})).value;
