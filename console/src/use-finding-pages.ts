import type { Finding, FindingFilter } from '@aws-sdk/client-inspector';
import { useCallback, useEffect, useRef, useState } from 'react';

import { explain, isSessionOver } from './api/errors';
import { findingPages, type FindingPage } from './api/findings';
import { useSession } from './session-context';
import { useInspector } from './use-inspector';

export interface FindingPages {
  pages: Finding[][];
  /** All pages have arrived. */
  done: boolean;
  loading: boolean;
  error: string | undefined;
  /** Loads one page more. */
  more: () => void;
  /** Starts again from the first page. */
  restart: () => void;
}

/** A run's findings, page by page. `filter` must be memoised; where it is `undefined`, nothing can match. */
export function useFindingPages(runArn: string, filter: FindingFilter | undefined): FindingPages {
  const client = useInspector();
  const { signOut } = useSession();
  const [state, setState] = useState<Omit<FindingPages, 'more' | 'restart'>>(START);
  const source = useRef<AsyncGenerator<FindingPage, void>>(undefined);

  const more = useCallback(() => {
    const mine = source.current;
    if (!mine) return;
    setState((before) => ({ ...before, loading: true, error: undefined }));
    mine.next().then(
      ({ value, done }) => {
        if (mine !== source.current) return;
        setState((before) => ({
          pages: value && value.findings.length > 0 ? [...before.pages, value.findings] : before.pages,
          done: done === true || value?.last === true,
          loading: false,
          error: undefined,
        }));
      },
      (error: unknown) => {
        if (mine !== source.current) return;
        if (isSessionOver(error)) signOut('The session has ended. Sign in again to go on.');
        else setState((before) => ({ ...before, loading: false, error: explain(error) }));
      },
    );
  }, [signOut]);

  const restart = useCallback(() => {
    setState(filter ? START : { ...START, done: true, loading: false });
    source.current = filter && findingPages(client, runArn, filter);
    more();
  }, [client, runArn, filter, more]);

  useEffect(() => {
    restart();
    return () => {
      source.current = undefined;
    };
  }, [restart]);

  return { ...state, more, restart };
}

const START = { pages: [], done: false, loading: true, error: undefined };
