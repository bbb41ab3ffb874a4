import { expect, it } from 'vitest';
import type { MergeDocument, MergeUnit } from '../../../../contract/merge.ts';
import { choose, takeAllOpen, takeWhole } from '../../../../core/merge/session-choose.ts';
import { startSession } from '../../../../core/merge/session.ts';
import { sessionDocument } from '../state/order.ts';
import { settledDocuments } from './settled.ts';

const names = { ours: { name: 'main', colour: 1 }, theirs: { name: 'fork', colour: 2 } };
const unit = (id: string, taken: MergeUnit['taken']): MergeUnit => ({
  id,
  path: id,
  what: 'value',
  kind: 'modify/modify',
  taken,
  base: null,
  ours: null,
  theirs: null,
  at: null,
  fingerprint: '',
  both: true,
  baseDisputed: false,
});
const document = (
  id: string,
  units: readonly MergeUnit[],
  more: Partial<MergeDocument> = {},
): MergeDocument => ({
  id,
  tool: 't',
  identity: '{}',
  title: id,
  fingerprint: '',
  state: 'conflicts',
  base: null,
  ours: null,
  theirs: null,
  synthetic: { base: false, ours: false, theirs: false },
  units,
  opaque: null,
  ...more,
});

it('counts from where the parts of a document are; a result that is one side’s output is not synthetic', () => {
  const documents = [
    document('mixed', [unit('/a', null), unit('/b', null), unit('/c', null), unit('/d', 'theirs')]),
    document('one side', [unit('/a', null), unit('/b', 'ours'), unit('/c', 'both')]),
    document('whole', [unit('/a', null)], { synthetic: { base: false, ours: false, theirs: true } }),
    document('untouched', [], { state: 'ours' }),
  ];
  let session = startSession(documents.map(sessionDocument));
  session = choose(session, { document: 0, unit: 0 }, { take: 'ours' });
  session = choose(session, { document: 0, unit: 1 }, { take: 'both', first: 'theirs' });
  session = choose(session, { document: 0, unit: 2 }, { take: 'edit', text: '1' });
  session = takeWhole(session, 2, 'theirs');
  session = takeAllOpen(session, 'ours');
  expect(settledDocuments(documents, session, names)).toEqual([
    {
      document: 0,
      title: 'mixed',
      tool: 't',
      how: '1 from main, 1 both, 1 typed, 1 taken automatically',
      synthetic: true,
    },
    { document: 1, title: 'one side', tool: 't', how: 'Every part from main', synthetic: false },
    { document: 2, title: 'whole', tool: 't', how: 'Whole output of fork', synthetic: true },
  ]);
});
