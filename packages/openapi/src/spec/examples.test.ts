import { expect, test } from 'vitest'
import { documentOf, notesWith, ok, oneOperation } from '../testing/read-files.ts'

test('examples: the first that is complete; incomplete ones are left out', async () => {
  const schema = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, list: { type: 'array', items: { required: ['n'] } } },
  }
  const operation = (example: unknown, response: unknown) => ({
    requestBody: {
      required: true,
      content: { 'application/json': { schema, ...(example as object) } },
    },
    responses: {
      '200': {
        description: '',
        content: { 'application/json': { schema, ...(response as object) } },
      },
    },
  })
  const { made, notes } = await notesWith(
    documentOf({
      '/v3/a': {
        post: {
          operationId: 'a',
          ...operation(
            { example: { id: '1' } },
            { examples: { x: { value: { id: '2', list: [{ n: 1 }] } } } },
          ),
        },
      },
      '/v3/b': {
        post: {
          operationId: 'b',
          ...operation({ example: {} }, { example: { id: '2', list: [{}] } }),
        },
      },
      '/v3/c': {
        post: {
          operationId: 'c',
          ...operation({ examples: { x: { externalValue: 'https://x.test/a.json' } } }, {}),
        },
      },
      '/v3/d/{e}': {
        get: {
          operationId: 'd',
          ...ok,
          parameters: [
            { name: 'e', in: 'path', required: true, schema: { type: 'string', examples: ['x'] } },
            { name: 'f', in: 'query', schema: {}, example: 1 },
          ],
        },
      },
    }),
  )
  expect(made.spec.examples).toEqual({
    a: { args: { json: { id: '1' } }, data: { id: '2', list: [{ n: 1 }] } },
    d: { args: { path: { e: 'x' } } },
  })
  expect(notes).toMatchInlineSnapshot(`
    [
      "example | a.json #/paths/~1v3~1c/post/requestBody/content/application~1json/examples/x | An example is on the network; left out: https://x.test/a.json",
      "example | a.json #/paths/~1v3~1b/post | No complete example of the arguments; a mock makes them from the schemas: POST /v3/b, POST /v3/c",
      "example | a.json #/paths/~1v3~1b/post | No complete example of the response; a mock makes it from the schemas: POST /v3/b, POST /v3/c",
    ]
  `)
})

test('webhooks: event types and resource, with and without extensions', async () => {
  const body = (schema: object) => ({
    requestBody: { content: { 'application/json': { schema } } },
  })
  const envelope = {
    type: 'object',
    properties: { event_type: { type: 'string', enum: ['REFUND.SUCCESS'] }, resource: {} },
  }
  const { made, notes } = await notesWith(
    documentOf(
      {},
      {
        webhooks: {
          'TRANSACTION.SUCCESS': { post: body({ type: 'object' }) },
          refund: {
            post: {
              ...body({ $ref: '#/components/schemas/Envelope' }),
              'x-opened-resource': { $ref: '#/components/schemas/Refund' },
            },
          },
          paid: {
            post: {
              ...body({ type: 'object' }),
              'x-event-types': ['A.B', 'A.C'],
              'x-inferred': true,
            },
          },
          unknown: { post: body({ properties: { event_type: { type: 'string' }, resource: {} } }) },
          get: { get: {} },
        },
        components: {
          schemas: { Envelope: { allOf: [envelope] }, Refund: { type: 'object', properties: {} } },
        },
      },
    ),
  )
  expect(made.spec.webhooks).toEqual({
    'TRANSACTION.SUCCESS': { eventTypes: ['TRANSACTION.SUCCESS'], resource: { type: 'object' } },
    refund: { eventTypes: ['REFUND.SUCCESS'], resource: { $ref: '#/components/schemas/Refund' } },
    paid: { eventTypes: ['A.B', 'A.C'], resource: { type: 'object' }, inferred: true },
    unknown: { eventTypes: [] },
  })
  expect(Object.keys(made.spec.schemas)).toEqual(['Refund'])
  expect(notes).toMatchInlineSnapshot(`
    [
      "webhook | a.json #/webhooks/get | WeChat Pay sends notifications by POST; a webhook without post is left out: get",
      "webhook | a.json #/webhooks/unknown/post | A webhook has no x-event-types, and its name is no event type: name the event types where you receive it: unknown",
      "webhook | a.json #/webhooks/unknown/post | A webhook has no x-opened-resource: its resource has no type: unknown",
    ]
  `)
})

test('extensions of an operation; a code of x-errors names its row in x-error-codes', async () => {
  const row = {
    status: 400,
    code: 'PARAM_ERROR',
    zh: '参数错误',
    remedyEn: 'Correct it',
    source: 'x',
  }
  const { made, notes } = await notesWith(
    oneOperation(
      {
        parameters: [{ name: 'id', in: 'query', schema: { type: 'string' } }],
        responses: {
          '200': {
            description: '',
            content: { 'application/json': { schema: { properties: { id: { type: 'string' } } } } },
          },
        },
        'x-retry': 'unsafe',
        'x-retry-says-zh': '请先查询。',
        'x-errors': [
          'PARAM_ERROR',
          {
            status: 404,
            code: 'NOT_FOUND',
            remedyZh: '请检查单号',
            causes: [{ contains: 'a', remedyZh: 'b', remedyEn: 'c' }],
          },
        ],
        'x-echo': ['id'],
        'x-retyr': 'safe',
        'x-mine': 1,
      },
      { 'x-error-codes': [row] },
    ),
  )
  expect(made.spec.operations.getOrders).toMatchInlineSnapshot(`
    {
      "echo": [
        "id",
      ],
      "errors": [
        {
          "code": "PARAM_ERROR",
          "remedyEn": "Correct it",
          "remedyZh": "Correct it",
          "status": 400,
          "zh": "参数错误",
        },
        {
          "causes": [
            {
              "contains": "a",
              "remedyEn": "c",
              "remedyZh": "b",
            },
          ],
          "code": "NOT_FOUND",
          "remedyEn": "请检查单号",
          "remedyZh": "请检查单号",
          "status": 404,
          "zh": "",
        },
      ],
      "id": "getOrders",
      "method": "GET",
      "path": "/v3/orders",
      "request": {
        "query": {
          "id": {
            "type": "string",
          },
        },
      },
      "response": {
        "properties": {
          "id": {
            "type": "string",
          },
        },
      },
      "retry": "unsafe",
      "retrySays": {
        "en": "请先查询。",
        "zh": "请先查询。",
      },
      "status": 200,
    }
  `)
  expect(notes.filter((note) => !note.startsWith('example'))).toMatchInlineSnapshot(`
    [
      "extension | a.json #/paths/~1v3~1orders/get/x-retyr | Unknown extension x-retyr: did you mean x-retry? Ignored: GET /v3/orders",
    ]
  `)
})
