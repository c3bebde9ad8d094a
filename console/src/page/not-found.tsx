import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';

import { Layout } from '../widget/layout';

export default function NotFound() {
  return (
    <Layout name="Page not found">
      <Header variant="h1">Page not found</Header>
      <Box variant="p">
        There is no page at this address. Go to the <Link href="#/runs">assessment runs</Link>.
      </Box>
    </Layout>
  );
}
