import type { Finding } from '@aws-sdk/client-inspector';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import SplitPanel from '@cloudscape-design/components/split-panel';
import Tabs from '@cloudscape-design/components/tabs';
import { useCallback, useMemo, useState } from 'react';

import { shortId } from '../api/arn';
import { describeCoverage, total, type Coverage } from '../api/coverage';
import { describeFindings } from '../api/findings';
import { hasLooked, isRunning, progress } from '../api/run-state';
import { describeRuns, packageNames, type NamedRun } from '../api/runs';
import { navigate, routeHash, useRoute } from '../route';
import { useSession } from '../session-context';
import { useInspector } from '../use-inspector';
import { useLoad, usePolling } from '../use-load';
import { CoverageTable } from '../widget/coverage-table';
import { ExclusionsTable } from '../widget/exclusions-table';
import { Failure } from '../widget/failure';
import { FindingDetail } from '../widget/finding-detail';
import { FindingsTable } from '../widget/findings-table';
import { Layout } from '../widget/layout';
import { useReport } from '../widget/report-button';
import { RunOverview } from '../widget/run-overview';

/** One run: overview, findings, exclusions, coverage. */
export default function Run({ id: runArn }: { id: string }) {
  const client = useInspector();
  const load = useCallback(async () => {
    const [run] = await describeRuns(client, [runArn]);
    if (!run) throw new Error('there is no assessment run with this ARN in this account and Region');
    return run;
  }, [client, runArn]);
  const { value: run, error, reload } = useLoad(load);
  usePolling(run !== undefined && isRunning(run.state), 3, reload);

  if (run) return <LoadedRun run={run} runArn={runArn} refreshError={error} onRetry={reload} />;
  return (
    <Layout name={shortId(runArn)}>
      {error === undefined ? (
        <Box padding="xxl" textAlign="center">
          <div role="status">
            <Spinner /> Loading the run
          </div>
        </Box>
      ) : (
        <Failure what="the run" why={error} onRetry={reload} />
      )}
    </Layout>
  );
}

interface LoadedProps {
  run: NamedRun;
  runArn: string;
  /** Why the run could not be loaded again. */
  refreshError: string | undefined;
  onRetry: () => void;
}

function LoadedRun({ run, runArn, refreshError, onRetry }: LoadedProps) {
  const client = useInspector();
  const { session } = useSession();
  const { query } = useRoute();
  const running = isRunning(run.state);
  const tab = query.get('tab') ?? 'findings';
  const selected = query.get('finding') ?? undefined;

  const asked = useStable(run.rulesPackageArns ?? []);
  const loadNames = useCallback(() => packageNames(client, asked), [client, asked]);
  const names = useLoad(loadNames);
  // A package whose name could not be looked up is still a package of the run.
  const packages = useMemo(
    () => new Map(asked.map((arn) => [arn, names.value?.get(arn) ?? arn])),
    [asked, names.value],
  );

  const loadCoverage = useCallback(
    () => (running ? Promise.resolve([]) : describeCoverage(session, runArn)),
    [session, runArn, running],
  );
  const ledger = useLoad(loadCoverage);
  const coverage = !running && ledger.value ? total(ledger.value, asked) : undefined;

  const hrefOf = useCallback(
    (finding: Finding) => routeHash(`/runs/${runArn}`, { finding: shortId(finding.arn ?? '') }),
    [runArn],
  );
  const select = useCallback((finding: Finding) => navigate(hrefOf(finding), 'replace'), [hrefOf]);
  const show = (tab: string) => routeHash(`/runs/${runArn}`, { tab: tab === 'findings' ? undefined : tab });
  const report = useReport(runArn, hasLooked(run.state));
  const emptyText = nothingFound(run, coverage);

  return (
    <Layout
      name={run.name ?? shortId(runArn)}
      notifications={report.notification}
      splitPanel={
        selected !== undefined && (
          <FindingPanel findingArn={`${runArn}/finding/${selected}`} packages={packages} />
        )
      }
      splitPanelOpen={selected !== undefined}
      onSplitPanelToggle={(open) => {
        if (!open) navigate(show(tab), 'replace');
      }}
    >
      <SpaceBetween size="l">
        <Header variant="h1" actions={report.button}>
          {run.name}
        </Header>
        {refreshError !== undefined && <Failure what="the state of the run" why={refreshError} onRetry={onRetry} />}
        <RunOverview run={run} coverage={coverage} coverageError={ledger.error} gapsHref={show('exclusions')} />
        <Tabs
          activeTabId={tab}
          ariaLabel="What the run gave"
          onChange={({ detail }) => navigate(show(detail.activeTabId), 'replace')}
          tabs={[
            {
              id: 'findings',
              label: 'Findings',
              content: (
                <FindingsTable
                  // Findings arrive while rules are evaluated; the table starts again when the run is complete.
                  key={String(running)}
                  runArn={runArn}
                  packages={packages}
                  selected={selected && `${runArn}/finding/${selected}`}
                  onSelect={select}
                  hrefOf={hrefOf}
                  emptyText={emptyText}
                />
              ),
            },
            {
              id: 'exclusions',
              label: 'Exclusions',
              content: (
                <ExclusionsTable
                  key={String(running)}
                  runArn={runArn}
                  packages={packages}
                  emptyText={
                    coverage?.complete ? 'Everything that was asked for was assessed.' : 'No exclusion is on record.'
                  }
                />
              ),
            },
            {
              id: 'coverage',
              label: 'Coverage',
              content: (
                <CoverageTable
                  coverage={ledger.value ?? []}
                  loading={running || (ledger.loading && !ledger.value)}
                  packages={packages}
                />
              ),
            },
          ]}
        />
      </SpaceBetween>
    </Layout>
  );
}

/** The finding that the address names, also where it is on no page of the table that has been loaded. */
function FindingPanel({ findingArn, packages }: { findingArn: string; packages: ReadonlyMap<string, string> }) {
  const client = useInspector();
  const load = useCallback(async () => {
    const [finding] = await describeFindings(client, [findingArn]);
    if (!finding) throw new Error('there is no finding with this ARN in this run');
    return finding;
  }, [client, findingArn]);
  const { value, error, reload } = useLoad(load);
  return (
    <SplitPanel header={value?.title ?? 'Finding'} closeBehavior="hide" hidePreferencesButton={false}>
      {value ? (
        <FindingDetail
          finding={value}
          packageName={packages.get(value.serviceAttributes?.rulesPackageArn ?? '')}
        />
      ) : error === undefined ? (
        <div role="status">
          <Spinner /> Loading the finding
        </div>
      ) : (
        <Failure what="the finding" why={error} onRetry={reload} />
      )}
    </SplitPanel>
  );
}

/** What may be said of a run without findings. */
function nothingFound(run: NamedRun, coverage: Coverage | undefined): string {
  if (isRunning(run.state)) return 'No findings so far. The run is in progress.';
  if (progress(run.state) === 'done' && coverage?.complete) return 'No potential security issues found.';
  return 'No findings, but not everything was assessed. See the exclusions and the coverage.';
}

/** The same array as long as its members are the same. */
function useStable(values: readonly string[]): readonly string[] {
  const [stable, setStable] = useState(values);
  if (stable.length === values.length && stable.every((value, index) => value === values[index])) return stable;
  setStable(values);
  return values;
}
