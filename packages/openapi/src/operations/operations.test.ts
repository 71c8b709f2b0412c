import { expect, test } from 'vitest'
import { documentOf, notesWith, ok, oneOperation } from '../testing/read-files.ts'

test('an operationId that is absent, or no identifier', async () => {
  const { made, notes } = await notesWith(
    documentOf({
      '/v3/a/{b_c}': {
        get: { ...ok, parameters: [{ name: 'b_c', in: 'path', schema: { type: 'string' } }] },
      },
      '/v3/b': {
        get: { ...ok, operationId: 'read the order' },
        post: { ...ok, operationId: '__proto__' },
      },
    }),
  )
  expect(Object.keys(made.spec.operations)).toEqual(['get_v3_a_$bC', 'read the order', '__proto__'])
  expect(notes).toMatchInlineSnapshot(`
    [
      "operation-id | a.json #/paths/~1v3~1a~1{b_c}/get | No operationId: the id is made from method and path: GET /v3/a/{b_c}",
      "operation-id | a.json #/paths/~1v3~1b/get/operationId | An operationId is no identifier: write it in quotes, operations["…"]: read the order",
      "example | a.json #/paths/~1v3~1a~1{b_c}/get | No complete example of the arguments; a mock makes them from the schemas: GET /v3/a/{b_c}",
    ]
  `)
})

test('paths that are left out, and joined with the path of their server', async () => {
  const { made, notes } = await notesWith(
    documentOf(
      {
        '/v2/a': { get: ok },
        '/a': { get: ok, servers: [{ url: 'https://x.test/v3/deep/' }] },
        '/v3/b': { get: ok, head: ok, trace: ok, gett: ok, 'x-a': 1 },
        '/c': {
          get: {
            ...ok,
            servers: [{ url: 'https://{h}/{v}', variables: { v: { default: 'v3' } } }],
          },
        },
        '/d': { get: { ...ok, servers: [{ url: '/v3' }] } },
      },
      { servers: [{ url: 'https://proxy.test/wechat' }] },
    ),
  )
  expect(Object.values(made.spec.operations).map(({ path }) => path)).toEqual([
    '/v3/deep/a',
    '/v3/b',
    '/v3/c',
    '/v3/d',
  ])
  expect(made.document.servers).toEqual([{ url: 'https://proxy.test' }])
  expect(notes.filter((note) => !note.startsWith('operation-id'))).toMatchInlineSnapshot(`
    [
      "operation-left-out | a.json #/paths/~1v3~1b/head | APIv3 has no such method; left out: HEAD /v3/b, TRACE /v3/b",
      "operation-left-out | a.json #/paths/~1v3~1b/gett | A path has an unknown member; left out: "gett" of /v3/b; did you mean get?",
      "operation-left-out | a.json #/paths/~1v2~1a/get | The path does not begin with /v3/, so APIv3 does not sign it; left out: GET /wechat/v2/a",
    ]
  `)
})

