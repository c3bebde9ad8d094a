import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';

import { forgetSession, storedSession, storeSession, type Session } from './api/session';
import { SessionContext } from './session-context';
import { Boundary } from './widget/boundary';
import { Shell } from './widget/shell';
import { Waiting } from './widget/waiting';

const SignIn = lazy(() => import('./page/sign-in'));
const Pages = lazy(() => import('./pages'));

export function App() {
  const [session, setSession] = useState(() => storedSession(sessionStorage, Date.now()));
  const [reason, setReason] = useState<string>();

  const signIn = useCallback((session: Session) => {
    storeSession(sessionStorage, session);
    setReason(undefined);
    setSession(session);
  }, []);
  const signOut = useCallback((reason?: string) => {
    forgetSession(sessionStorage);
    setReason(reason);
    setSession(undefined);
  }, []);

  useEffect(() => {
    if (!session) return undefined;
    const left = session.expiresAt - Date.now();
    const timer = setTimeout(() => signOut('The session has ended after one hour. Sign in again to go on.'), left);
    return () => clearTimeout(timer);
  }, [session, signOut]);

  const context = useMemo(() => session && { session, signOut }, [session, signOut]);
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <Shell user={session?.user} onSignOut={() => signOut()}>
        <Boundary>
          <Suspense fallback={<Waiting />}>
            {context ? (
              <SessionContext value={context}>
                <Pages />
              </SessionContext>
            ) : (
              <SignIn reason={reason} onSignIn={signIn} />
            )}
          </Suspense>
        </Boundary>
      </Shell>
    </I18nProvider>
  );
}
