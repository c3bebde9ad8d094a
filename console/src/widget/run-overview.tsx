import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

import { denominator, type Coverage } from '../api/coverage';
import { SEVERITIES } from '../api/findings';
import { hasLooked, isRunning } from '../api/run-state';
import type { NamedRun } from '../api/runs';
import { Moment } from './moment';
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
          <dl className="counts">
            {SEVERITIES.filter((severity) => severity !== 'Undefined' || count(run, severity) > 0).map((severity) => (
              <Figure key={severity} label={severity}>
                {count(run, severity) > 0 || hasLooked(run.state) ? number(count(run, severity)) : '-'}
              </Figure>
            ))}
            <Figure label="Not assessed" warning={!running && !coverage?.complete}>
              {coverage && coverage.checks > 0 ? number(coverage.notAssessed) : '-'}
              <Box fontSize="body-s" color="inherit">
                {notAssessedNote(running, coverage, coverageError)}
              </Box>
            </Figure>
          </dl>
          <KeyValuePairs
            columns={3}
            items={[
              { label: 'State', value: <RunState state={run.state} /> },
              { label: 'Target', value: run.targetName ?? '-' },
              { label: 'Started', value: <Moment at={run.startedAt} /> },
              { label: 'Rules packages', value: run.rulesPackageArns?.length ?? 0 },
              { label: 'Template', value: run.templateName ?? '-' },
              { label: 'Completed', value: <Moment at={run.completedAt} /> },
            ]}
          />
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}

interface GapProps {
  coverage: Coverage | undefined;
  error: string | undefined;
  gapsHref: string;
}

function Gap({ coverage, error, gapsHref }: GapProps) {
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

function Figure({ label, warning, children }: { label: string; warning?: boolean; children: ReactNode }) {
  return (
    <div>
      <dt>
        <Box variant="awsui-key-label">{label}</Box>
      </dt>
      <dd>
        <Box fontSize="heading-xl" fontWeight="bold" color={warning ? 'text-status-warning' : 'inherit'}>
          {children}
        </Box>
      </dd>
    </div>
  );
}

function notAssessedNote(running: boolean, coverage: Coverage | undefined, error: string | undefined): string {
  if (running) return 'known when the run completes';
  if (coverage) return coverage.checks > 0 ? denominator(coverage) : 'no check is on record';
  return error === undefined ? 'loading' : 'not known';
}

function count(run: NamedRun, severity: string): number {
  const counts: Record<string, number> = run.findingCounts ?? {};
  return counts[severity] ?? 0;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
