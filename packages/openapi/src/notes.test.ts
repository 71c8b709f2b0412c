import { expect, test } from 'vitest'
import {
  bodySchemaOf,
  documentOf,
  failureOf,
  linesOf,
  notesOf,
  oneOperation,
  readFiles,
  withSchema,
} from './testing/read-files.ts'

const ok = { responses: { '204': { description: '' } } }
const notesWith = async (...documents: object[]) => {
  const files = documents.map((document, index) => [`${'abc'[index]}.json`, document])
  const made = await readFiles(Object.fromEntries(files))
  return { made, notes: notesOf(made) }
}

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

test('two paths that differ only in the names of parameters are both kept', async () => {
  const { made, notes } = await notesWith(
    documentOf({ '/v3/a/{id}': { get: { ...ok, operationId: 'a' } } }),
    documentOf({ '/v3/a/{name}': { get: { ...ok, operationId: 'b' } } }),
  )
  expect(Object.keys(made.spec.operations)).toEqual(['a', 'b'])
  expect(notes).toMatchInlineSnapshot(`
    [
      "parameter | a.json #/paths/~1v3~1a~1{id}/get | A path parameter is not declared; it is a text: {id} of GET /v3/a/{id}, {name} of GET /v3/a/{name}",
      "path-pair | b.json #/paths/~1v3~1a~1{name}/get | Two paths differ only in the names of parameters; both are kept, and the mock plays the first that fits: GET /v3/a/{name} and /v3/a/{id}",
      "example | a.json #/paths/~1v3~1a~1{id}/get | No complete example of the arguments; a mock makes them from the schemas: GET /v3/a/{id}, GET /v3/a/{name}",
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

test('schemas: what is not checked, not known, or not what it must be', async () => {
  const { made, notes } = await notesWith(
    withSchema({
      type: 'object',
      title: 'Order',
      description: 'text',
      required: true,
      uniqueItems: true,
      'x-sensitve': true,
      'x-my-own': { a: 1 },
      'x-known-values': ['A'],
      properties: {
        a: { type: 'strin', maxLenght: 3, minLength: '1', pattern: '[', 'x-personal': true },
        b: { type: 'array', items: [{ type: 'string' }] },
        c: { const: 'x', default: 'x' },
        d: { type: ['string', null], not: { const: 'y' }, examples: ['e'] },
        e: true,
        f: false,
        g: { additionalProperties: { type: 'integer', minimum: 1 } },
        h: { additionalProperties: false, patternProperties: { '^a': true } },
        i: { prefixItems: [true], items: false },
        type: { type: 'string' },
        nullable: { type: 'boolean' },
        constructor: { type: 'string' },
        ['__proto__']: { type: 'string' },
        '中文 名': { type: 'string' },
      },
    }),
  )
  expect(bodySchemaOf(made)).toMatchInlineSnapshot(`
    {
      "properties": {
        "__proto__": {
          "type": "string",
        },
        "a": {
          "x-personal": true,
        },
        "b": {
          "type": "array",
        },
        "c": {
          "default": "x",
          "enum": [
            "x",
          ],
        },
        "constructor": {
          "type": "string",
        },
        "d": {
          "example": "e",
          "type": [
            "string",
            "null",
          ],
        },
        "e": {},
        "f": {
          "enum": [],
        },
        "g": {
          "additionalProperties": {
            "minimum": 1,
            "type": "integer",
          },
        },
        "h": {},
        "i": {},
        "nullable": {
          "type": "boolean",
        },
        "type": {
          "type": "string",
        },
        "中文 名": {
          "type": "string",
        },
      },
      "type": "object",
      "x-known-values": [
        "A",
      ],
    }
  `)
  expect(notes.filter((note) => !note.startsWith('example'))).toMatchInlineSnapshot(`
    [
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema | required must be a list of names, found true; left out",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema | The client does not check the keyword uniqueItems, WeChat Pay may",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema | Unknown extension "x-sensitve": did you mean x-sensitive? Ignored",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a | type must be one of string, number, integer, boolean, object, array, null, or a list of them, found "strin"; left out",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a | JSON Schema has no keyword "maxLenght": did you mean maxLength? Left out",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a | minLength must be an integer from 0, found "1"; left out",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a | A pattern is no regular expression of JavaScript; left out",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/b | items must be a schema, found [{"type":"string"}]; left out",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/d | The client does not check the keyword not, WeChat Pay may",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/h | The client does not check the keyword patternProperties, WeChat Pay may",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/i | The client does not check the keyword prefixItems, WeChat Pay may",
    ]
  `)
})

test('keywords beside a $ref hold together with it; texts and examples do not matter', async () => {
  const { made } = await notesWith(
    withSchema(
      {
        properties: {
          a: { $ref: '#/components/schemas/A', description: 'a', example: {} },
          b: { $ref: '#/components/schemas/A', required: ['x'], 'x-personal': true },
        },
      },
      { components: { schemas: { A: { type: 'object' } } } },
    ),
  )
  expect(bodySchemaOf(made)?.properties).toEqual({
    a: { $ref: '#/components/schemas/A', example: {} },
    b: { allOf: [{ $ref: '#/components/schemas/A' }], required: ['x'], 'x-personal': true },
  })
})

test('names of schemas: equal ones are one, different ones are renamed, odd ones are cleaned', async () => {
  const money = { type: 'object', properties: { total: { type: 'integer' } } }
  const document = (path: string, schemas: object) =>
    documentOf(
      {
        [path]: {
          post: {
            ...ok,
            operationId: path.slice(4),
            requestBody: {
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
            },
          },
        },
      },
      { components: { schemas } },
    )
  const order = (more: object) => ({
    properties: { money: { $ref: '#/components/schemas/Money' }, ...more },
  })
  const { made, notes } = await notesWith(
    document('/v3/a', { Order: order({}), Money: money }),
    document('/v3/b', { Order: order({}), Money: money }),
    document('/v3/c', {
      Order: order({}),
      Money: { ...money, required: ['total'] },
      'Page«Order»': {},
      'a/b': {},
    }),
  )
  const bodies = Object.values(made.spec.operations).map(({ request }) => request?.json?.$ref)
  expect(bodies).toEqual(
    ['Order', 'Order', 'Order_c'].map((name) => `#/components/schemas/${name}`),
  )
  expect(made.spec.schemas.Order_c?.properties?.money).toEqual({
    $ref: '#/components/schemas/Money_c',
  })
  expect(Object.keys(made.document.components.schemas)).toEqual([
    'Money',
    'Money_c',
    'Order',
    'Order_c',
    'Page_Order',
    'a_b',
  ])
  expect(notes.filter((note) => note.startsWith('schema-name'))).toMatchInlineSnapshot(`
    [
      "schema-name | c.json #/components/schemas/Page«Order» | A name that no $ref can hold unchanged; renamed: Page«Order», a/b",
      "schema-name | c.json #/components/schemas/Order | Schemas with the same name differ; renamed: Order of c.json to Order_c, Money of c.json to Money_c",
    ]
  `)
})

