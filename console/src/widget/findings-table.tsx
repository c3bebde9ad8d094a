import type { Finding } from '@aws-sdk/client-inspector';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMemo, useState } from 'react';

import { SEVERITIES, toFilter, type Condition } from '../api/findings';
import { useFindingPages } from '../use-finding-pages';
import { Failure } from './failure';
import { Moment } from './moment';
import { SeverityBadge } from './severity';

interface Props {
  runArn: string;
  /** Names of the run's rules packages by ARN. */
  packages: ReadonlyMap<string, string>;
  /** The finding whose details are shown. */
  selected: string | undefined;
  onSelect: (finding: Finding) => void;
  hrefOf: (finding: Finding) => string;
  /** What an unfiltered, empty table says; it depends on whether everything was assessed. */
  emptyText: string;
}

/** The findings of a run, filtered by the service and loaded page by page. */
export function FindingsTable({ runArn, packages, selected, onSelect, hrefOf, emptyText }: Props) {
  const [query, setQuery] = useState<PropertyFilterProps.Query>({ tokens: [], operation: 'and' });
  const [page, setPage] = useState(1);
  const filter = useMemo(() => toFilter(conditions(query)), [query]);
  const { pages, done, loading, error, more, restart } = useFindingPages(runArn, filter);

  const items = pages[page - 1] ?? [];
  const loaded = pages.reduce((sum, page) => sum + page.length, 0);
  const columns = useMemo(() => columnsFor(packages, hrefOf, onSelect), [packages, hrefOf, onSelect]);
  const options = useMemo(() => optionsFor(packages, pages.flat()), [packages, pages]);
  const properties = useMemo(() => propertiesFor(packages), [packages]);

  const turnTo = (wanted: number) => {
    if (wanted > pages.length && !done && !loading) more();
    setPage(done ? Math.min(wanted, Math.max(1, pages.length)) : wanted);
  };
  // The service may end a list with an empty page.
  const shown = done ? Math.min(page, Math.max(1, pages.length)) : page;

  return (
    <SpaceBetween size="m">
      {error !== undefined && <Failure what="the findings" why={error} onRetry={restart} />}
      <Table
        variant="container"
        trackBy={(finding) => finding.arn ?? ''}
        columnDefinitions={columns}
        items={shown === page ? items : (pages[shown - 1] ?? [])}
        loading={loading}
        loadingText="Loading the findings"
        enableKeyboardNavigation
        wrapLines
        selectionType="single"
        selectedItems={pages.flat().filter((finding) => finding.arn === selected)}
        onSelectionChange={({ detail }) => detail.selectedItems[0] && onSelect(detail.selectedItems[0])}
        ariaLabels={{
          tableLabel: 'Findings',
          selectionGroupLabel: 'Show details',
          itemSelectionLabel: (_, finding) => finding.title ?? '',
        }}
        header={
          <Header
            variant="h2"
            counter={loading && loaded === 0 ? '' : done ? `(${loaded})` : `(${loaded}+)`}
            actions={<Button iconName="refresh" ariaLabel="Load the findings again" onClick={restart} />}
          >
            Findings
          </Header>
        }
        filter={
          <PropertyFilter
            query={query}
            onChange={({ detail }) => {
              setPage(1);
              setQuery(detail);
            }}
            filteringProperties={properties}
            filteringOptions={options}
            filteringPlaceholder="Filter by severity, rules package, instance or rule"
            filteringAriaLabel="Filter the findings"
            hideOperations
            disableFreeTextFiltering
            countText={done ? `${loaded} ${loaded === 1 ? 'match' : 'matches'}` : `${loaded}+ matches`}
            loading={loading}
          />
        }
        pagination={
          <Pagination
            currentPageIndex={shown}
            pagesCount={Math.max(1, pages.length)}
            openEnd={!done}
            disabled={loading}
            onChange={({ detail }) => turnTo(detail.currentPageIndex)}
          />
        }
        empty={
          <Box color="text-body-secondary" padding="s">
            {error !== undefined
              ? 'The findings could not be loaded.'
              : query.tokens.length > 0
                ? 'No finding matches the filter.'
                : emptyText}
          </Box>
        }
      />
    </SpaceBetween>
  );
}

