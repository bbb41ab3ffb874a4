import { Copy } from 'lucide-react';
import { copyText } from '../../app/capabilities.ts';
import { closeOverlay, useOverlays } from '../../state/overlays.ts';
import { useWorkspace } from '../../state/workspace.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import './help.css';

const EXAMPLE = `from vek import store, wrap

store("search", {"query": "vector index"}, {"hits": 10})

@wrap
def fetch(url):
    ...
`;

/** How an agent records its calls with the Python tool vek. */
export function HowToRecord() {
  const open = useOverlays((state) => state.overlay === 'recording');
  const workspace = useWorkspace();
  return (
    <Dialog
      open={open}
      onClose={closeOverlay}
      title="Record calls with vek"
      description="Vekscope shows what the Python package vek stores. Calls appear here the moment they are stored."
      actions={
        <>
          <Button icon={Copy} onClick={() => void copyText(EXAMPLE)}>
            Copy the example
          </Button>
          <Button look="primary" onClick={closeOverlay}>
            Close
          </Button>
        </>
      }
    >
      <ol className="steps">
        <li>
          Install the package in the agent’s environment: <code>pip install vek</code>
        </li>
        <li>
          In {workspace === null ? 'the folder' : <bdi className="steps-path">{workspace.path}</bdi>}, run{' '}
          <code>vek init</code>; where a repository is there already, it stays as it is.
        </li>
        <li>Store calls, or wrap the functions that your agent uses as tools:</li>
      </ol>
      <pre className="example">{EXAMPLE}</pre>
    </Dialog>
  );
}
