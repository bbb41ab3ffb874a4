import {
  Copy,
  CornerDownRight,
  Eye,
  FolderSearch,
  GitBranchPlus,
  History,
  Pencil,
  Save,
  Tag,
  Trash2,
  Waypoints,
} from 'lucide-react';
import type { Finding } from '../../../contract/integrity.ts';
import type { CutOffPart } from '../../../contract/problem.ts';
import type { VekOverview } from '../../../contract/vek.ts';
import { capabilities, copyText } from '../../app/capabilities.ts';
import { openAction } from '../../state/action-form.ts';
import { revealCall } from '../../state/selection.ts';
import { openGraph, openNodeTab } from '../../state/tabs.ts';
import { toastFailure } from '../../state/toasts.ts';
import { shortHash } from '../../ui/format.ts';
import type { MenuAction } from '../../ui/menu/Menu.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { saveBytes } from '../node/save-bytes.ts';

/** What the actions on a finding need to know of its source. */
export type ActionScene = {
  readonly source: string;
  readonly path: string;
  readonly overview: VekOverview | null;
  /** the part that likely stood before the break */
  readonly part: CutOffPart | null;
};

/** Branches that HEAD could go to which are offered one by one. */
const OFFERED_BRANCHES = 3;

/** The name that a rescuing tag is given in advance: `rescued-2026-11-20`. */
export const rescueName = (now: Date = new Date()): string =>
  `rescued-${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;

/** Asks for a tag on the newest call of a part that no ref reaches. */
export const tagPart = (source: string, part: CutOffPart): void =>
  openAction(source, { kind: 'tag', at: part.hash, name: rescueName() });

/**
 * What can be done about a finding, the best first: only what Vekscope can really do. Copying comes last and is in the
 * menu only (`quiet`).
 */
export function findingActions(finding: Finding, scene: ActionScene): readonly FindingAction[] {
  return [...ownActions(finding, scene), ...copyActions(finding)];
}

/** An action with its icon; `quiet` ones are in the menu, not in the row. */
export type FindingAction = MenuAction & { readonly quiet?: boolean };

function ownActions(finding: Finding, scene: ActionScene): readonly FindingAction[] {
  const { source, part } = scene;
  const call = finding.hash;
  switch (finding.kind) {
    case 'parent-missing':
    case 'merge-parent-missing':
      return [...tagActions(scene, part), ...callActions(source, finding, call)];
    case 'ref-dangling':
      return [...refActions(finding, scene), ...tagActions(scene, part)];
    case 'node-altered':
    case 'input-missing':
    case 'input-altered':
    case 'input-not-blob':
    case 'output-missing':
    case 'output-altered':
    case 'output-not-blob':
    case 'tool-odd':
    case 'time-form':
    case 'cycle':
      return callActions(source, finding, call);
    case 'object-altered':
    case 'object-not-blob':
    case 'object-not-json':
    case 'object-not-parsed':
      return [
        ...callActions(source, finding, finding.facts?.calls?.[0] ?? null),
        ...saveActions(source, call),
      ];
    case 'object-missing':
      return callActions(source, finding, finding.facts?.calls?.[0] ?? null);
    case 'ref-name':
      return refActions(finding, scene);
    case 'head-missing':
    case 'head-unreadable':
    case 'head-unborn':
    case 'head-on-tag':
      return headActions(scene);
    case 'index-damaged':
    case 'file-structure':
    case 'damaged-file':
    case 'lost-rows':
    case 'empty-file':
    case 'schema':
      return fileActions(scene);
    case 'duplicate-row':
    case 'object-unreadable':
    case 'ref-unreadable':
    case 'ledger-finding':
    case 'more':
      return [];
    default:
      return finding.kind satisfies never;
  }
}

const readOnly = ({ overview }: ActionScene): string | null => overview?.readOnlyReason ?? null;

function tagActions(scene: ActionScene, part: CutOffPart | null): readonly FindingAction[] {
  if (part === null) return [];
  const { source } = scene;
  return [
    { label: 'Tag the older part…', icon: Tag, run: () => tagPart(source, part), blocked: readOnly(scene) },
    { label: 'Show the older part', icon: History, run: () => showCall(source, part.hash) },
    {
      label: 'New branch at the older part…',
      icon: GitBranchPlus,
      run: () => openAction(source, { kind: 'create-branch', at: part.hash }),
      blocked: readOnly(scene),
      quiet: true,
    },
  ];
}

function callActions(source: string, finding: Finding, call: string | null): readonly FindingAction[] {
  if (call === null) return [];
  return [
    { label: 'Show in graph', icon: Waypoints, run: () => showCall(source, call) },
    {
      label: 'Show what is there',
      icon: Eye,
      run: () => openNodeTab(source, call, finding.tool ?? shortHash(call)),
    },
  ];
}

function saveActions(source: string, object: string | null): readonly FindingAction[] {
  if (object === null) return [];
  return [
    {
      label: 'Save the stored bytes…',
      icon: Save,
      run: () => void saveBytes(source, object, shortHash(object)),
      quiet: true,
    },
  ];
}

function refActions(finding: Finding, scene: ActionScene): readonly FindingAction[] {
  const { source } = scene;
  const name = finding.ref ?? '';
  const blocked = readOnly(scene);
  if (name.startsWith('tag/')) {
    const label = name.slice('tag/'.length);
    return [
      {
        label: 'Remove the tag…',
        icon: Trash2,
        danger: true,
        run: () => openAction(source, { kind: 'untag', name: label }),
        blocked,
      },
    ];
  }
  if (name.startsWith('checkpoint/')) return [];
  const head = scene.overview?.head;
  const current = head?.state === 'branch' && head.branch === name;
  return [
    ...(finding.kind === 'ref-name'
      ? [
          {
            label: 'Rename the branch…',
            icon: Pencil,
            run: () => openAction(source, { kind: 'rename-branch', from: name }),
            blocked,
          },
        ]
      : []),
    {
      label: 'Remove the branch…',
      icon: Trash2,
      danger: true,
      run: () => openAction(source, { kind: 'delete-branch', name }),
      blocked: blocked ?? (current ? 'HEAD is on it; switch HEAD first' : null),
      quiet: finding.kind === 'ref-name',
    },
  ];
}

function headActions(scene: ActionScene): readonly FindingAction[] {
  const branches = (scene.overview?.branches ?? []).filter((branch) => branch.present && !branch.current);
  return branches.slice(0, OFFERED_BRANCHES).map(({ name }) => ({
    label: `Switch HEAD to ${visibleText(name)}…`,
    icon: CornerDownRight,
    run: () => openAction(scene.source, { kind: 'switch', name }),
    blocked: readOnly(scene),
  }));
}

function fileActions({ path }: ActionScene): readonly FindingAction[] {
  const { reveal } = capabilities;
  if (reveal === null) return [];
  return [{ label: 'Reveal in folder', icon: FolderSearch, run: () => void reveal(path) }];
}

function copyActions(finding: Finding): readonly FindingAction[] {
  const { hash, message } = finding;
  return [
    ...(hash === null
      ? []
      : [{ label: 'Copy hash', icon: Copy, run: () => void copied(hash), quiet: true } as const]),
    { label: 'Copy in words', icon: Copy, run: () => void copied(message), quiet: true },
  ];
}

async function copied(text: string): Promise<void> {
  const answer = await copyText(text);
  if (!answer.ok) toastFailure(answer.error);
}

function showCall(source: string, hash: string): void {
  openGraph(source);
  revealCall(source, hash);
}
