import { expect, test } from 'vitest'
import { endsTransaction } from './transaction-commands.ts'

test.each([
  'COMMIT',
  ' rollback',
  ';END',
  'BEGIN',
  'begin immediate',
  'START TRANSACTION',
  'ABORT',
  'ROLLBACK WORK',
  'ROLLBACK TRANSACTION',
  "PREPARE TRANSACTION 'x'",
  'END TRANSACTION',
  '/* note */ COMMIT',
  '-- note\nCOMMIT',
  '--\r\n\t/* a */ /* b */\nROLLBACK;',
  '/* /* nested */ */ COMMIT',
  '\ufeffCOMMIT',
  '/**/commit/**/',
])('%j ends or begins a transaction', (sql) => {
  expect(endsTransaction(sql, 'first')).toBe(true)
  expect(endsTransaction(sql, 'each')).toBe(true)
})

test.each([
  'SAVEPOINT mine',
  'RELEASE mine',
  'ROLLBACK TO mine',
  'ROLLBACK TRANSACTION TO SAVEPOINT mine',
  'rollback work to mine',
  'SELECT 1 -- COMMIT',
  "INSERT INTO notes VALUES ('a; COMMIT')",
  "INSERT INTO notes VALUES (E'it\\'s; COMMIT')",
  'SELECT "x;commit" FROM commits',
  'DO $body$ BEGIN PERFORM 1; END $body$',
  'INSERT INTO ending VALUES (1)',
  'UPDATE t SET commit = 1',
  '',
])('%j does not', (sql) => {
  expect(endsTransaction(sql, 'each')).toBe(false)
})

test('a later statement counts only where the driver runs several', () => {
  expect(endsTransaction('SELECT 1; COMMIT', 'each')).toBe(true)
  expect(endsTransaction('SELECT 1; COMMIT', 'first')).toBe(false)
})
