import TopNavigation from '@cloudscape-design/components/top-navigation';
import type { ReactNode } from 'react';

interface Props {
  /** The access key id of whoever is signed in. */
  user: string | undefined;
  onSignOut: () => void;
  children: ReactNode;
}

/** The bar on top, and the page below it. */
export function Shell({ user, onSignOut, children }: Props) {
  return (
    <>
      <div id="header">
        <TopNavigation
          identity={{ title: 'OpenInspector', href: '#/runs' }}
          utilities={
            user === undefined
              ? []
              : [
                  {
                    type: 'menu-dropdown',
                    text: user,
                    iconName: 'user-profile',
                    ariaLabel: `Signed in with ${user}`,
                    items: [{ id: 'sign-out', text: 'Sign out' }],
                    onItemClick: onSignOut,
                  },
                ]
          }
        />
      </div>
      <div id="content" tabIndex={-1} style={{ outline: 'none' }}>
        {children}
      </div>
    </>
  );
}
