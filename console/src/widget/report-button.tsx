import type { ReportFileFormat, ReportType } from '@aws-sdk/client-inspector';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Flashbar from '@cloudscape-design/components/flashbar';
import Link from '@cloudscape-design/components/link';
import { useCallback, useState, type ReactNode } from 'react';

import { explain } from '../api/errors';
import { reportAddress } from '../api/report';
import { useInspector } from '../use-inspector';

const REPORTS: { id: string; text: string; type: ReportType; format: ReportFileFormat }[] = [
  { id: 'findings', text: 'Findings report', type: 'FINDING', format: 'HTML' },
  { id: 'full', text: 'Full report, with the rules that passed', type: 'FULL', format: 'HTML' },
  { id: 'findings-pdf', text: 'Findings report as PDF', type: 'FINDING', format: 'PDF' },
  { id: 'full-pdf', text: 'Full report as PDF', type: 'FULL', format: 'PDF' },
];

type Work = { state: 'idle' | 'busy' } | { state: 'ready'; url: string } | { state: 'failed'; why: string };

/** Has a report made; its link stands in the notification, because a browser would block a window opened this late. */
export function useReport(runArn: string, enabled: boolean): { button: ReactNode; notification: ReactNode } {
  const client = useInspector();
  const [work, setWork] = useState<Work>({ state: 'idle' });

  const make = useCallback(
    async (type: ReportType, format: ReportFileFormat) => {
      setWork({ state: 'busy' });
      try {
        setWork({ state: 'ready', url: await reportAddress(client, runArn, type, format) });
      } catch (error) {
        setWork({ state: 'failed', why: explain(error) });
      }
    },
    [client, runArn],
  );

  const button = (
    <ButtonDropdown
      loading={work.state === 'busy'}
      loadingText="Making the report"
      disabled={!enabled}
      disabledReason="A report can be made once the run is complete."
      items={REPORTS.map(({ id, text }) => ({ id, text }))}
      onItemClick={({ detail }) => {
        const report = REPORTS.find(({ id }) => id === detail.id);
        if (report) void make(report.type, report.format);
      }}
    >
      Make a report
    </ButtonDropdown>
  );
  const dismiss = { dismissible: true, dismissLabel: 'Dismiss', onDismiss: () => setWork({ state: 'idle' }) };
  const items =
    work.state === 'ready'
      ? [
          {
            type: 'success' as const,
            header: 'The report is ready',
            content: (
              <Link color="inverted" href={work.url} external externalIconAriaLabel="Opens in a new tab">
                Open the report
              </Link>
            ),
            ...dismiss,
          },
        ]
      : work.state === 'failed'
        ? [{ type: 'error' as const, header: 'The report could not be made', content: work.why, ...dismiss }]
        : [];
  return { button, notification: <Flashbar items={items} /> };
}
