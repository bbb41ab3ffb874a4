import type { LedgerFinding, LedgerFindingKind, LedgerUnknown } from '../../../contract/ledger-report.ts';
import { KNOWN_VERSION } from '../schema.ts';
import type { LedgerLook } from '../store.ts';
import type { Pages } from './start-check.ts';

type Told = { readonly findings: readonly LedgerFinding[]; readonly unknown: readonly LedgerUnknown[] };

/** Findings that say no more than that a row is not there. */
const GONE: ReadonlySet<LedgerFindingKind> = new Set(['entry-missing', 'tail-missing', 'row-missing']);

/** Findings that compare the row of an agent with all its entries, or an entry with the one before it. */
const SUMMED: ReadonlySet<LedgerFindingKind> = new Set([
  'spent-differs',
  'reserved-differs',
  'tokens-differ',
  'lifecycle-differs',
  'activity-differs',
  'chain-broken',
]);

/**
 * What the file itself lacks: damage, and tables or columns of AEX 2.0 (formats/aex.md §2). A file that says it is of
 * that version had them, so it is an error; of another version nobody can say.
 */
export function lacking(look: LedgerLook, pages: Pages): Told {
  const said = damage(look, pages);
  const findings = said.length === 0 ? [] : [damaged(said.join(' '))];
  const absent = look.schema.differs.filter((words) => words.startsWith('The table '));
  if (absent.length === 0 || look.how.salvaged) return { findings, unknown: [] };
  if (look.schema.userVersion === KNOWN_VERSION) {
    const means = 'A file of this version has it, so it was taken away; nothing it held could be compared.';
    return { findings: [...findings, ...absent.map((words) => lackingTable(words, means))], unknown: [] };
  }
  const unknown = absent.map((words) => ({
    what: 'columns',
    agent: null,
    seq: null,
    message: `${words} The file is of another version than AEX 2.0, so what it would say can't be known.`,
  }));
  return { findings, unknown };
}

/** What stood in an entry can't be found: in a file with lost pages that is no sign that anybody changed it. */
const isIllegible = ({ kind, was }: LedgerFinding): boolean => kind === 'entry-altered' && was === undefined;

/** Of records that contradict each other nobody can say whether the damage did that. */
const doubted = (finding: LedgerFinding): LedgerFinding =>
  finding.severity === 'error'
    ? {
        ...finding,
        severity: 'warning',
        sure: 'possible',
        message: `${finding.message} The file is damaged, so this may only come from that.`,
      }
    : finding;

const isGone = ({ kind }: LedgerFinding): boolean => GONE.has(kind);

/** Of a damaged file nobody can say whether a row that is not there was removed or lost with a page. */
export function lostRows(look: LedgerLook, findings: readonly LedgerFinding[]): Told {
  if (!look.how.salvaged) return { findings, unknown: [] };
  const isLogLost = look.how.losses.some(({ table }) => table === 'event_log');
  const isSummed = (one: LedgerFinding): boolean => isLogLost && SUMMED.has(one.kind);
  const unknown = [
    ...lostOnes(
      findings.filter(isGone),
      (count) =>
        `${count} ${count === 1 ? 'record has' : 'records have'} no counterpart. The file is damaged, so whether rows were removed or lost with its pages can't be known.`,
    ),
    ...lostOnes(
      findings.filter(isIllegible),
      (count) =>
        `${count} ${count === 1 ? 'entry does' : 'entries do'} not give the hash that is stored. The file is damaged, so whether the content was changed or lost with a page can't be known.`,
    ),
    ...lostOnes(
      findings.filter(isSummed),
      (count) =>
        `${count} ${count === 1 ? 'figure of an agent does' : 'figures of agents do'} not follow from the entries that are left. Entries were lost with pages of the file, so whether ${count === 1 ? 'it is' : 'they are'} right can't be known.`,
    ),
  ];
  const rest = findings.filter((one) => !isGone(one) && !isSummed(one) && !isIllegible(one));
  return { findings: rest.map(doubted), unknown };
}

function lostOnes(findings: readonly LedgerFinding[], words: (count: number) => string): LedgerUnknown[] {
  if (findings.length === 0) return [];
  const seq = findings.find((one) => one.seq !== null)?.seq ?? null;
  return [{ what: 'lost rows', agent: null, seq, message: words(findings.length) }];
}

function damage(look: LedgerLook, pages: Pages): readonly string[] {
  if (look.damage.length > 0) return look.damage;
  if (pages?.sound !== false) return [];
  return [
    'SQLite’s own check of the file finds damaged pages or rows that break a rule of their table. All entries could be read.',
  ];
}

/** `words`: `The table reservations is missing.` */
function lackingTable(words: string, means: string): LedgerFinding {
  const table = /^The (table \w+) is missing/.exec(words)?.[1];
  const told = damaged(`${words} ${means}`);
  return table === undefined ? told : { ...told, expected: table, found: 'none' };
}

function damaged(message: string): LedgerFinding {
  return {
    kind: 'file-damaged',
    severity: 'error',
    seq: null,
    executionId: null,
    agent: null,
    message,
    expected: null,
    found: null,
    since: null,
    sure: 'proved',
    because: [],
  };
}