test('$refs into paths and other deep places get names of their own', async () => {
  const { made } = await notesWith(
    documentOf({
      '/v3/a': {
        post: {
          ...ok,
          operationId: 'a',
          requestBody: {
            content: {
              'application/json': { schema: { properties: { x: { items: { type: 'integer' } } } } },
            },
          },
        },
      },
      '/v3/b': {
        post: {
          ...ok,
          operationId: 'b',
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  properties: {
                    x: {
                      $ref: '#/paths/~1v3~1a/post/requestBody/content/application~1json/schema/properties/x',
                    },
                    y: {
                      $ref: '#/paths/~1v3~1a/post/requestBody/content/application~1json/schema/properties/x/items',
                    },
                    z: {
                      $ref: '#/paths/%7E1v3~1a/post/requestBody/content/application~1json/schema',
                    },
                  },
                },
              },
            },
          },
        },
      },
    }),
  )
  expect(made.document.components.schemas).toMatchInlineSnapshot(`
    {
      "v3_a_post_requestBody": {
        "properties": {
          "x": {
            "items": {
              "type": "integer",
            },
          },
        },
      },
      "v3_a_post_requestBody_x": {
        "items": {
          "type": "integer",
        },
      },
      "v3_a_post_requestBody_x_items": {
        "type": "integer",
      },
    }
  `)
})

test('schemas that refer to themselves through properties and items are kept', async () => {
  const { made } = await notesWith(
    withSchema(
      { $ref: '#/components/schemas/Node' },
      {
        components: {
          schemas: {
            Node: {
              properties: {
                next: { $ref: '#/components/schemas/Node' },
                all: { type: 'array', items: { anyOf: [{ $ref: '#/components/schemas/Node' }] } },
              },
            },
          },
        },
      },
    ),
  )
  expect(made.spec.schemas).toMatchObject({
    Node: { properties: { next: { $ref: '#/components/schemas/Node' } } },
  })
})

test('a discriminator follows its schemas to their new names', async () => {
  const { made } = await notesWith(
    withSchema(
      {
        oneOf: [{ $ref: '#/components/schemas/A' }],
        discriminator: { propertyName: 'kind', mapping: { a: '#/components/schemas/A', b: 'B' } },
      },
      { components: { schemas: { A: { properties: { kind: { type: 'string' } } } } } },
    ),
  )
  expect(JSON.stringify(made.document.paths)).toContain(
    '"mapping":{"a":"#/components/schemas/A","b":"B"}',
  )
})

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

