import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useCallback } from 'react';

import { denominator, describeCoverage, total, type Coverage } from '../api/coverage';
import { useSession } from '../session-context';
import { useLoad } from '../use-load';

/** How many checks could not be made, out of how many. Not knowing is shown as a warning too. */
export function NotAssessed({ coverage }: { coverage: Coverage | undefined }) {
  if (!coverage) return <StatusIndicator type="warning">Not known</StatusIndicator>;
  if (coverage.checks === 0) return <StatusIndicator type="warning">All: no check is on record</StatusIndicator>;
  return (
    <StatusIndicator type={coverage.complete ? 'success' : 'warning'}>
      {`${coverage.notAssessed.toLocaleString('en')} ${denominator(coverage)}`}
    </StatusIndicator>
  );
}

/** The same, looked up for one run. */
export function RunNotAssessed({ runArn, packages }: { runArn: string; packages: readonly string[] }) {
  const { session } = useSession();
  const load = useCallback(() => describeCoverage(session, runArn), [session, runArn]);
  const { value, loading } = useLoad(load);
  if (loading && !value) return <StatusIndicator type="loading">Loading</StatusIndicator>;
  return <NotAssessed coverage={value && total(value, packages)} />;
}
