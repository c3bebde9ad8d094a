import type { ReportType } from '@aws-sdk/client-inspector';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Flashbar from '@cloudscape-design/components/flashbar';
import Link from '@cloudscape-design/components/link';
import { useCallback, useState, type ReactNode } from 'react';

import { explain } from '../api/errors';
import { reportAddress } from '../api/report';
import { useInspector } from '../use-inspector';

type Work = { state: 'idle' | 'busy' } | { state: 'ready'; url: string } | { state: 'failed'; why: string };

/** Has a report made; its link stands in the notification, because a browser would block a window opened this late. */
export function useReport(runArn: string, enabled: boolean): { button: ReactNode; notification: ReactNode } {
  const client = useInspector();
  const [work, setWork] = useState<Work>({ state: 'idle' });

  const make = useCallback(
    async (type: ReportType) => {
      setWork({ state: 'busy' });
      try {
        setWork({ state: 'ready', url: await reportAddress(client, runArn, type) });
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
      items={[
        { id: 'FINDING', text: 'Findings report' },
        { id: 'FULL', text: 'Full report, with the rules that passed' },
      ]}
      onItemClick={({ detail }) => void make(detail.id === 'FULL' ? 'FULL' : 'FINDING')}
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