test('a $ref in an example is not followed, and a discriminator must be one', async () => {
  const to = { $ref: '#/components/examples/a' }
  const { made, notes } = await notesWith(
    withSchema({
      example: to,
      properties: {
        a: { type: 'string', examples: [{ deep: to }], enum: [to], default: 'x' },
        b: { oneOf: [{}], discriminator: { propertyName: 'kind', mapping: { a: 3 } } },
      },
    }),
  )
  expect(bodySchemaOf(made)).toEqual({
    properties: { a: { type: 'string', default: 'x' }, b: { oneOf: [{}] } },
  })
  expect(JSON.stringify(made.document)).not.toContain('$ref')
  expect(notes).toMatchInlineSnapshot(`
    [
      "example | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/example | A value is data, so its $ref is not followed; left out: a.json#/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/example, a.json#/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a/examples, a.json#/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a/enum",
      "schema-keyword | a.json #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/b | discriminator must be an object with propertyName and a mapping of texts, found {"propertyName":"kind","mapping":{"a":3}; left out",
      "example | a.json #/paths/~1v3~1orders/post | No complete example of the arguments; a mock makes them from the schemas: POST /v3/orders",
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

test('only and except choose operations; what is not chosen is not even checked', async () => {
  const broken = {
    post: {
      requestBody: { content: { 'text/xml': {} } },
      responses: { 200: { $ref: '#/nothing' } },
    },
  }
  const document = documentOf(
    {
      '/v3/pay/orders': { get: { ...ok, operationId: 'orders' } },
      '/v3/pay/orders/{id}': { get: { ...ok, operationId: 'order' } },
      '/v3/refunds': broken,
    },
    { components: { schemas: { Unused: { type: 'nonsense' } } } },
  )
  const made = await readFiles(
    { 'a.json': document },
    { only: ['v3/pay/**'], except: ['/v3/pay/orders'] },
  )
  expect(Object.keys(made.spec.operations)).toEqual(['order'])
  expect(made.document.components.schemas).toEqual({})
  const other = await readFiles({ 'a.json': document }, { except: ['v3/refunds'] })
  expect(Object.keys(other.spec.operations)).toEqual(['orders', 'order'])
})

test('what is not chosen is not even read', async () => {
  const schemas = { A: { $ref: 'broken.yaml' }, B: { $ref: 'missing.yaml' } }
  const files = { 'a.json': { ...oneOperation(), components: { schemas } }, 'broken.yaml': '[' }
  const made = await readFiles(files, { only: ['v3/orders'] }, ['a.json'])
  expect(notesOf(made)).toEqual([])
})

test('properties that are called like keywords keep their references', async () => {
  const to = (name: string) => ({ $ref: `#/components/schemas/${name}` })
  const names = ['default', 'example', 'enum', 'examples', 'items', 'properties', 'discriminator']
  const { made } = await notesWith(
    withSchema(
      { properties: Object.fromEntries(names.map((name, index) => [name, to(`S${index}`)])) },
      {
        components: {
          schemas: Object.fromEntries(names.map((_, index) => [`S${index}`, { minimum: index }])),
        },
      },
    ),
  )
  expect(Object.keys(made.spec.schemas)).toHaveLength(names.length)
  expect(Object.keys(bodySchemaOf(made)?.properties ?? {})).toEqual(names)
})

test('long chains and deep levels do not fill the stack', async () => {
  const length = 3_000
  const schemas = Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `S${index}`,
      { properties: { next: { $ref: `#/components/schemas/S${(index + 1) % length}` } } },
    ]),
  )
  const first = { $ref: '#/components/schemas/S0' }
  const { made } = await notesWith(withSchema(first, { components: { schemas } }))
  expect(Object.keys(made.spec.schemas)).toHaveLength(length)
  const deep = (levels: number): unknown =>
    JSON.parse(`${'{"items":'.repeat(levels)}{}${'}'.repeat(levels)}`)
  // JSON.stringify would fill the stack itself.
  const example = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const text = JSON.stringify(withSchema({ example: 'deep' })).replace('"deep"', example)
  expect(linesOf(await failureOf({ 'a.json': text }))).toEqual([
    expect.stringContaining('more than 500 levels | fewer levels'),
  ])
  expect(linesOf(await failureOf({ 'a.json': withSchema(deep(2_000)) }))).toEqual([
    expect.stringContaining('more than 500 levels | fewer levels'),
  ])
  const yaml = `openapi: 3.1.0\nx-a: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`
  // The place depends on the size of the stack.
  expect((await failureOf({ 'a.yaml': yaml })).problems).toMatchObject([
    { code: 'yaml', found: 'more levels than the parser can read' },
  ])
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
