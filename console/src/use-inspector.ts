import type { InspectorClient } from '@aws-sdk/client-inspector';
import { useMemo } from 'react';

import { inspector } from './api/client';
import { useSession } from './session-context';

/** The SDK's client with the keys of the session. */
export function useInspector(): InspectorClient {
  const { session } = useSession();
  return useMemo(() => inspector(session), [session]);
}
