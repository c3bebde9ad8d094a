import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';

import { progress, stateName, type Progress } from '../api/run-state';

const TYPES: Record<Progress, StatusIndicatorProps.Type> = {
  waiting: 'pending',
  busy: 'in-progress',
  done: 'success',
  incomplete: 'warning',
  failed: 'error',
  stopped: 'stopped',
};

export function RunState({ state }: { state: string | undefined }) {
  return <StatusIndicator type={TYPES[progress(state)]}>{stateName(state)}</StatusIndicator>;
}
