import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';

/** Shown while a page's own code arrives. */
export function Waiting() {
  return (
    <main>
      <Box padding="xxl" textAlign="center">
        <div role="status">
          <Spinner size="large" /> Loading the page
        </div>
      </Box>
    </main>
  );
}
