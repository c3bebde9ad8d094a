import Alert from '@cloudscape-design/components/alert';
import { useCallback } from 'react';

import { call } from '../api/own';
import { useSession } from '../session-context';
import { useLoad } from '../use-load';
import { Moment } from './moment';

/** Feeds that could not be brought up to date: what they would say now is missing in every new run. */
export function FeedFailures() {
  const { session } = useSession();
  const load = useCallback(
    async () => (await call('GetServiceStatus', {}, { keys: session, region: session.region })).feedFailures,
    [session],
  );
  const { value } = useLoad(load);
  if (!value || value.length === 0) return null;
  return (
    <Alert type="warning" header="Advisory feeds could not be brought up to date">
      Runs use what was fetched before.
      <ul>
        {value.map(({ address, failedAt, reason }) => (
          <li key={address}>
            {address}, <Moment at={new Date(failedAt * 1000)} />: {reason}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
