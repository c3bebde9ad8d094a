import type { Attribute, Finding, Tag } from '@aws-sdk/client-inspector';
import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import { FindingProof } from './finding-proof';
import { Foreign } from './foreign';
import { Moment } from './moment';
import { SeverityBadge } from './severity';

/** All that the API tells about a finding. */
export function FindingDetail({ finding, packageName }: { finding: Finding; packageName: string | undefined }) {
  const asset = finding.assetAttributes;
  return (
    <SpaceBetween size="l">
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Severity', value: <SeverityBadge severity={finding.severity} /> },
          { label: 'Rule', value: <Foreign>{finding.id}</Foreign> },
          { label: 'Rules package', value: packageName ?? '-' },
          { label: 'Instance', value: <Foreign>{asset?.agentId}</Foreign> },
          { label: 'Found', value: <Moment at={finding.createdAt} /> },
          { label: 'Finding ARN', value: <Copyable text={finding.arn} /> },
        ]}
      />
      <Text title="Description">{finding.description}</Text>
      <Text title="Recommendation">{finding.recommendation}</Text>
      {finding.arn && <FindingProof findingArn={finding.arn} />}
      <Pairs title="Attributes" pairs={finding.attributes} />
      <Pairs title="User attributes" pairs={finding.userAttributes} />
      {asset && (
        <SpaceBetween size="m">
          <Header variant="h3">Instance</Header>
          <KeyValuePairs
            columns={3}
            items={[
              { label: 'Host name', value: <Foreign>{asset.hostname}</Foreign> },
              { label: 'IPv4 addresses', value: <Foreign>{asset.ipv4Addresses?.join(', ')}</Foreign> },
              { label: 'Image', value: <Foreign>{asset.amiId}</Foreign> },
            ]}
          />
          <Pairs title="Tags" pairs={asset.tags} />
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}

function Text({ title, children }: { title: string; children: string | undefined }) {
  return (
    <div>
      <Header variant="h3">{title}</Header>
      <Box variant="p">
        <Foreign>{children}</Foreign>
      </Box>
    </div>
  );
}

function Copyable({ text }: { text: string | undefined }): ReactNode {
  if (!text) return '-';
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      copyButtonAriaLabel="Copy the ARN"
      copySuccessText="ARN copied"
      copyErrorText="The ARN could not be copied"
    />
  );
}

function Pairs({ title, pairs }: { title: string; pairs: (Attribute | Tag)[] | undefined }): ReactNode {
  if (!pairs || pairs.length === 0) return null;
  return (
    <Table
      variant="embedded"
      wrapLines
      contentDensity="compact"
      header={<Header variant="h3">{title}</Header>}
      ariaLabels={{ tableLabel: title }}
      columnDefinitions={[
        { id: 'key', header: 'Key', isRowHeader: true, cell: (pair: Attribute | Tag) => <Foreign>{pair.key}</Foreign> },
        { id: 'value', header: 'Value', cell: (pair: Attribute | Tag) => <Foreign>{pair.value}</Foreign> },
      ]}
      items={pairs}
    />
  );
}
