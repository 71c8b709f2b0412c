// Tells Redocly that `x-opened-resource` holds a schema: its $ref is followed, checked and counted
// as a use.
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
