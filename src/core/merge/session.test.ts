import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Choice } from '../../contract/merge.ts';
import { choose, leaveAutomatic, reopen, takeAllOpen, takeWhole } from './session-choose.ts';
import { toDecisions } from './session-decisions.ts';
import { canRedo, canUndo, redo, undo } from './session-history.ts';
import { restoreSession } from './session-restore.ts';
import { saveSession } from './session-save.ts';
import { findOpen, firstOpen } from './session-walk.ts';
import {
  contestedOf,
  isByParts,
  isContestedEntry,
  isOpen,
  isOpenEntry,
  openOf,
  sameEntry,
  startSession,
  WHOLE,
  type Place,
  type Session,
  type SessionDocument,
} from './session.ts';

const taken = fc.constantFrom('ours' as const, 'theirs' as const, 'both' as const, null, null);
const unitsOf = (max: number) =>
  fc
    .array(fc.record({ taken, fingerprint: fc.constantFrom('p', 'q') }), { maxLength: max })
    .map((units) => units.map((unit, index) => ({ ...unit, id: `/u${index}` })));
const documentsOf = (max: number): fc.Arbitrary<SessionDocument[]> =>
  fc
    .array(
      fc.record({
        taken: fc.constantFrom('ours' as const, 'theirs' as const, 'same' as const, null, null, null),
        fingerprint: fc.constantFrom('f', 'g'),
        units: unitsOf(5),
      }),
      { maxLength: max },
    )
    .map((documents) =>
      documents.map((document, index) => ({ ...document, id: `d${index}`, title: `D${index}` })),
    );

const choice: fc.Arbitrary<Choice> = fc.oneof(
  fc.record({ take: fc.constantFrom('base' as const, 'ours' as const, 'theirs' as const) }),
  fc.record({
    take: fc.constant('both' as const),
    first: fc.constantFrom('ours' as const, 'theirs' as const),
  }),
  fc.record({ take: fc.constant('edit' as const), text: fc.option(fc.string({ maxLength: 3 })) }),
);
const side = fc.constantFrom('base' as const, 'ours' as const, 'theirs' as const);
const at = fc.record({ document: fc.nat(5), unit: fc.integer({ min: WHOLE, max: 5 }) });

type Act = { readonly name: string; readonly run: (session: Session) => Session };
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(at, choice).map(([place, made]): Act => ({
      name: `choose ${JSON.stringify([place, made])}`,
      run: (s) => choose(s, place, made),
    })),
  },
  {
    weight: 2,
    arbitrary: at.map((place): Act => ({
      name: `reopen ${JSON.stringify(place)}`,
      run: (s) => reopen(s, place),
    })),
  },
  at.map((place): Act => ({
    name: `automatic ${JSON.stringify(place)}`,
    run: (s) => leaveAutomatic(s, place),
  })),
  fc.tuple(fc.nat(5), fc.option(side)).map(([document, of]): Act => ({
    name: `whole ${document} ${of}`,
    run: (s) => takeWhole(s, document, of),
  })),
  fc
    .tuple(side, fc.option(fc.nat(5)))
    .map(([of, within]): Act => ({ name: `all ${of} ${within}`, run: (s) => takeAllOpen(s, of, within) })),
);
const move: fc.Arbitrary<Act> = fc.constantFrom(
  { name: 'undo', run: (s: Session) => undo(s)?.session ?? s },
  { name: 'redo', run: (s: Session) => redo(s)?.session ?? s },
);
const acts = fc.array(fc.oneof({ weight: 3, arbitrary: act }, { weight: 2, arbitrary: move }), {
  maxLength: 14,
});

const run = (session: Session, list: readonly Act[]): Session =>
  list.reduce((now, one) => one.run(now), session);

/** What a person sees of a session: all entries and counts. */
const seen = ({ states, open, contested }: Session) => ({
  states: states.map(({ entry, entries, open: parts, contested: of }) => ({ entry, entries, parts, of })),
  open,
  contested,
});

function undoAll(session: Session): Session {
  let now = session;
  for (let back = undo(now); now.past !== null && back !== null; back = undo(now)) now = back.session;
  return now;
}

