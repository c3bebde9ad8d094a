/** The pages. A new one is a file in `page/`, its import and its row here. */

import { lazy, useEffect, type ComponentType } from 'react';

import { parseRoute, useRoute } from './route';

const NotFound = lazy(() => import('./page/not-found'));
const Run = lazy(() => import('./page/run'));
const Runs = lazy(() => import('./page/runs'));

interface Page {
  /** The address; its first group is handed to the page. */
  path: RegExp;
  title: string;
  component: ComponentType<{ id: string }>;
}

const PAGES: readonly Page[] = [
  { path: /^\/(?:runs\/?)?$/, title: 'Assessment runs', component: Runs },
  { path: /^\/runs\/(arn:.+)$/, title: 'Assessment run', component: Run },
  { path: /()/, title: 'Page not found', component: NotFound },
];

/** Shows the page of the current address. */
export default function Pages() {
  const { path } = useRoute();
  const page = PAGES.find((page) => page.path.test(path));
  const title = page?.title ?? '';

  useEffect(() => {
    document.title = `${title} - OpenInspector`;
  }, [title]);
  useFocusOnNewPage();

  if (!page) return null;
  const id = page.path.exec(path)?.[1] ?? '';
  return <page.component key={path} id={id} />;
}

/** Moves the focus to the content when another page is shown, so that a screen reader starts there. */
function useFocusOnNewPage(): void {
  useEffect(() => {
    let shown = parseRoute(location.hash).path;
    const changed = () => {
      const { path } = parseRoute(location.hash);
      if (path === shown) return;
      shown = path;
      document.getElementById('content')?.focus();
    };
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
}
