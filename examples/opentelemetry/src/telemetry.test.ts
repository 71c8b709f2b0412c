import { readFileSync } from 'node:fs'
import { metrics, trace } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { expect, test } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { recordAttempts, startTelemetry } from './telemetry.ts'

const json = JSON.parse(
  readFileSync(
    new URL(
      '../../../spec/examples/qs-mini-program-pre-entrust-sign.request.json',
      import.meta.url,
    ),
    'utf8',
  ),
)

test('each attempt is counted and has a span under the span of the call; both contain nothing secret or personal (T-26)', async () => {
  const spans = new InMemorySpanExporter()
  const measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({
    exporter: measured,
    exportIntervalMillis: 3_600_000,
  })
  const telemetry = startTelemetry(new SimpleSpanProcessor({ exporter: spans }), reader)
  const server = await startMockServer()
  try {
    const wechatpay = createWeChatPay({
      ...server.mock.merchant,
      baseUrl: server.baseUrl,
      onEvent: recordAttempts(metrics.getMeter('example')),
    })
    server.mock.faults.add({ operation: 'qsMiniProgramPreEntrustSign', name: '503', times: 1 })
    await trace.getTracer('example').startActiveSpan('sign a contract', async (span) => {
      await wechatpay.qsMiniProgramPreEntrustSign({ json })
      span.end()
    })
    await reader.forceFlush()

    const finished = spans.getFinishedSpans()
    const call =
      finished.find(({ name }) => name === 'sign a contract') ??
      expect.fail('There is no span for the call')
    const attempts = finished.filter(({ name }) => name === 'POST')
    expect(attempts.map(({ attributes }) => attributes['http.response.status_code'])).toEqual([
      503, 200,
    ])
    for (const attempt of attempts)
      expect(attempt.parentSpanContext?.spanId).toBe(call.spanContext().spanId)
    expect(call.events).toMatchObject([
      { name: 'wechatpay.attempt', attributes: { attempt: 1 } },
      {
        name: 'wechatpay.attempt',
        attributes: { attempt: 2, requestId: expect.stringMatching(/./) },
      },
    ])

    const [repeats, duration] = ['wechatpay.repeats', 'wechatpay.attempt.duration'].map((name) =>
      measured
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
        .find(({ descriptor }) => descriptor.name === name),
    )
    expect(repeats?.dataPoints).toMatchObject([
      {
        value: 1,
        attributes: { operation: 'qsMiniProgramPreEntrustSign', code: 'SERVICE_UNAVAILABLE' },
      },
    ])
    expect(duration?.dataPoints.map(({ attributes }) => attributes.status)).toEqual([503, 200])

    const all = JSON.stringify([
      finished.map(({ name, attributes, events, status }) => ({
        name,
        attributes,
        events,
        status,
      })),
      measured.getMetrics().map(({ scopeMetrics }) => scopeMetrics),
    ])
    expect(all).toContain(server.baseUrl)
    expect(all).not.toMatch(/WECHATPAY2|PRIVATE KEY|nonce_str/)
    for (const personal of [json.openid, json.contract_display_account])
      expect(all).not.toContain(personal)
  } finally {
    await server.close()
    await telemetry.stop()
  }
})
