import type { LaunchFailure } from './launch-error.ts';

/** The one line that a broker process writes to stdout: how its start went. */
export type Report =
  | { started: { startId: string; pid: number; port: number } }
  | { failed: { kind: LaunchFailure; message: string } };

export function printReport(report: Report): string {
  return `${JSON.stringify(report)}\n`;
}

/** Reads the line back; undefined if it is none of ours. */
export function parseReport(line: string): Report | undefined {
  try {
    const report = JSON.parse(line) as Partial<Report>;
    return 'started' in report || 'failed' in report ? (report as Report) : undefined;
  } catch {
    return undefined;
  }
}
