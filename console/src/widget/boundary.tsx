import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';

/** Shows an error instead of nothing where a page fails or its code cannot be loaded, for example after an upgrade. */
export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main>
        <Box padding="xxl">
          <Alert
            type="error"
            header="The page could not be shown"
            action={<Button onClick={() => location.reload()}>Reload</Button>}
          >
            Reload it. If that does not help, check that the service is running.
          </Alert>
        </Box>
      </main>
    );
  }
}
