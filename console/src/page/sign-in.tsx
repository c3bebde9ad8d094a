import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState, type SyntheticEvent } from 'react';

import { explain } from '../api/errors';
import { call } from '../api/own';
import type { Session } from '../api/session';
import { hasIdentityProvider } from '../api/sign-in-options';

interface Props {
  /** Why the last session ended. */
  reason: string | undefined;
  onSignIn: (session: Session) => void;
}

/** Exchanges a long-term access key for session keys; the secret is used once and not kept. */
export default function SignIn({ reason, onSignIn }: Props) {
  const [accessKeyId, setAccessKeyId] = useState('');
  const [secretAccessKey, setSecretAccessKey] = useState('');
  const [region, setRegion] = useState('us-east-1');
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [provider, setProvider] = useState(false);

  useEffect(() => {
    document.title = 'Sign in - OpenInspector';
    let shown = true;
    void hasIdentityProvider().then((found) => shown && setProvider(found));
    return () => {
      shown = false;
    };
  }, []);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const user = accessKeyId.trim();
    const keys = { accessKeyId: user, secretAccessKey: secretAccessKey.trim() };
    const incomplete = keys.accessKeyId === '' || keys.secretAccessKey === '' || region.trim() === '';
    setMissing(incomplete);
    if (incomplete || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      const session = await call('CreateSession', {}, { keys, region: region.trim() });
      onSignIn({ ...session, expiresAt: session.expiresAt * 1000, region: region.trim(), user });
    } catch (error) {
      setError(explain(error));
      setBusy(false);
    }
  };

  const need = (value: string, name: string) => (missing && value.trim() === '' ? `Enter the ${name}.` : '');
  return (
    <main style={{ maxWidth: 560, margin: '48px auto', padding: '0 16px' }}>
      <form onSubmit={submit} aria-label="Sign in" autoComplete="off">
        <Form
          actions={
            <Button variant="primary" formAction="submit" loading={busy} loadingText="Signing in">
              Sign in
            </Button>
          }
        >
          <Container
            header={
              <Header variant="h1" description="With an access key of this service.">
                Sign in to OpenInspector
              </Header>
            }
          >
            <SpaceBetween size="l">
              {reason !== undefined && <Alert type="info">{reason}</Alert>}
              <div role="alert">
                {error !== undefined && (
                  <Alert type="error" header="Cannot sign in">
                    {error}
                  </Alert>
                )}
              </div>
              {provider && (
                <Button href="/signin/oidc" iconName="user-profile" fullWidth>
                  Sign in with your identity provider
                </Button>
              )}
              <FormField label="Access key ID" errorText={need(accessKeyId, 'access key ID')}>
                <Input
                  name="accessKeyId"
                  value={accessKeyId}
                  onChange={({ detail }) => setAccessKeyId(detail.value)}
                  autoComplete={false}
                  spellcheck={false}
                  autoFocus
                />
              </FormField>
              <FormField label="Secret access key" errorText={need(secretAccessKey, 'secret access key')}>
                <Input
                  name="secretAccessKey"
                  type="password"
                  value={secretAccessKey}
                  onChange={({ detail }) => setSecretAccessKey(detail.value)}
                  autoComplete={false}
                />
              </FormField>
              <FormField
                label="Region"
                description="Targets, runs and findings live in one Region."
                errorText={need(region, 'Region')}
              >
                <Input name="region" value={region} onChange={({ detail }) => setRegion(detail.value)} />
              </FormField>
              <Box color="text-body-secondary" fontSize="body-s">
                The secret signs one request, which returns keys that are valid for one hour. Only those stay, in this
                tab, until you sign out or close it.
              </Box>
            </SpaceBetween>
          </Container>
        </Form>
      </form>
    </main>
  );
}
