import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { Logger } from 'pino';

/**
 * Sends spans, and says once when that fails and once when it works again: the SDK would say it at every batch, every five
 * seconds for as long as the collector is away. The spans of a batch that failed are gone; no caller hears of it, since
 * none could do anything.
 */
export class TellingExporter implements SpanExporter {
  private isFailing = false;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly logger: Logger,
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.exporter.export(spans, ({ code, error }) => {
      this.tell(code === ExportResultCode.FAILED, error);
      done({ code: ExportResultCode.SUCCESS });
    });
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  private tell(failed: boolean, error: Error | undefined): void {
    if (failed === this.isFailing) return;
    this.isFailing = failed;
    if (failed)
      this.logger.warn(`traces are lost, trying on: the collector does not take them (${reason(error)})`);
    else this.logger.info('the collector takes traces again');
  }
}

function reason(error: Error | undefined): string {
  return error?.message || 'it does not say why';
}
