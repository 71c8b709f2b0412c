// Declares for Redocly that `x-opened-resource` is a schema, so that its $ref is resolved, checked and
// counted as used.
export default () => ({
  id: 'entrust',
  typeExtension: {
    oas3: (types) => ({
      ...types,
      Operation: {
        ...types.Operation,
        properties: { ...types.Operation.properties, 'x-opened-resource': 'Schema' },
      },
    }),
  },
})
