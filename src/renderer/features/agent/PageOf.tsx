import type { AgentPlace } from '../../state/agents.ts';
import { fileItem } from './pages.ts';
import { ChangesPage } from './pages/changes/ChangesPage.tsx';
import { SearchPage } from './pages/search/SearchPage.tsx';
import { VersionsPage } from './pages/versions/VersionsPage.tsx';
import { ConversationsPage } from './pages/conversations/ConversationsPage.tsx';
import { DreamsPage } from './pages/dreams/DreamsPage.tsx';
import { EvalsPage } from './pages/evals/EvalsPage.tsx';
import { FilePage } from './pages/file/FilePage.tsx';
import { FilesPage } from './pages/files/FilesPage.tsx';
import { GoalsPage } from './pages/goals/GoalsPage.tsx';
import { GovernancePage } from './pages/governance/GovernancePage.tsx';
import { JournalPage } from './pages/journal/JournalPage.tsx';
import { MandatesPage } from './pages/mandates/MandatesPage.tsx';
import { MemoryPage } from './pages/memory/MemoryPage.tsx';
import { OutcomesPage } from './pages/outcomes/OutcomesPage.tsx';
import { OverviewPage } from './pages/overview/OverviewPage.tsx';
import { PromptPage } from './pages/prompt/PromptPage.tsx';
import { QueuePage } from './pages/queue/QueuePage.tsx';
import { SkillsPage } from './pages/skills/SkillsPage.tsx';
import { TuningPage } from './pages/tuning/TuningPage.tsx';
import { WikiPage } from './pages/wiki/WikiPage.tsx';

/** The page of a place; a place that no page has is the overview. */
export function PageOf({ place: { page, item } }: { readonly place: AgentPlace }) {
  switch (page) {
    case 'file':
      return item === null ? <OverviewPage /> : <FilePage {...fileItem(item)} />;
    case 'prompt':
      return <PromptPage item={item} />;
    case 'memory':
      return <MemoryPage item={item} />;
    case 'wiki':
      return <WikiPage item={item} />;
    case 'journal':
      return <JournalPage item={item} />;
    case 'skills':
      return <SkillsPage item={item} />;
    case 'goals':
      return <GoalsPage item={item} />;
    case 'outcomes':
      return <OutcomesPage item={item} />;
    case 'evals':
      return <EvalsPage item={item} />;
    case 'tuning':
      return <TuningPage item={item} />;
    case 'dreams':
      return <DreamsPage item={item} />;
    case 'conversations':
      return <ConversationsPage item={item} />;
    case 'mandates':
      return <MandatesPage item={item} />;
    case 'governance':
      return <GovernancePage />;
    case 'queue':
      return <QueuePage />;
    case 'changes':
      return <ChangesPage />;
    case 'versions':
      return <VersionsPage item={item} />;
    case 'search':
      return <SearchPage />;
    case 'files':
      return <FilesPage item={item} />;
    default:
      return <OverviewPage />;
  }
}
