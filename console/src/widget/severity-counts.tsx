import Badge from '@cloudscape-design/components/badge';
import SpaceBetween from '@cloudscape-design/components/space-between';

import { SEVERITIES } from '../api/findings';
import { SEVERITY_COLOURS } from './severity';

interface Props {
  counts: Record<string, number> | undefined;
  /** Whether no findings means that none were found. */
  looked: boolean;
}

/** How many findings a run has of each severity; severities without findings are left out. */
export function SeverityCounts({ counts, looked }: Props) {
  const present = SEVERITIES.filter((severity) => (counts?.[severity] ?? 0) > 0);
  if (present.length === 0) return <>{looked ? '0' : '-'}</>;
  return (
    <SpaceBetween direction="horizontal" size="xxs">
      {present.map((severity) => (
        <Badge key={severity} color={SEVERITY_COLOURS[severity] ?? 'grey'}>
          {counts?.[severity]} {severity}
        </Badge>
      ))}
    </SpaceBetween>
  );
}
