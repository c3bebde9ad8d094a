// Writes requests-js.json: requests as the JavaScript SDK signs them, at a fixed time with fixed keys, without a network.
// Remake, in a folder where `npm install @aws-sdk/client-inspector@3.523.0` was run: node capture.mjs > requests-js.json
// The keys are the documented examples of AWS ("Signature Version 4 test suite").

import { createRequire } from 'node:module';

const { InspectorClient, ListFindingsCommand, ListRulesPackagesCommand } = createRequire(process.cwd() + '/')('@aws-sdk/client-inspector');

const NOW = Date.UTC(2026, 4, 20, 8, 0, 0);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length ? parts : [NOW]));
  }
  static now() {
    return NOW;
  }
};

const TOKEN = 'AQoDYXdzEPT//////////wEXAMPLE==';
const cases = [];

async function captured(name, command, sessionToken) {
  const handle = async (request) => {
    const headers = Object.entries(request.headers).filter(([key]) => !/user-agent/.test(key) || /x-amz/.test(key));
    cases.push({
      name, method: request.method, path: request.path, query: '', headers, body: request.body, service: 'inspector',
      region: 'us-west-2', now: '2026-05-20T08:00:00Z', token: sessionToken ?? null,
    });
    return { response: { statusCode: 200, headers: {}, body: new Uint8Array() } };
  };
  const client = new InspectorClient({
    region: 'us-west-2', endpoint: 'http://127.0.0.1:8008', requestHandler: { handle },
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken },
  });
  await client.send(command).catch(() => undefined);
}

await captured('js list-findings', new ListFindingsCommand({ maxResults: 10 }));
await captured('js with a session token', new ListRulesPackagesCommand({}), TOKEN);
for (const one of cases) one.headers = one.headers.map(([key, value]) => [key.toLowerCase(), value]);
console.log(JSON.stringify(cases, null, 1));
