import { expect, test } from 'vitest'
import { documentOf, failureOf, linesOf, oneOperation, withSchema } from './testing/read-files.ts'

/** One place per code: what is found, with the texts in English and Chinese. */
const cases: { readonly [title: string]: readonly [Parameters<typeof failureOf>[0], ...string[]] } =
  {
    'an input that does not exist': [{}, 'missing.yaml'],
    'a file that is not UTF-8': [{ 'a.yaml': new Uint8Array([0xff, 0xfe, 0x61, 0]) }],
    'an empty folder': [{ 'folder/readme.md': 'text' }, 'folder'],
    'a YAML error': [{ 'a.yaml': 'openapi: 3.1.0\npaths:\n  /v3/a: {\n' }],
    'a key twice': [{ 'a.yaml': 'openapi: 3.1.0\npaths: {}\npaths: {}\n' }],
    'a JSON error': [{ 'a.json': '{\n  "openapi": "3.1.0",\n}' }],
    'a file that is no OpenAPI document': [
      { 'a.json': { name: 'x', version: '1', scripts: {}, main: '' } },
    ],
    'an empty file': [{ 'a.yaml': '' }],
    'a list': [{ 'a.yaml': '- a' }],
    'an unknown version': [{ 'a.json': { ...oneOperation(), openapi: '4.0.0' } }],
    'Swagger 1.2': [{ 'a.json': { swagger: '1.2' } }],
    'paths that is a list': [{ 'a.json': documentOf([]) }],
    'a path that is a text': [{ 'a.json': documentOf({ '/v3/a': 'x' }) }],
    'an operation that is null': [{ 'a.json': documentOf({ '/v3/a': { get: null } }) }],
    'parameters that are no list': [{ 'a.json': oneOperation({ parameters: { a: 1 } }) }],
    'a parameter without name': [{ 'a.json': oneOperation({ parameters: [{ in: 'query' }] }) }],
    'a parameter in another place': [
      { 'a.json': oneOperation({ parameters: [{ name: 'a', in: 'formdata' }] }) },
    ],
    'a requestBody without content': [
      { 'a.json': oneOperation({ requestBody: { required: true } }) },
    ],
    'a response that is a text': [{ 'a.json': oneOperation({ responses: { 200: 'ok' } }) }],
    'a status that is none': [{ 'a.json': oneOperation({ responses: { OK: {} } }) }],
    'a summary that is a number': [{ 'a.json': oneOperation({ summary: 3 }) }],
    'a schema that is a text': [{ 'a.json': withSchema('string') }],
    'webhooks that are a list': [{ 'a.json': oneOperation({}, { webhooks: [] }) }],
    'a $ref to nothing': [{ 'a.json': withSchema({ $ref: '#/components/schemas/Order' }) }],
    'a $ref to a file that does not exist': [{ 'a.json': withSchema({ $ref: 'b.yaml#/Order' }) }],
    'a $ref to a file with an error': [
      { 'a.json': withSchema({ $ref: 'b.yaml#/Order' }), 'b.yaml': 'a: [' },
      'a.json',
    ],
    'a $ref to an anchor': [{ 'a.json': withSchema({ $ref: '#order' }) }],
    'a $ref to the network': [
      { 'a.json': withSchema({ $ref: 'https://example.com/a.yaml#/Order' }) },
    ],
    'a path item that refers to itself': [
      { 'a.json': documentOf({ '/v3/a': { $ref: '#/paths/~1v3~1a' } }) },
    ],
    'a response that refers to itself': [
      {
        'a.json': oneOperation(
          { responses: { 200: { $ref: '#/components/responses/A' } } },
          { components: { responses: { A: { $ref: '#/components/responses/A' } } } },
        ),
      },
    ],
    'a schema that consists of itself': [
      {
        'a.json': withSchema(
          { $ref: '#/components/schemas/A' },
          {
            components: {
              schemas: {
                A: { $ref: '#/components/schemas/B' },
                B: { allOf: [{ $ref: '#/components/schemas/A' }] },
              },
            },
          },
        ),
      },
    ],
    'an alias inside its own anchor': [
      { 'a.yaml': 'openapi: 3.1.0\npaths:\n  /v3/a:\n    get: &a\n      x-a: *a\n      x-b: *a\n' },
    ],
    'an operationId that is a number': [{ 'a.json': oneOperation({ operationId: 3 }) }],
    'an operationId twice': [
      {
        'a.json': documentOf({
          '/v3/a': { get: { operationId: 'read', responses: {} } },
          '/v3/b': { get: { operationId: 'read', responses: {} } },
        }),
      },
    ],
    'an operation in two documents': [{ 'a.json': oneOperation(), 'b.json': oneOperation() }],
    'a webhook in two documents': [
      {
        'a.json': documentOf({}, { webhooks: { 'A.B': { post: {} } } }),
        'b.json': documentOf({}, { webhooks: { 'A.B': { post: {} } } }),
      },
    ],
    'a request body that is no JSON': [
      {
        'a.json': documentOf({
          '/v3/a': { post: { requestBody: { content: { 'application/xml': {} } }, responses: {} } },
        }),
      },
    ],
    'a path with a query': [
      { 'a.json': documentOf({ '/v3/a?b={b}': { get: { responses: {} } } }) },
    ],
    'a path with the same parameter twice': [
      { 'a.json': documentOf({ '/v3/{a}/{a}': { get: { responses: {} } } }) },
    ],
    'an extension with another value': [{ 'a.json': oneOperation({ 'x-retry': 'always' }) }],
    'an error row without status': [
      { 'a.json': oneOperation({ 'x-errors': [{ code: 'A' }, 'B'] }) },
    ],
    'a field of x-echo that is not there': [{ 'a.json': oneOperation({ 'x-echo': ['id'] }) }],
    'an example file that does not exist': [
      {
        'a.json': oneOperation({
          parameters: [
            { name: 'q', in: 'query', schema: {}, examples: { a: { externalValue: 'a/b.json' } } },
          ],
        }),
      },
    ],
    'no operation at all': [{ 'a.json': documentOf({}) }],
    'no operation that the client does not have': [
      { 'a.json': documentOf({ '/v2/a': { get: { responses: {} } } }) },
    ],
  }

