import { useCallback, useEffect, useRef, useState } from 'react';

import { explain, isSessionOver } from './api/errors';
import { useSession } from './session-context';

export interface Loaded<Value> {
  /** The last good answer; it stays while a newer one is on its way. */
  value: Value | undefined;
  /** Why the last attempt failed, for a person. */
  error: string | undefined;
  loading: boolean;
  reload: () => void;
}

/**
 * Runs `load` now and whenever it changes, so it must be memoised. Ends the session where its keys are no longer good.
 */
export function useLoad<Value>(load: () => Promise<Value>): Loaded<Value> {
  const { signOut } = useSession();
  const [state, setState] = useState<Omit<Loaded<Value>, 'reload'>>(START);
  const current = useRef(0);

  const reload = useCallback(() => {
    const mine = ++current.current;
    setState((before) => ({ ...before, loading: true }));
    load().then(
      (value) => {
        if (mine === current.current) setState({ value, error: undefined, loading: false });
      },
      (error: unknown) => {
        if (mine !== current.current) return;
        if (isSessionOver(error)) signOut('The session has ended. Sign in again to go on.');
        else setState((before) => ({ ...before, error: explain(error), loading: false }));
      },
    );
  }, [load, signOut]);

  useEffect(() => {
    setState(START);
    reload();
    return () => {
      current.current += 1;
    };
  }, [reload]);

  return { ...state, reload };
}

/** Calls `again` every `seconds` while `active` and the page is in view. */
export function usePolling(active: boolean, seconds: number, again: () => void): void {
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) again();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [active, seconds, again]);
}

const START = { value: undefined, error: undefined, loading: true };
