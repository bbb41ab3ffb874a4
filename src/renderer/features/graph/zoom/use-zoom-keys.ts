import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { useCommands } from '../../../app/commands.ts';
import { useShortcuts, type Scope } from '../../../ui/keyboard.ts';
import { showRowsAt, zoomBy, zoomToAll, zoomToRows } from './actions.ts';

const VIEW: Scope = { name: 'graph', label: 'Graph' };
const DRAWN: Scope = { name: 'graph-drawn', label: 'Graph, drawn small' };

/** The keys and commands that zoom the graph of a source. `drawn`: it is drawn small now. */
export function useZoomKeys(source: string, selectedRow: number | null, drawn: boolean): void {
  const zoomIn = () => zoomBy(source, 1);
  const zoomOut = () => zoomBy(source, -1);
  const rows = () => zoomToRows(source);
  const toCall = () => (selectedRow === null ? rows() : showRowsAt(source, selectedRow));
  useShortcuts(VIEW, [
    { keys: '+', label: 'Zoom in', run: zoomIn },
    { keys: '=', label: 'Zoom in', run: zoomIn, hidden: true },
    { keys: '-', label: 'Zoom out', run: zoomOut },
    { keys: '0', label: 'Zoom to rows', run: rows },
  ]);
  useShortcuts(DRAWN, [
    { keys: 'Enter', label: 'Rows at the selected call', when: () => drawn, run: toCall },
  ]);
  useCommands(() => [
    { id: 'graph-zoom-in', group: 'Actions', label: 'Zoom in', icon: ZoomIn, keys: '+', run: zoomIn },
    { id: 'graph-zoom-out', group: 'Actions', label: 'Zoom out', icon: ZoomOut, keys: '-', run: zoomOut },
    { id: 'graph-zoom-rows', group: 'Actions', label: 'Zoom to rows', keys: '0', run: rows },
    {
      id: 'graph-zoom-all',
      group: 'Actions',
      label: 'Zoom out to all calls',
      icon: Maximize2,
      run: () => zoomToAll(source),
    },
  ]);
}