for (const [title, [files, ...inputs]] of Object.entries(cases)) {
  test(title, async () => {
    const error = await failureOf(files, {}, inputs.length === 0 ? undefined : inputs)
    expect(error).toMatchObject({ name: 'DocumentError', code: error.problems[0]?.code })
    expect([error.message, error.remedy?.zh]).toMatchSnapshot()
    expect(error.message.endsWith(error.remedy?.en ?? '?')).toBe(true)
  })
}

test('all problems of all documents are reported together', async () => {
  const error = await failureOf({
    'a.yaml':
      'openapi: 3.1.0\npaths:\n  /v3/a:\n    get:\n      x-retry: no\n      summary: [a]\n      responses:\n        200: { $ref: "#/x" }\n',
    'b.json': '{',
    'c.json': withSchema({ properties: { a: { $ref: 'd.yaml' }, b: { $ref: 'd.yaml' } } }),
  })
  expect(linesOf(error)).toMatchInlineSnapshot(`
    [
      "json | b.json:1:2  | the end of the file, where JSON is not complete | valid JSON, each member once",
      "reference | a.yaml:8:9 #/paths/~1v3~1a/get/responses/200 | $ref "#/x": there is no "x" in a.yaml# | a $ref to something that exists",
      "extension | a.yaml:5:7 #/paths/~1v3~1a/get/x-retry | x-retry: "no" | safe or unsafe",
      "structure | a.yaml:6:7 #/paths/~1v3~1a/get/summary | summary that is a list | a text",
      "reference | c.json:17:24 #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a | $ref "d.yaml": there is no file d.yaml | a $ref to something that exists",
      "reference | c.json:20:24 #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/b | $ref "d.yaml": there is no file d.yaml | a $ref to something that exists",
    ]
  `)
  expect(error.message).toMatchInlineSnapshot(`
    "6 problems:
    - b.json:1:2: found the end of the file, where JSON is not complete; expected valid JSON, each member once
    - a.yaml:8:9 #/paths/~1v3~1a/get/responses/200: found $ref "#/x": there is no "x" in a.yaml#; expected a $ref to something that exists
    - a.yaml:5:7 #/paths/~1v3~1a/get/x-retry: found x-retry: "no"; expected safe or unsafe
    - a.yaml:6:7 #/paths/~1v3~1a/get/summary: found summary that is a list; expected a text
    - c.json:17:24 #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/a: found $ref "d.yaml": there is no file d.yaml; expected a $ref to something that exists
    - c.json:20:24 #/paths/~1v3~1orders/post/requestBody/content/application~1json/schema/properties/b: found $ref "d.yaml": there is no file d.yaml; expected a $ref to something that exists
    Correct the JSON at this line: no comments, no comma after the last member. Correct the $ref: a path is relative to the file that contains it, and what follows # is a JSON Pointer. Correct the extension: the README of @wechatpay-entrust/openapi has a table of all of them. Correct the document; the OpenAPI specification says what belongs in this place."
  `)
})

test('a pattern that matches nothing is an error, with a path that is near', async () => {
  const files = { 'a.json': oneOperation() }
  const error = await failureOf(files, { only: ['v3/order', 'v3/orders'], except: ['v2/**'] })
  expect(linesOf(error)).toMatchInlineSnapshot(`
    [
      "pattern-unused | options:-:-  | the pattern "v3/order", which matches no path | a pattern that matches a path, for example "v3/orders"",
      "pattern-unused | options:-:-  | the pattern "v2/**", which matches no path | a pattern that matches the path of at least one operation",
    ]
  `)
})
