/** Comments, quoted texts and quoted names: a word in them is no command. */
const quoted =
  /--[^\n]*|\/\*[\s\S]*?\*\/|\be'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1/gi

/** Any other characters may come first, such as the end of a nested comment. */
const ends =
  /^[^a-z]*(?:begin|start\s+transaction|commit|end|abort|prepare\s+transaction|rollback(?!\s+(?:(?:work|transaction)\s+)?to\b))\b/i

/**
 * For stores with SQL: whether a statement begins or ends a transaction. `SAVEPOINT`, `RELEASE` and
 * `ROLLBACK TO` do not. Looks at the first statement, or at each of several.
 */
export function endsTransaction(sql: string, which: 'first' | 'each'): boolean {
  const statements = sql
    .replace(quoted, ' ')
    .split(';')
    .filter((statement) => statement.trim() !== '')
  return statements.slice(0, which === 'first' ? 1 : undefined).some((one) => ends.test(one))
}

/** @throws {Error} if `apply` would begin or end the transaction, or uses it when it is over */
export function requireOpen(isOver: boolean, sql: string, which: 'first' | 'each'): void {
  if (isOver)
    throw new Error(
      'The transaction of this notification is over: await every statement inside apply.',
    )
  if (endsTransaction(sql, which))
    throw new Error(
      'The inbox itself begins and ends the transaction of apply: remove BEGIN, COMMIT and ROLLBACK.',
    )
}
