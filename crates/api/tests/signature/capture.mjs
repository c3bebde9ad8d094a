// Writes requests-js.json: requests as the JavaScript SDK signs them, at a fixed time with fixed keys, without a network.
// Remake, in a folder where `npm install @aws-sdk/client-inspector@3.523.0` was run: node capture.mjs > requests-js.json
//   node capture.mjs presigned > requests-presigned-js.json
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

/** A URL that moves `X-Amz-Target` into the query and keeps the body. */
async function presigned(name, body, sessionToken) {
  const packages = createRequire(process.cwd() + '/');
  const { HttpRequest } = packages('@smithy/protocol-http');
  const { SignatureV4 } = packages('@smithy/signature-v4');
  const { Hash } = packages('@smithy/hash-node');
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken };
  const signer = new SignatureV4({ service: 'inspector', region: 'us-west-2', credentials, sha256: Hash.bind(null, 'sha256') });
  const headers = { host: '127.0.0.1:8008', 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'InspectorService.ListFindings' };
  const request = new HttpRequest({ method: 'POST', protocol: 'http:', hostname: '127.0.0.1', port: 8008, path: '/', headers, body });
  const signed = await signer.presign(request, { expiresIn: 3600 });
  const query = Object.entries(signed.query).map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  cases.push({
    name, method: signed.method, path: signed.path, query, headers: Object.entries(signed.headers), body, service: 'inspector',
    region: 'us-west-2', now: '2026-05-20T08:00:00Z', token: sessionToken ?? null,
  });
}

if (process.argv[2] === 'presigned') {
  await presigned('js presigned with a body', '{"maxResults":10}');
  await presigned('js presigned with a session token', '{}', TOKEN);
  console.log(JSON.stringify(cases, null, 1));
  process.exit();
}

await captured('js list-findings', new ListFindingsCommand({ maxResults: 10 }));
await captured('js with a session token', new ListRulesPackagesCommand({}), TOKEN);
for (const one of cases) one.headers = one.headers.map(([key, value]) => [key.toLowerCase(), value]);
console.log(JSON.stringify(cases, null, 1));
