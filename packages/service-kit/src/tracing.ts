import { createHash } from 'node:crypto';
import type { StageName } from '@newsmill/contracts';

/** What one stage did for one state of one URL. */
export interface TraceStep {
  readonly stage: StageName;
  readonly urlId: string;
  readonly generation: number;
  readonly attempt: number;
  /** Milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** Why it did not go on. */
  readonly error?: string | undefined;
}

export interface Tracing extends AsyncDisposable {
  step(step: TraceStep): void;
}

export interface TracingOptions {
  readonly service: string;
  /** Base URL of an OTLP/HTTP collector; traces go to `/v1/traces` below it. */
  readonly endpoint: string;
  /** Share of traces that are sent, 0 to 1. */
  readonly ratio: number;
}

/** Ids as hexadecimal digits: 32 for a trace, 16 for a span (W3C Trace Context § 3.2). */
export interface TraceIds {
  readonly traceId: string;
  readonly spanId: string;
  /** The fetch that all began with; undefined for the fetch itself. */
  readonly parentId: string | undefined;
}

/**
 * The trace of a URL's state follows from the ids that its jobs have anyway: nothing travels through the queues for it,
 * a job that is delivered twice is one span, and all services keep or drop the same traces.
 */
export function traceIdsOf({
  urlId,
  generation,
  stage,
  attempt,
}: Pick<TraceStep, 'urlId' | 'generation' | 'stage' | 'attempt'>): TraceIds {
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const state = `${urlId}/${generation}`;
  const root = hash(`${state}/visit/1`).slice(0, 16);
  const isRoot = stage === 'visit';
  return {
    traceId: hash(state).slice(0, 32),
    spanId: isRoot ? root : hash(`${state}/${stage}/${attempt}`).slice(0, 16),
    parentId: isRoot ? undefined : root,
  };
}

/** Sends steps to a collector in the background; an absent collector costs nothing but the traces. */
export async function createTracing({ service, endpoint, ratio }: TracingOptions): Promise<Tracing> {
  // Half a megabyte of code that a service without a collector need not load.
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const next = { traceId: '', spanId: '' };
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `newsmill-${service}`, 'service.namespace': 'newsmill' }),
    sampler: new sdk.TraceIdRatioBasedSampler(ratio),
    // Spans are started one at a time, so what the next one is called can be laid out before.
    idGenerator: { generateTraceId: () => next.traceId, generateSpanId: () => next.spanId },
    spanProcessors: [
      new sdk.BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })),
    ],
  });
  const tracer = provider.getTracer('newsmill');
  return {
    step(step) {
      const { traceId, spanId, parentId } = traceIdsOf(step);
      Object.assign(next, { traceId, spanId });
      const parent =
        parentId === undefined
          ? api.ROOT_CONTEXT
          : api.trace.setSpanContext(api.ROOT_CONTEXT, {
              traceId,
              spanId: parentId,
              traceFlags: api.TraceFlags.SAMPLED,
              isRemote: true,
            });
      const span = tracer.startSpan(
        step.stage === 'visit' ? 'fetch' : step.stage,
        {
          startTime: step.startMs,
          kind: step.stage === 'visit' ? api.SpanKind.CLIENT : api.SpanKind.CONSUMER,
          attributes: {
            ...step.attributes,
            'newsmill.url_id': step.urlId,
            'newsmill.generation': step.generation,
            'newsmill.attempt': step.attempt,
          },
        },
        parent,
      );
      if (step.error !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR, message: step.error });
      span.end(step.endMs);
    },
    async [Symbol.asyncDispose]() {
      // A collector that does not answer must not hold up the stop.
      await Promise.race([provider.shutdown(), new Promise((resolve) => setTimeout(resolve, 1_000).unref())]).catch(
        () => undefined,
      );
    },
  };
}
