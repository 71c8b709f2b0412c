// Call it once, before the first request: traces with OpenTelemetry's own instrumentation of fetch.
import { context, type Meter, metrics, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import { MeterProvider, type MetricReader } from '@opentelemetry/sdk-metrics'
import { type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { WeChatPayEvent } from 'wechatpay-entrust'

/**
 * Starts traces and metrics. In production: a `BatchSpanProcessor` and a
 * `PeriodicExportingMetricReader`.
 */
export function startTelemetry(
  processor: SpanProcessor,
  reader: MetricReader,
): { stop(): Promise<void> } {
  const tracerProvider = new TracerProvider({ spanProcessors: [processor] })
  const meterProvider = new MeterProvider({ readers: [reader] })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  trace.setGlobalTracerProvider(tracerProvider)
  metrics.setGlobalMeterProvider(meterProvider)
  // A span for every attempt, because every attempt is a fetch. It records neither headers nor
  // bodies unless you ask it to.
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
 * For `onEvent`: what a span does not tell, such as which attempt of which operation it was, and
 * why it failed.
 */
export function recordAttempts(meter: Meter): (event: WeChatPayEvent) => void {
  const duration = meter.createHistogram('wechatpay.attempt.duration', { unit: 'ms' })
  const repeats = meter.createCounter('wechatpay.repeats')
  return (event) => {
    if (event.type !== 'attempt') return
    const { operation, host, status, code, requestId, durationMs, willRetry } = event
    duration.record(durationMs, { operation, host, status: status ?? 0, code: code ?? 'OK' })
    if (willRetry) repeats.add(1, { operation, code: code ?? 'OK' })
    // Quoted to WeChat Pay's support; on the span that stands around the call, because it is
    // different every time.
    trace
      .getActiveSpan()
      ?.addEvent('wechatpay.attempt', { attempt: event.attempt, requestId: requestId ?? '' })
  }
}
