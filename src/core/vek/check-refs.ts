import type { Head, Problem } from '../../contract/vek.ts';
import { problemOf, type Findings } from './check-findings.ts';
import { find, keyOf } from './check-table.ts';
import { SECTION, type Shared } from './check-types.ts';
import { readHead } from './head.ts';
import type { RepositoryPaths } from './paths.ts';
import { pythonStrip } from './python-text.ts';
import type { VekLook } from './store.ts';

/** Checks that every ref names a node, and what its name will do to the Python tool. Returns the number of refs. */
export function checkRefs(look: VekLook, shared: Shared, findings: Findings): number {
  const key = new Uint32Array(8);
  const refs = look.refs();
  for (const [row, { name, hash, kind, label }] of refs.entries()) {
    keyOf(hash, key);
    if (find(shared.nodes, key) === -1) {
      const what = find(shared.objects, key) === -1 ? 'is no call of this store' : 'is an object, not a call';
      const target = hash.length === 64 ? hash : `“${hash}”`;
      const message = `The ${kind} “${shown(label)}” points to ${target}, which ${what}.`;
      const facts = { named: hash, table: 'refs' } as const;
      findings.add(SECTION.refs, row, {
        kind: 'ref-dangling',
        severity: 'error',
        hash,
        ref: name,
        message,
        facts,
      });
    }
    const odd = oddName(name, label);
    if (odd !== null) {
      const message = `The ref “${shown(name)}” ${odd}.`;
      findings.add(SECTION.refs, row, { kind: 'ref-name', severity: 'notice', hash, ref: name, message });
    }
  }
  return refs.length;
}

/** Names that vek accepts and then handles in a surprising way (formats/vek.md §1, §5). */
function oddName(name: string, label: string): string | null {
  if (name === '') return 'has an empty name; HEAD can not name it';
  if (label === '') return 'has nothing after its prefix';
  if (hasControl(name)) return 'has a line break or another control character in its name';
  if (pythonStrip(name) !== name) return 'begins or ends with white space; HEAD can not name it';
  if (name.startsWith('ref: ')) return 'begins with “ref: ”, which is taken off when HEAD is read';
  if (name === label && /^(tag|checkpoint)\//i.test(name)) {
    return 'differs from a tag or checkpoint only by its letter case; the Python tool lists it as both';
  }
  return null;
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === 127 || code === 0x2028 || code === 0x2029) return true;
  }
  return false;
}

/** A name in a message, without control characters. */
function shown(name: string): string {
  return hasControl(name) ? JSON.stringify(name).slice(1, -1) : name;
}

/** What is unusual about HEAD. */
export function checkHead(paths: RepositoryPaths, look: VekLook): readonly Problem[] {
  const head: Head = readHead(paths);
  if (head.state === 'missing') {
    return [
      problemOf(
        'head-missing',
        'warning',
        null,
        'The HEAD file is missing: the Python tool fails in status, log, store and branch until it is there again.',
      ),
    ];
  }
  if (head.state === 'unreadable') {
    return [problemOf('head-unreadable', 'warning', null, `The HEAD file can not be read: ${head.reason}.`)];
  }
  const ref = head.branch;
  if (look.ref(ref) === null) {
    const message = `HEAD names the branch “${shown(ref)}”, which does not exist yet; the next call recorded here starts it with a new root.`;
    return [{ kind: 'head-unborn', severity: 'notice', hash: null, ref, message }];
  }
  if (/^(tag|checkpoint)\//.test(ref)) {
    const message = `HEAD names “${shown(ref)}”, which is no branch; the next call recorded here would move it.`;
    return [{ kind: 'head-on-tag', severity: 'notice', hash: null, ref, message }];
  }
  return [];
}
