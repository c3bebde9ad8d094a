import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useCallback, useState } from 'react';

import { hasLooked, isRunning } from '../api/run-state';
import { listRuns, RUN_LIMIT, type NamedRun } from '../api/runs';
import { routeHash } from '../route';
import { useInspector } from '../use-inspector';
import { useLoad, usePolling } from '../use-load';
import { Failure } from '../widget/failure';
import { FeedFailures } from '../widget/feed-failures';
import { Layout } from '../widget/layout';
import { Moment } from '../widget/moment';
import { RunNotAssessed } from '../widget/not-assessed';
import { RunState } from '../widget/run-state';
import { SeverityCounts } from '../widget/severity-counts';

const ROWS = 20;

/** All runs of the account and Region, newest first. */
export default function Runs() {
  const client = useInspector();
  const load = useCallback(() => listRuns(client), [client]);
  const { value, error, loading, reload } = useLoad(load);
  const [text, setText] = useState('');
  const [page, setPage] = useState(1);

  const runs = value?.runs ?? [];
  usePolling(
    runs.some((run) => isRunning(run.state)),
    5,
    reload,
  );

  const matching = runs.filter((run) => matches(run, text));
  const pages = Math.max(1, Math.ceil(matching.length / ROWS));
  const shown = Math.min(page, pages);
  return (
    <Layout>
      <SpaceBetween size="m">
        {error !== undefined && <Failure what="the assessment runs" why={error} onRetry={reload} />}
        <FeedFailures />
        {value?.truncated && (
          <Alert type="warning">
            There are more than {RUN_LIMIT} runs, and only {RUN_LIMIT} of them are listed. Use ListAssessmentRuns with a
            filter to find the others.
          </Alert>
        )}
        <Table
          variant="full-page"
          stickyHeader
          trackBy={(run) => run.arn ?? ''}
          columnDefinitions={COLUMNS}
          items={matching.slice((shown - 1) * ROWS, shown * ROWS)}
          loading={loading && !value}
          loadingText="Loading the assessment runs"
          enableKeyboardNavigation
          header={
            <Header
              variant="h1"
              counter={value && `(${runs.length})`}
              actions={<Button iconName="refresh" ariaLabel="Load the runs again" onClick={reload} />}
            >
              Assessment runs
            </Header>
          }
          filter={
            <TextFilter
              filteringText={text}
              filteringPlaceholder="Find runs by name, template or target"
              filteringAriaLabel="Find runs"
              countText={text && `${matching.length} ${matching.length === 1 ? 'match' : 'matches'}`}
              onChange={({ detail }) => setText(detail.filteringText)}
            />
          }
          pagination={
            <Pagination
              currentPageIndex={shown}
              pagesCount={pages}
              onChange={({ detail }) => setPage(detail.currentPageIndex)}
            />
          }
          empty={<Empty filtered={text !== ''} failed={error !== undefined} />}
        />
      </SpaceBetween>
    </Layout>
  );
}

function matches(run: NamedRun, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [run.name, run.templateName, run.targetName].some((name) => name?.toLowerCase().includes(wanted));
}

function Empty({ filtered, failed }: { filtered: boolean; failed: boolean }) {
  if (failed) return <Box color="text-body-secondary">The runs could not be loaded.</Box>;
  if (filtered) return <Box color="text-body-secondary">No run matches.</Box>;
  return (
    <Box color="text-body-secondary" padding="s">
      No assessment run has been started yet. Start one with StartAssessmentRun.
    </Box>
  );
}

const COLUMNS: TableProps.ColumnDefinition<NamedRun>[] = [
  {
    id: 'name',
    header: 'Run',
    isRowHeader: true,
    minWidth: 180,
    cell: (run) => <Link href={routeHash(`/runs/${run.arn}`)}>{run.name}</Link>,
  },
  { id: 'state', header: 'State', minWidth: 170, cell: (run) => <RunState state={run.state} /> },
  {
    id: 'findings',
    header: 'Findings',
    minWidth: 260,
    cell: (run) => <SeverityCounts counts={run.findingCounts} looked={hasLooked(run.state)} />,
  },
  {
    id: 'not-assessed',
    header: 'Not assessed',
    minWidth: 170,
    cell: (run) =>
      isRunning(run.state) ? '-' : <RunNotAssessed runArn={run.arn ?? ''} packages={run.rulesPackageArns ?? []} />,
  },
  { id: 'template', header: 'Template', minWidth: 150, cell: (run) => run.templateName ?? '-' },
  { id: 'target', header: 'Target', minWidth: 120, cell: (run) => run.targetName ?? '-' },
  { id: 'started', header: 'Started', minWidth: 190, cell: (run) => <Moment at={run.startedAt ?? run.createdAt} /> },
  { id: 'completed', header: 'Completed', minWidth: 190, cell: (run) => <Moment at={run.completedAt} /> },
];
