import { TooltipProvider } from '../ui/tooltip/Tooltip.tsx';
import { ToastRegion } from '../ui/toast/ToastRegion.tsx';

/** The whole window. */
export function App() {
  return (
    <TooltipProvider>
      <ToastRegion />
    </TooltipProvider>
  );
}
