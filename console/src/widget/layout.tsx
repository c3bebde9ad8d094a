import AppLayout, { type AppLayoutProps } from '@cloudscape-design/components/app-layout';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import { useState, type ReactNode } from 'react';

interface Props {
  /** The page's own name, last of the breadcrumbs; none on the front page. */
  name?: string;
  notifications?: ReactNode;
  splitPanel?: ReactNode;
  splitPanelOpen?: boolean;
  onSplitPanelToggle?: (open: boolean) => void;
  children: ReactNode;
}

/** A page for people who are signed in. */
export function Layout({ name, notifications, splitPanel, splitPanelOpen, onSplitPanelToggle, children }: Props) {
  const [navigationOpen, setNavigationOpen] = useState(false);
  const [preferences, setPreferences] = useState<AppLayoutProps.SplitPanelPreferences>({ position: 'side' });
  const crumbs = [{ text: 'Assessment runs', href: '#/runs' }];
  if (name !== undefined) crumbs.push({ text: name, href: location.hash });
  return (
    <AppLayout
      headerSelector="#header"
      toolsHide
      navigationOpen={navigationOpen}
      onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
      navigation={
        <SideNavigation
          header={{ text: 'OpenInspector', href: '#/runs' }}
          activeHref="#/runs"
          items={[{ type: 'link', text: 'Assessment runs', href: '#/runs' }]}
        />
      }
      breadcrumbs={<BreadcrumbGroup items={crumbs} />}
      notifications={notifications}
      stickyNotifications
      splitPanel={splitPanel}
      splitPanelOpen={splitPanelOpen ?? false}
      onSplitPanelToggle={({ detail }) => onSplitPanelToggle?.(detail.open)}
      splitPanelPreferences={preferences}
      onSplitPanelPreferencesChange={({ detail }) => setPreferences(detail)}
      content={children}
    />
  );
}
