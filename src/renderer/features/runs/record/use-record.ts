import type { RecordDetail } from '../../../../contract/records.ts';
import { api } from '../../../app/engine.ts';
import { useAnswer, type Answer } from '../../../app/use-answer.ts';

/** One record in full, read again when the logs change: what it started, and what marks it, may change. */
export const useRecord = (source: string, id: string): Answer<RecordDetail> =>
  useAnswer(source, `record ${id}`, () => api.agents.record({ source, id }));
