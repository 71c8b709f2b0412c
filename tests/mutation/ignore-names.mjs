/**
 * Ignores the values of a list of option names, `const names: { [Name in …]: true } = { … }`: only
 * its keys are read. It is a record, so that the compiler reports a missing name.
 */
const listOfNames = {
  shouldIgnore(path) {
    const declared = path.isVariableDeclarator() && path.node.id.typeAnnotation?.typeAnnotation
    const isList =
      declared?.type === 'TSMappedType' && declared.typeAnnotation?.literal?.value === true
    return isList ? 'only the keys of a list of names are read' : undefined
  },
}

export const strykerPlugins = [{ kind: 'Ignore', name: 'list-of-names', value: listOfNames }]
