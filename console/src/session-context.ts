import { createContext, useContext } from 'react';

import type { Session } from './api/session';

interface SignedIn {
  session: Session;
  /** Ends the session; `reason` is shown on the sign-in page. */
  signOut: (reason?: string) => void;
}

export const SessionContext = createContext<SignedIn | undefined>(undefined);

export function useSession(): SignedIn {
  const signedIn = useContext(SessionContext);
  if (!signedIn) throw new Error('this page is shown to people who are signed in');
  return signedIn;
}
