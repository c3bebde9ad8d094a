import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { Coverage } from '../api/coverage';
import { SEVERITIES } from '../api/findings';
import { isRunning } from '../api/run-state';
import type { NamedRun } from '../api/runs';
import { Moment } from './moment';
import { NotAssessed } from './not-assessed';
import { RunState } from './run-state';

interface Props {
  run: NamedRun;
  /** `undefined` while it is not known. */
  coverage: Coverage | undefined;
  /** Why the coverage could not be loaded. */
  coverageError: string | undefined;
  gapsHref: string;
}

/** What the run was, what it found and what it could not look at. */
export function RunOverview({ run, coverage, coverageError, gapsHref }: Props) {
  const running = isRunning(run.state);
  return (
    <SpaceBetween size="m">
      {!running && (coverage || coverageError !== undefined) && (
        <Gap coverage={coverage} error={coverageError} gapsHref={gapsHref} />
      )}
      <Container>
        <SpaceBetween size="l">
          <KeyValuePairs
            columns={4}
            items={[
              { label: 'State', value: <RunState state={run.state} /> },
              { label: 'Template', value: run.templateName ?? '-' },
              { label: 'Started', value: <Moment at={run.startedAt} /> },
              {
                label: 'Not assessed',
                value: running ? 'known when the run completes' : <NotAssessed coverage={coverage} />,
              },
              { label: 'Instances of target', value: run.targetName ?? '-' },
              { label: 'Rules packages', value: run.rulesPackageArns?.length ?? 0 },
              { label: 'Completed', value: <Moment at={run.completedAt} /> },
              { label: 'Duration of collection', value: `at most ${minutes(run.durationInSeconds)}` },
            ]}
          />
          <KeyValuePairs
            columns={4}
            items={SEVERITIES.filter((severity) => severity !== 'Undefined' || count(run, severity) > 0).map(
              (severity) => ({
                label: `${severity} findings`,
                value: <Box variant="awsui-value-large">{count(run, severity).toLocaleString('en')}</Box>,
              }),
            )}
          />
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}

function Gap({ coverage, error, gapsHref }: { coverage: Coverage | undefined; error: string | undefined; gapsHref: string }) {
  if (error !== undefined) {
    return (
      <Alert type="warning" header="How much was assessed is not known">
        {error} Do not take the absence of findings for a good result.
      </Alert>
    );
  }
  if (!coverage || coverage.complete) return null;
  return (
    <Alert type="warning" header="Not everything could be assessed">
      The absence of findings says nothing about what was not looked at.{' '}
      <Link href={gapsHref}>See what is missing and how to get it</Link>.
    </Alert>
  );
}

function count(run: NamedRun, severity: string): number {
  const counts: Record<string, number> = run.findingCounts ?? {};
  return counts[severity] ?? 0;
}

function minutes(seconds: number | undefined): string {
  const whole = Math.round((seconds ?? 0) / 60);
  return whole === 1 ? '1 minute' : `${whole} minutes`;
}