test('parameters: headers, cookies, undeclared and superfluous ones, lists, media types', async () => {
  const { made, notes } = await notesWith(
    documentOf({
      '/v3/{a}/{b}': {
        parameters: [
          { name: 'b', in: 'path', schema: { type: 'integer' } },
          { name: 'q', in: 'query', schema: { type: 'string' } },
        ],
        get: {
          ...ok,
          operationId: 'one',
          parameters: [
            { name: 'q', in: 'query', required: true, schema: { type: 'integer' }, example: 5 },
            { name: 'c', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'Authorization', in: 'header', schema: {} },
            { name: 'Idempotency-Key', in: 'header', schema: {} },
            { name: 'session', in: 'cookie', schema: {} },
            { name: 'list', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
            {
              name: 'comma',
              in: 'query',
              explode: false,
              schema: { type: 'array', items: { type: 'string' }, description: 'ids' },
            },
            { name: 'filter', in: 'query', content: { 'application/json': { schema: {} } } },
            { name: 'free', in: 'query' },
          ],
        },
      },
    }),
  )
  expect(made.spec.operations.one?.request).toEqual({
    path: { a: { type: 'string' }, b: { type: 'integer' } },
    query: {
      q: { type: 'integer' },
      list: { type: 'array', items: { type: 'string' } },
      comma: { type: 'string' },
      filter: { type: 'string' },
      free: {},
    },
    requiredQuery: ['q'],
  })
  expect(notes).toMatchInlineSnapshot(`
    [
      "parameter | a.json #/paths/~1v3~1{a}~1{b}/get/parameters/1 | A path parameter is not in the path; left out: c of GET /v3/{a}/{b}",
      "parameter | a.json #/paths/~1v3~1{a}~1{b}/get/parameters/3 | A header parameter is left out: a call has no argument for it: Idempotency-Key of GET /v3/{a}/{b}",
      "parameter | a.json #/paths/~1v3~1{a}~1{b}/get/parameters/4 | A cookie parameter is left out: a call has no argument for it: session of GET /v3/{a}/{b}",
      "parameter | a.json #/paths/~1v3~1{a}~1{b}/get/parameters/6 | A parameter is of type array; pass the text that goes into the URL: comma of GET /v3/{a}/{b}",
      "parameter | a.json #/paths/~1v3~1{a}~1{b}/get/parameters/7 | A parameter has a media type; pass the text that goes into the URL: filter of GET /v3/{a}/{b}",
      "parameter | a.json #/paths/~1v3~1{a}~1{b}/get | A path parameter is not declared; it is a text: {a} of GET /v3/{a}/{b}",
      "example | a.json #/paths/~1v3~1{a}~1{b}/get | No complete example of the arguments; a mock makes them from the schemas: GET /v3/{a}/{b}",
    ]
  `)
})

test('frequent slips: a body with a 204, numbers in the enum of a text', async () => {
  const content = { 'application/json': { schema: { type: 'object' } } }
  const kind = { type: 'string', enum: [2401, '2500'], example: 2401 }
  const { made, notes } = await notesWith(
    documentOf({
      '/v3/a': {
        post: {
          operationId: 'close',
          requestBody: {
            content: { 'application/json': { schema: { type: 'object', properties: { kind } } } },
          },
          responses: { 204: { description: '', content } },
        },
      },
    }),
  )
  const { close } = made.spec.operations
  expect(close?.response).toBeUndefined()
  expect(close?.request?.json?.properties?.kind).toEqual({
    type: 'string',
    enum: ['2401', '2500'],
    example: '2401',
  })
  expect(notes.filter((note) => !note.startsWith('example'))).toMatchInlineSnapshot(`
    [
      "schema-keyword | a.json #/paths/~1v3~1a/post/requestBody/content/application~1json/schema/properties/kind | Numbers in the enum of a string are read as texts: put them in quotes",
      "response | a.json #/paths/~1v3~1a/post | HTTP allows no body with 204: its schema is left out: POST /v3/a",
    ]
  `)
})

test('media types and responses', async () => {
  const json = { schema: { type: 'object' } }
  const { made, notes } = await notesWith(
    documentOf({
      '/v3/upload': {
        post: {
          ...ok,
          operationId: 'upload',
          requestBody: { content: { 'multipart/form-data': {} } },
        },
      },
      '/v3/both': {
        post: {
          operationId: 'both',
          requestBody: { content: { 'multipart/form-data': {}, 'application/vnd.a+json': json } },
          responses: { '2XX': { content: { 'text/json': json, 'text/csv': {} } }, '400': {} },
        },
        get: {
          operationId: 'body',
          requestBody: { content: { 'application/json': json } },
          responses: { default: { content: { '*/*': json } } },
        },
        delete: {
          operationId: 'none',
          requestBody: { required: true, content: { 'application/json': json } },
          responses: { '404': {} },
        },
      },
      '/v3/bill': {
        get: { operationId: 'bill', responses: { '200': { content: { 'text/csv': {} } } } },
      },
      '/v3/unsigned': { get: { ...ok, operationId: 'unsigned', 'x-signed-response': 'absent' } },
      '/v3/callback': { get: { ...ok, operationId: 'callback', callbacks: { a: {} } } },
      '/v3/two': {
        get: {
          operationId: 'two',
          responses: { '202': {}, '201': { content: { 'application/json': json } } },
        },
      },
    }),
  )
  const shown = Object.values(made.spec.operations).map(({ id, status, request, response }) => [
    id,
    status,
    Boolean(request?.json),
    request?.isJsonOptional,
    response !== undefined,
  ])
  expect(shown).toEqual([
    ['both', 200, true, true, true],
    ['body', 200, false, undefined, true],
    ['none', 200, true, undefined, false],
    ['bill', 200, false, undefined, false],
    ['callback', 204, false, undefined, false],
    ['two', 201, false, undefined, true],
  ])
  expect(notes.filter((note) => !note.startsWith('example'))).toMatchInlineSnapshot(`
    [
      "operation-left-out | a.json #/paths/~1v3~1upload/post | The body is multipart/form-data: call it with client.upload(path, { file }): POST /v3/upload",
      "media-type | a.json #/paths/~1v3~1both/post | Of several media types JSON is read, not multipart/form-data: POST /v3/both",
      "media-type | a.json #/paths/~1v3~1both/post | Of several media types JSON is read, not text/csv: POST /v3/both",
      "media-type | a.json #/paths/~1v3~1both/get/requestBody | A GET has no body in APIv3; left out: GET /v3/both",
      "response | a.json #/paths/~1v3~1both/get | The only success is "default": read as 200: GET /v3/both",
      "response | a.json #/paths/~1v3~1both/delete | No success is documented: 200 without body is assumed: DELETE /v3/both",
      "media-type | a.json #/paths/~1v3~1bill/get/responses/200 | A response is text/csv, not JSON: no data is read from it: GET /v3/bill",
      "operation-left-out | a.json #/paths/~1v3~1unsigned/get | The success is not signed (x-signed-response), so a call could not return it; left out: use client.download or client.downloadUnverified: GET /v3/unsigned",
      "operation-left-out | a.json #/paths/~1v3~1callback/get | Callbacks are left out: describe notifications as webhooks: GET /v3/callback",
    ]
  `)
})

test('OpenAPI 3.2 is read as 3.1, which is noted', async () => {
  const { notes } = await notesWith({ ...oneOperation(), openapi: '3.2.0' })
  expect(notes).toMatchInlineSnapshot(`
    [
      "version | a.json #/openapi | OpenAPI 3.2 is read as 3.1, without what is new in it: a.json",
    ]
  `)
})

test('more than three places are counted', async () => {
  const paths = Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e'].map((name) => [`/v3/${name}`, { get: ok }]),
  )
  const { made, notes } = await notesWith(documentOf(paths))
  expect(notes).toMatchInlineSnapshot(`
    [
      "operation-id | a.json #/paths/~1v3~1a/get | No operationId: the id is made from method and path: GET /v3/a, GET /v3/b, GET /v3/c and 2 more",
    ]
  `)
  expect(made.notes).toMatchObject([{ count: 5 }])
})
