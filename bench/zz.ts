import { enableUriNames } from '../src/core/storage/uri.ts';
enableUriNames();
import { repositoryAt } from '../src/core/vek/paths.ts';
import { lookAtVek } from '../src/core/vek/store.ts';
import { graphRow } from '../src/engine/vek-row.ts';
const p = repositoryAt('/tmp/m1/.vek')!;
const t = (n: string, f: () => any, k = 20) => {
  f();
  const s = performance.now();
  for (let i = 0; i < k; i++) f();
  console.log(n, ((performance.now() - s) / k).toFixed(2), 'ms');
};
t('empty look', () => lookAtVek(p, () => 1));
t('look refs', () => lookAtVek(p, (s) => s.refs().length));
t('60 nodes', () =>
  lookAtVek(p, (s) => {
    for (let i = 0; i < 60; i++) s.nodeReadAt(500000 + i);
  }),
);
t('60 nodes+heads', () =>
  lookAtVek(p, (s) => {
    for (let i = 0; i < 60; i++) {
      const r = s.nodeReadAt(500000 + i)!;
      s.objectHead(r.record.input_hash, 65536);
      s.objectHead(r.record.output_hash, 65536);
    }
  }),
);
t('60 rows', () =>
  lookAtVek(p, (s) => {
    for (let i = 0; i < 60; i++) {
      const r = s.nodeReadAt(500000 + i)!;
      graphRow(s, r, { row: 0, lane: 0, colour: 1, timeMicros: 0, refs: [], missingParent: false });
    }
  }),
);
t('60 rows far', () =>
  lookAtVek(p, (s) => {
    const b = Math.floor(Math.random() * 900000);
    for (let i = 0; i < 60; i++) {
      const r = s.nodeReadAt(b + i)!;
      graphRow(s, r, { row: 0, lane: 0, colour: 1, timeMicros: 0, refs: [], missingParent: false });
    }
  }),
);