function columnsFor(
  packages: ReadonlyMap<string, string>,
  hrefOf: Props['hrefOf'],
  onSelect: Props['onSelect'],
): TableProps.ColumnDefinition<Finding>[] {
  return [
    {
      id: 'severity',
      header: 'Severity',
      width: 130,
      cell: (finding) => <SeverityBadge severity={finding.severity} />,
    },
    {
      id: 'title',
      header: 'Finding',
      isRowHeader: true,
      minWidth: 280,
      cell: (finding) => (
        <Link
          href={hrefOf(finding)}
          onFollow={(event) => {
            event.preventDefault();
            onSelect(finding);
          }}
        >
          <span className="foreign-text">{finding.title}</span>
        </Link>
      ),
    },
    {
      id: 'rule',
      header: 'Rule',
      minWidth: 160,
      cell: (finding) => <span className="foreign-text">{finding.id}</span>,
    },
    {
      id: 'instance',
      header: 'Instance',
      minWidth: 200,
      cell: (finding) => <span className="foreign-text">{finding.assetAttributes?.agentId ?? '-'}</span>,
    },
    {
      id: 'package',
      header: 'Rules package',
      minWidth: 180,
      cell: (finding) => packages.get(finding.serviceAttributes?.rulesPackageArn ?? '') ?? '-',
    },
    { id: 'created', header: 'Found', width: 200, cell: (finding) => <Moment at={finding.createdAt} /> },
  ];
}

function propertiesFor(packages: ReadonlyMap<string, string>): PropertyFilterProps.FilteringProperty[] {
  const name = (arn: string) => packages.get(arn) ?? arn;
  const oneOf = (format?: (value: string) => string) => [
    {
      operator: '=' as const,
      tokenType: 'enum' as const,
      ...(format && { format: (values: unknown) => (Array.isArray(values) ? values.map(format).join(', ') : '') }),
    },
  ];
  return [
    { key: 'severity', propertyLabel: 'Severity', groupValuesLabel: 'Severities', operators: oneOf() },
    { key: 'package', propertyLabel: 'Rules package', groupValuesLabel: 'Rules packages', operators: oneOf(name) },
    { key: 'instance', propertyLabel: 'Instance', groupValuesLabel: 'Instances', operators: ['='] },
    { key: 'rule', propertyLabel: 'Rule', groupValuesLabel: 'Rules', operators: ['='] },
  ];
}

/** What can be chosen. Instances and rules are those seen so far; others can be typed. */
function optionsFor(
  packages: ReadonlyMap<string, string>,
  findings: readonly Finding[],
): PropertyFilterProps.FilteringOption[] {
  const seen = (propertyKey: string, values: (string | undefined)[]) =>
    [...new Set(values.filter((value) => value !== undefined))].sort().map((value) => ({ propertyKey, value }));
  return [
    ...SEVERITIES.map((value) => ({ propertyKey: 'severity', value })),
    ...[...packages].map(([value, label]) => ({ propertyKey: 'package', value, label })),
    ...seen(
      'instance',
      findings.map((finding) => finding.assetAttributes?.agentId),
    ),
    ...seen(
      'rule',
      findings.map((finding) => finding.id),
    ),
  ];
}

function conditions(query: PropertyFilterProps.Query): Condition[] {
  return query.tokens.flatMap(({ propertyKey, value }) => {
    const values: string[] = Array.isArray(value) ? value : [String(value)];
    return isProperty(propertyKey) ? [{ property: propertyKey, values }] : [];
  });
}

function isProperty(key: string | undefined): key is Condition['property'] {
  return key === 'severity' || key === 'package' || key === 'instance' || key === 'rule';
}
