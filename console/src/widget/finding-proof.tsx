import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useCallback } from 'react';

import {
  describeProof,
  packetText,
  placeText,
  type Hop,
  type Proof,
  type SettingProof,
  type VersionComparison,
} from '../api/proof';
import { useSession } from '../session-context';
import { useLoad } from '../use-load';
import { Failure } from './failure';
import { Foreign } from './foreign';

/** What made a finding true, for somebody who wants to check it again. */
export function FindingProof({ findingArn }: { findingArn: string }) {
  const { session } = useSession();
  const load = useCallback(() => describeProof(session, findingArn), [session, findingArn]);
  const { value, error, reload } = useLoad(load);
  return (
    <SpaceBetween size="s">
      <Header variant="h3">Proof</Header>
      {value ? (
        <>
          <Evidence proof={value.proof} />
          <KeyValuePairs items={[{ label: 'Same finding in every run', value: <Foreign>{value.fingerprint}</Foreign> }]} />
        </>
      ) : error === undefined ? (
        <div role="status">
          <Spinner /> Loading the proof
        </div>
      ) : (
        <Failure what="the proof" why={error} onRetry={reload} />
      )}
    </SpaceBetween>
  );
}

function Evidence({ proof }: { proof: Proof }) {
  switch (proof.kind) {
    case 'network':
      return (
        <SpaceBetween size="s">
          <KeyValuePairs
            columns={2}
            items={[
              { label: 'A packet that arrives', value: <Foreign>{packetText(proof.request)}</Foreign> },
              { label: 'Its reply that gets back', value: <Foreign>{packetText(proof.reply)}</Foreign> },
            ]}
          />
          <Rows<Hop>
            label="Path, hop by hop"
            items={proof.path}
            columns={{ Way: (hop) => hop.direction, Component: (hop) => hop.component, 'Lets it through': (hop) => hop.rule }}
          />
          {proof.assumptions?.map((assumption) => (
            <Box key={assumption} color="text-body-secondary">
              Assumed: <Foreign>{assumption}</Foreign>
            </Box>
          ))}
        </SpaceBetween>
      );
    case 'packages':
      return (
        <Rows<VersionComparison>
          label="Packages compared"
          items={proof.comparisons}
          columns={{
            Package: (one) => `${one.name} ${one.version}`,
            'Compared as': (one) => `${one.source} ${one.sourceVersion}`,
            'Fixed in': (one) => one.fixedVersion ?? 'no fix yet',
            Status: (one) => one.status,
            Advisory: (one) => one.advisory,
            Feed: (one) => one.feed,
          }}
        />
      );
    case 'settings':
      return (
        <Rows<SettingProof>
          label="Settings read"
          items={proof.settings}
          columns={{
            Setting: (one) => one.setting,
            Read: (one) => placeText(one.at),
            Found: (one) => one.found ?? 'not set',
            Wanted: (one) => one.wanted,
          }}
        />
      );
    case 'imported':
      return (
        <Box>
          Imported from the original service, which did not export its evidence: this cannot be checked again. Its record
          is kept as <Foreign>{proof.record}</Foreign>.
        </Box>
      );
  }
}

interface RowsProps<Item> {
  label: string;
  items: readonly Item[];
  columns: Record<string, (item: Item) => string>;
}

function Rows<Item>({ label, items, columns }: RowsProps<Item>) {
  const definitions: TableProps.ColumnDefinition<Item>[] = Object.entries(columns).map(([header, text]) => ({
    id: header,
    header,
    cell: (item) => <Foreign>{text(item)}</Foreign>,
  }));
  return (
    <Table
      variant="embedded"
      wrapLines
      contentDensity="compact"
      ariaLabels={{ tableLabel: label }}
      columnDefinitions={definitions}
      items={items}
    />
  );
}
