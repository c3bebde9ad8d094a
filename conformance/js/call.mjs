// Makes the calls that stand on stdin, a JSON list of {operation, input}, with the stock client, and prints what came back.
import * as sdk from '@aws-sdk/client-inspector';

let text = '';
for await (const chunk of process.stdin) text += chunk;

const client = new sdk.InspectorClient({ endpoint: process.env.ENDPOINT, region: 'us-east-1', maxAttempts: 1 });

/** The JavaScript client takes moments as dates. */
const revived = (value) => {
  if (Array.isArray(value)) return value.map(revived);
  if (value === null || typeof value !== 'object') return value;
  const pair = ([name, member]) => [name, /Date$/.test(name) ? new Date(member * 1000) : revived(member)];
  return Object.fromEntries(Object.entries(value).map(pair));
};

const answers = [];
for (const { operation, input } of JSON.parse(text)) {
  try {
    const { $metadata, ...output } = await client.send(new sdk[`${operation}Command`](revived(input)));
    answers.push({ operation, status: $metadata.httpStatusCode, request: $metadata.requestId, output });
  } catch (error) {
    const { name, message, errorCode, canRetry } = error;
    answers.push({ operation, status: error.$metadata?.httpStatusCode ?? 0, error: name, message, errorCode, canRetry });
  }
}
console.log(JSON.stringify(answers));
