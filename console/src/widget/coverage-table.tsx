import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';

import { checksOf } from '../api/coverage';
import type { CoverageCounts } from '../api/own';

interface Props {
  coverage: readonly CoverageCounts[];
  loading: boolean;
  packages: ReadonlyMap<string, string>;
}

/** The ledger: how many checks each rules package was asked for, and how they ended. */
export function CoverageTable({ coverage, loading, packages }: Props) {
  const silent = [...packages.keys()].filter((arn) => !coverage.some((counts) => counts.rulesPackageArn === arn));
  const rows = [...coverage, ...(loading ? [] : silent.map(nothing))];
  const number = (value: number) => value.toLocaleString('en');
  return (
    <Table
      variant="container"
      trackBy={(counts: CoverageCounts) => counts.rulesPackageArn}
      items={rows}
      loading={loading}
      loadingText="Loading the coverage"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: 'Coverage' }}
      header={
        <Header variant="h2" description="Checks are pairs of a rule and an instance.">
          Coverage
        </Header>
      }
      empty={<Box color="text-body-secondary">No check is on record.</Box>}
      columnDefinitions={[
        {
          id: 'package',
          header: 'Rules package',
          isRowHeader: true,
          cell: (counts) => packages.get(counts.rulesPackageArn) ?? counts.rulesPackage,
        },
        { id: 'checks', header: 'Checks', cell: (counts) => number(checksOf(counts)) },
        { id: 'pass', header: 'Passed', cell: (counts) => number(counts.pass) },
        { id: 'fail', header: 'Failed', cell: (counts) => number(counts.fail) },
        { id: 'not-applicable', header: 'Not applicable', cell: (counts) => number(counts.notApplicable) },
        {
          id: 'not-assessed',
          header: 'Not assessed',
          cell: (counts) =>
            checksOf(counts) === 0 ? (
              <StatusIndicator type="warning">All: no check is on record</StatusIndicator>
            ) : counts.notAssessed > 0 ? (
              <StatusIndicator type="warning">{number(counts.notAssessed)}</StatusIndicator>
            ) : (
              '0'
            ),
        },
      ]}
    />
  );
}

function nothing(rulesPackageArn: string): CoverageCounts {
  return { rulesPackageArn, rulesPackage: rulesPackageArn, pass: 0, fail: 0, notApplicable: 0, notAssessed: 0 };
}
