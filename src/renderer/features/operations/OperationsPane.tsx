import { OperationsView } from './OperationsView.tsx';

/** Everything Vekscope wrote to a repository, for the bottom pane. */
export function OperationsPane({ source }: { readonly source: string }) {
  return <OperationsView source={source} />;
}
