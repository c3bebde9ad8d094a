/** Whether people can sign in with an identity provider; where the service does not say, an access key is the way. */
export async function hasIdentityProvider(fetcher: typeof fetch = fetch): Promise<boolean> {
  try {
    const answer = await fetcher('/signin/options');
    if (!answer.ok) return false;
    const options: unknown = await answer.json();
    return typeof options === 'object' && options !== null && 'identityProvider' in options && options.identityProvider === true;
  } catch {
    return false;
  }
}
