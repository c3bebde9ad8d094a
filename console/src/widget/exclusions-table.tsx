import type { Exclusion } from '@aws-sdk/client-inspector';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useCallback } from 'react';

import { listExclusions, scopes } from '../api/exclusions';
import { useInspector } from '../use-inspector';
import { useLoad } from '../use-load';
import { Failure } from './failure';

interface Props {
  runArn: string;
  packages: ReadonlyMap<string, string>;
  /** What an empty table says. */
  emptyText: string;
}

/** What a run could not assess, with cause and remedy. */
export function ExclusionsTable({ runArn, packages, emptyText }: Props) {
  const client = useInspector();
  const load = useCallback(() => listExclusions(client, runArn), [client, runArn]);
  const { value, error, loading, reload } = useLoad(load);
  return (
    <SpaceBetween size="m">
      {error !== undefined && <Failure what="the exclusions" why={error} onRetry={reload} />}
      <Table
        variant="container"
        trackBy={(exclusion: Exclusion) => exclusion.arn ?? ''}
        items={value ?? []}
        loading={loading && !value}
        loadingText="Loading the exclusions"
        wrapLines
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: 'Exclusions' }}
        header={
          <Header
            variant="h2"
            counter={value && `(${value.length})`}
            description="Nothing is said about what is listed here: it was not looked at."
          >
            Exclusions
          </Header>
        }
        empty={
          <Box color="text-body-secondary" padding="s">
            {error !== undefined ? 'The exclusions could not be loaded.' : emptyText}
          </Box>
        }
        columnDefinitions={[
          {
            id: 'title',
            header: 'Exclusion',
            isRowHeader: true,
            minWidth: 180,
            cell: (exclusion) => <span className="foreign-text">{exclusion.title}</span>,
          },
          {
            id: 'scope',
            header: 'Concerns',
            minWidth: 200,
            cell: (exclusion) => <Scopes exclusion={exclusion} packages={packages} />,
          },
          {
            id: 'description',
            header: 'Cause',
            minWidth: 280,
            cell: (exclusion) => <span className="foreign-text">{exclusion.description}</span>,
          },
          {
            id: 'recommendation',
            header: 'Remedy',
            minWidth: 280,
            cell: (exclusion) => <span className="foreign-text">{exclusion.recommendation}</span>,
          },
        ]}
      />
    </SpaceBetween>
  );
}

function Scopes({ exclusion, packages }: { exclusion: Exclusion; packages: ReadonlyMap<string, string> }) {
  const instances = scopes(exclusion, 'INSTANCE_ID');
  const names = scopes(exclusion, 'RULES_PACKAGE_ARN').map((arn) => packages.get(arn) ?? arn);
  return (
    <span className="foreign-text">
      {[...instances, ...names].join('\n') || 'The whole run'}
    </span>
  );
}
