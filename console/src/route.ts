/** Pages are told apart behind the `#`, so that a link survives a reload without help from the server. */

import { useSyncExternalStore } from 'react';

export interface Route {
  /** `/runs/arn:…`, decoded. */
  path: string;
  query: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  return { path: decode(path) || '/', query: new URLSearchParams(query) };
}

/** `#/runs/arn:…?tab=exclusions`; empty values are left out. */
export function routeHash(path: string, query: Record<string, string | undefined> = {}): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) parameters.set(key, value);
  const text = parameters.toString();
  return `#${encodeURI(path).replaceAll('?', '%3F').replaceAll('#', '%23')}${text ? `?${text}` : ''}`;
}

/** Goes to another page, or with `replace` changes the query of this one without a step in the history. */
export function navigate(hash: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') {
    location.hash = hash;
  } else {
    history.replaceState(null, '', hash);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return parseRoute(hash);
}

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
