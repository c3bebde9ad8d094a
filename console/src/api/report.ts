import {
  GetAssessmentReportCommand,
  type InspectorClient,
  type ReportFileFormat,
  type ReportType,
} from '@aws-sdk/client-inspector';

/** Has the service make the report and returns its address. Asks again each second until it is there. */
export async function reportAddress(
  client: InspectorClient,
  assessmentRunArn: string,
  reportType: ReportType,
  reportFileFormat: ReportFileFormat,
  pause: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve, 1000)),
): Promise<string> {
  const command = new GetAssessmentReportCommand({ assessmentRunArn, reportFileFormat, reportType });
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const { status, url } = await client.send(command);
    if (status === 'COMPLETED') return webAddress(url);
    if (status === 'FAILED') throw new Error('the service could not make the report');
    await pause();
  }
  throw new Error('the report was not ready within five minutes');
}

/** Only an address that leads to a page, so that no other scheme can run inside this one. */
export function webAddress(url: string | undefined): string {
  const address = url && URL.canParse(url, origin()) ? new URL(url, origin()) : undefined;
  if (address?.protocol !== 'https:' && address?.protocol !== 'http:') {
    throw new Error('the service gave no usable address of the report');
  }
  return address.href;
}

function origin(): string | undefined {
  return globalThis.location?.origin;
}
