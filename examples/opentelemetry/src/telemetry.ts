// Traces with OpenTelemetry's own instrumentation of fetch, and metrics. Call `startTelemetry` once,
// before the first request.
import { context, type Meter, metrics, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import { MeterProvider, type MetricReader } from '@opentelemetry/sdk-metrics'
import { type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { WeChatPayEvent } from 'wechatpay-entrust'

/** In production: a `BatchSpanProcessor` and a `PeriodicExportingMetricReader`. */
export function startTelemetry(
  processor: SpanProcessor,
  reader: MetricReader,
): { stop(): Promise<void> } {
  const tracerProvider = new TracerProvider({ spanProcessors: [processor] })
  const meterProvider = new MeterProvider({ readers: [reader] })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(tracerProvider)
  metrics.setGlobalMeterProvider(meterProvider)
  // Every attempt is a fetch, so each has a span. By default it contains no headers and no bodies.
  const fetches = new UndiciInstrumentation()
  fetches.setTracerProvider(tracerProvider)
  return {
    async stop() {
      fetches.disable()
      await Promise.all([tracerProvider.shutdown(), meterProvider.shutdown()])
    },
  }
}

/**
 * For `onEvent`: records what a span does not contain, such as the operation, the number of the
 * attempt, and the code of the failure.
 */
export function recordAttempts(meter: Meter): (event: WeChatPayEvent) => void {
  const duration = meter.createHistogram('wechatpay.attempt.duration', { unit: 'ms' })
  const repeats = meter.createCounter('wechatpay.repeats')
  return (event) => {
    if (event.type !== 'attempt') return
    const { operation, host, status, code, requestId, durationMs, willRetry } = event
    duration.record(durationMs, { operation, host, status: status ?? 0, code: code ?? 'OK' })
    if (willRetry) repeats.add(1, { operation, code: code ?? 'OK' })
    // WeChat Pay's support asks for the request id. It belongs on the caller's span, not in a label:
    // it is different every time.
    trace
      .getActiveSpan()
      ?.addEvent('wechatpay.attempt', { attempt: event.attempt, requestId: requestId ?? '' })
  }
}
