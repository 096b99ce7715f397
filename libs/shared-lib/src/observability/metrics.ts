/**
 * What an application tells Prometheus about itself.
 *
 * Owns the registry, one for each application and never prom-client's global one, and that a gauge which is read from
 * somewhere else can neither hurt that place nor the answer. What there is to tell is said by those who register it.
 * Labels have few different values, never ids, and no secrets: /metrics asks nobody who he is.
 */
import { Injectable, Logger } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { FreshValue } from './fresh-value';
import { processMetrics } from './process-metrics';

/** Shorter than the pause between two scrapes, so that each scraper gets news, and one storm of them one query. */
const KEPT_MS = 5_000;

/** Prometheus itself waits ten seconds for everything. */
const TIMEOUT_MS = 2_000;

export interface MetricSettings<Label extends string> {
  /** With its unit, and `_total` for counters: `event_handler_duration_seconds`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly Label[];
}

export interface GaugeSettings<Label extends string> extends MetricSettings<Label> {
  /** Reads the values, all of them; a combination of labels that is missing is no longer told. */
  readonly collect: () => Promise<readonly MetricSample<Label>[]>;
}

export interface HistogramSettings<Label extends string> extends MetricSettings<Label> {
  /** Upper bounds, ascending; from 5 ms to 10 s when left out. */
  readonly buckets?: readonly number[];
}

export interface MetricSample<Label extends string> {
  readonly labels?: Readonly<Partial<Record<Label, string>>>;
  readonly value: number;
}

@Injectable()
export class Metrics {
  private readonly logger = new Logger(Metrics.name);
  private readonly registry = new Registry();
  private readonly process = processMetrics();
  private readonly failures = this.counter({
    name: 'metric_collect_failures_total',
    help: 'Times that a gauge could not be read, and was left out of an answer',
    labels: ['metric'],
  });

  /**
   * A value that is read when somebody asks, at most every five seconds. Where reading fails, or takes longer than two
   * seconds, the gauge is left out, `metric_collect_failures_total` counts it, and the log says it once.
   */
  gauge<Label extends string = never>(settings: GaugeSettings<Label>): void {
    const { name, collect } = settings;
    const samples = new FreshValue(collect, { keptMs: KEPT_MS, timeoutMs: TIMEOUT_MS });
    const { failures, logger } = this;
    let isFailing = false;
    new Gauge({
      ...this.declared(settings),
      async collect() {
        try {
          const known = await samples.get();
          this.reset();
          for (const { labels = {}, value } of known) this.set(labels, value);
          isFailing = false;
        } catch (error) {
          this.reset();
          failures.inc({ metric: name });
          if (!isFailing) logger.warn(`${name} cannot be read and is left out of /metrics`, error);
          isFailing = true;
        }
      },
    });
  }

  /** Durations are observed in seconds. */
  histogram<Label extends string = never>(settings: HistogramSettings<Label>): Histogram<Label> {
    const { buckets } = settings;
    return new Histogram({ ...this.declared(settings), ...(buckets && { buckets: [...buckets] }) });
  }

  counter<Label extends string = never>(settings: MetricSettings<Label>): Counter<Label> {
    return new Counter(this.declared(settings));
  }

  /** Everything, in Prometheus' text format. */
  async text(): Promise<string> {
    const texts = await Promise.all([this.registry, this.process].map((each) => each.metrics()));
    return texts.join('');
  }

  private declared<Label extends string>({ name, help, labels = [] }: MetricSettings<Label>) {
    return { name, help, labelNames: [...labels], registers: [this.registry] };
  }
}