describe('a session of resolving a merge', () => {
  it('undo takes back what an act did, and redo does it again', () => {
    fc.assert(
      fc.property(documentsOf(4), acts, act, (documents, before, next) => {
        const session = run(startSession(documents), before);
        const after = next.run(session);
        if (after === session) return;
        const back = undo(after)!.session;
        expect(seen(back)).toEqual(seen(session));
        const again = redo(back)!.session;
        expect(seen(again)).toEqual(seen(after));
        expect(again.past).toEqual(after.past);
      }),
    );
  });

  it('undone fully, any session is as it began; further back everything is open; redo comes back to the end', () => {
    fc.assert(
      fc.property(documentsOf(4), acts, (documents, list) => {
        const start = startSession(documents);
        const end = run(start, list);
        let now = end;
        let steps = 0;
        for (let back = undo(now); back !== null; back = undo(now)) {
          now = back.session;
          steps += 1;
        }
        expect(now.past).toBeNull();
        expect(canUndo(now)).toBe(false);
        expect(now.below).toBe(start.automatic.length);
        for (const place of start.automatic) expect(isOpen(now, place)).toBe(true);
        for (let step = 0; step < steps; step += 1) now = redo(now)!.session;
        expect(seen(now)).toEqual(seen(end));
        let first = now;
        while (first.below > 0 || first.past !== null) {
          if (first.past === null) break;
          first = undo(first)!.session;
        }
        if (first.below === 0) expect(seen(first)).toEqual(seen(start));
      }),
    );
  });

  it('without undoing below the start, undoing every act leads to the start', () => {
    fc.assert(
      fc.property(documentsOf(4), fc.array(act, { maxLength: 12 }), (documents, list) => {
        const start = startSession(documents);
        expect(seen(undoAll(run(start, list)))).toEqual(seen(start));
      }),
    );
  });

  it('counts equal a recount, whatever happened', () => {
    fc.assert(
      fc.property(documentsOf(5), acts, (documents, list) => {
        const session = run(startSession(documents), list);
        let open = 0;
        let contested = 0;
        for (const [index, document] of documents.entries()) {
          const state = session.states[index]!;
          const parts = document.units.map((unit, at2) => ({ unit, entry: state.entries[at2]! }));
          if (isByParts(document)) {
            expect(state.open).toBe(parts.filter(({ unit, entry }) => isOpenEntry(unit, entry)).length);
            const of = parts.filter(({ unit, entry }) => isContestedEntry(unit, entry)).length;
            expect(state.contested).toBe(of);
          }
          open += openOf(document, state);
          contested += contestedOf(document, state);
          const places = isByParts(document)
            ? parts.map((_, unit) => ({ document: index, unit }))
            : [{ document: index, unit: WHOLE }];
          expect(places.filter((place) => isOpen(session, place)).length).toBe(openOf(document, state));
        }
        expect({ open: session.open, contested: session.contested }).toEqual({ open, contested });
        expect(session.open).toBeLessThanOrEqual(session.contested);
      }),
    );
  });

  it('the order of choices at different places does not matter', () => {
    const pair = fc.uniqueArray(fc.tuple(at, choice), {
      selector: ([place]) => `${place.document} ${place.unit}`,
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        documentsOf(4),
        pair,
        fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
        (documents, list, keys) => {
          const start = startSession(documents);
          const units = list.filter(([{ unit }]) => unit !== WHOLE);
          const shuffled = units
            .map((one, index) => ({ one, key: keys[index]! }))
            .sort((a, b) => a.key - b.key);
          const put = (all: typeof units) =>
            all.reduce((now, [place, made]) => choose(now, place, made), start);
          expect(seen(put(shuffled.map(({ one }) => one)))).toEqual(seen(put(units)));
        },
      ),
    );
  });

  it('saved and restored it is the same, with its undo and redo', () => {
    fc.assert(
      fc.property(documentsOf(4), acts, acts, (documents, list, more) => {
        const session = run(startSession(documents), list);
        const restored = restoreSession(saveSession(session), documents);
        expect(restored.unreadable).toBe(false);
        expect(restored.dropped).toEqual([]);
        expect(restored.session).toEqual(session);
        expect(seen(run(restored.session, more))).toEqual(seen(run(session, more)));
        expect(saveSession(restored.session)).toBe(saveSession(session));
      }),
    );
  });

  it('restored on changed documents it keeps exactly the decisions that fit', () => {
    fc.assert(
      fc.property(documentsOf(4), documentsOf(4), acts, (documents, later, list) => {
        const session = run(startSession(documents), list);
        const { session: now, kept, dropped } = restoreSession(saveSession(session), later);
        let fits = 0;
        let lost = 0;
        for (const [index, document] of documents.entries()) {
          const { entry, entries } = session.states[index]!;
          const other = later[index];
          const there = now.states[index];
          if (entry !== null) {
            const same = other?.fingerprint === document.fingerprint;
            if (same) fits += 1;
            else lost += 1;
            const plain = entry === 'reopened' && other?.taken === null ? null : entry;
            expect(there?.entry ?? null).toEqual(same ? plain : null);
          } else expect(there?.entry ?? null).toBeNull();
          for (const [unit, made] of entries.entries()) {
            const part = other !== undefined && isByParts(other) ? other.units[unit] : undefined;
            const same = part?.fingerprint === document.units[unit]!.fingerprint;
            if (made !== null && same) fits += 1;
            else if (made !== null) lost += 1;
            const plain = made === 'reopened' && part?.taken === null ? null : made;
            expect(there?.entries[unit] ?? null).toEqual(same ? plain : null);
          }
        }
        expect({ kept, dropped: dropped.length }).toEqual({ kept: fits, dropped: lost });
        const start = startSession(later);
        const back = undoAll(now);
        if (back.below === 0) expect(seen(back)).toEqual(seen(start));
      }),
      { numRuns: 300 },
    );
  });

  it('next and previous visit every open place once, and only those', () => {
    fc.assert(
      fc.property(documentsOf(5), acts, fc.constantFrom(1 as const, -1 as const), (documents, list, way) => {
        const session = run(startSession(documents), list);
        const visited: string[] = [];
        let now: Place | null = firstOpen(session);
        expect(now === null).toBe(session.open === 0);
        for (let step = 0; step < session.open && now !== null; step += 1) {
          visited.push(`${now.document} ${now.unit}`);
          expect(isOpen(session, now)).toBe(true);
          now = findOpen(session, now, way);
        }
        expect(new Set(visited).size).toBe(session.open);
        if (session.open > 0) expect(`${now?.document} ${now?.unit}`).toBe(visited[0]);
      }),
    );
  });

  it('decisions name what is decided, and leave the rest out', () => {
    const documents: SessionDocument[] = [
      {
        id: 'a',
        title: 'a',
        fingerprint: '',
        taken: null,
        units: [
          { id: '/x', fingerprint: '', taken: null },
          { id: '/y', fingerprint: '', taken: 'ours' },
        ],
      },
      { id: 'b', title: 'b', fingerprint: '', taken: 'theirs', units: [] },
      { id: 'c', title: 'c', fingerprint: '', taken: null, units: [] },
    ];
    let session = startSession(documents);
    expect({ open: session.open, contested: session.contested }).toEqual({ open: 2, contested: 2 });
    session = choose(session, { document: 0, unit: 0 }, { take: 'theirs' });
    session = reopen(session, { document: 0, unit: 1 });
    session = reopen(session, { document: 1, unit: WHOLE });
    expect({ open: session.open, contested: session.contested }).toEqual({ open: 3, contested: 4 });
    expect(toDecisions(session)).toEqual([
      { document: 'a', whole: null, reopened: ['/y'], choices: [{ unit: '/x', choice: { take: 'theirs' } }] },
      { document: 'b', whole: null, reopened: true, choices: [] },
    ]);
    session = takeAllOpen(takeWhole(session, 0, 'base'), 'ours');
    expect(session.open).toBe(0);
    expect(toDecisions(session)).toEqual([
      { document: 'a', whole: 'base', reopened: [], choices: [] },
      { document: 'b', whole: 'ours', reopened: false, choices: [] },
      { document: 'c', whole: 'ours', reopened: false, choices: [] },
    ]);
    const parts = choose(session, { document: 0, unit: 1 }, { take: 'base' });
    expect(parts.states[0]!.entry).toBeNull();
    expect(isOpen(parts, { document: 0, unit: 0 })).toBe(false);
    expect(canRedo(parts)).toBe(false);
  });

  it('takes no harm from progress that is none', () => {
    const documents: SessionDocument[] = [{ id: 'a', title: 'a', fingerprint: '', taken: null, units: [] }];
    const fine = { version: 1, documents: [], below: [], past: [], ahead: { automatic: 0, steps: [] } };
    for (const text of ['', '{', 'null', '[]', '{"version":2}', JSON.stringify({ ...fine, past: [[[0]]] })]) {
      expect(restoreSession(text, documents)).toMatchObject({ unreadable: true, kept: 0, dropped: [] });
    }
    const astray = [
      { ...fine, below: [[7]], past: [[[3, 'ours']], [[4, 5, 'reopened']]] },
      { ...fine, ahead: { automatic: 9, steps: [[[1, 1, { take: 'base' }]]] } },
    ];
    for (const saved of astray) {
      const { session, unreadable } = restoreSession(JSON.stringify(saved), documents);
      expect(unreadable).toBe(false);
      expect(seen(session)).toEqual(seen(startSession(documents)));
    }
    fc.assert(fc.property(fc.json(), (json) => void restoreSession(json, documents)));
  });

  it('nothing happens where there is no such place, or nothing would change', () => {
    const documents: SessionDocument[] = [
      {
        id: 'a',
        title: 'a',
        fingerprint: '',
        taken: null,
        units: [{ id: '/x', fingerprint: '', taken: null }],
      },
    ];
    const session = choose(startSession(documents), { document: 0, unit: 0 }, { take: 'edit', text: '1' });
    for (const place of [
      { document: 0, unit: 9 },
      { document: 4, unit: 0 },
    ]) {
      expect(choose(session, place, { take: 'ours' })).toBe(session);
    }
    expect(choose(session, { document: 0, unit: 0 }, { take: 'edit', text: '1' })).toBe(session);
    expect(takeAllOpen(session, 'base')).toBe(session);
    expect(sameEntry({ take: 'both', first: 'ours' }, { take: 'both', first: 'theirs' })).toBe(false);
  });

  it('keeps up with ten thousand conflicts', () => {
    const units = Array.from({ length: 10_000 }, (_, index) => ({
      id: `/k/${index}`,
      fingerprint: 'f',
      taken: null,
    }));
    let session = startSession([{ id: 'a', title: 'a', fingerprint: '', taken: null, units }]);
    let place: Place | null = firstOpen(session);
    let chosen = 0;
    while (place !== null) {
      session = choose(session, place, { take: 'ours' });
      place = findOpen(session, place, 1);
      chosen += 1;
    }
    expect(chosen).toBe(10_000);
    const { session: again } = restoreSession(saveSession(session), session.documents);
    expect(seen(undoAll(again)).open).toBe(10_000);
  });
});
