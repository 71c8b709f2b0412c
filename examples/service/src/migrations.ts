import type { Pool } from 'pg'

/** Each runs once, in this order. Never change one afterwards. The inbox has its own migrations. */
const migrations: readonly string[] = [
  `CREATE TABLE contracts (
     out_contract_code text PRIMARY KEY,
     user_id text NOT NULL,
     state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'signed', 'terminated')),
     contract_id text,
     created_at timestamptz NOT NULL DEFAULT now()
   );
   CREATE INDEX contracts_pending ON contracts (created_at, out_contract_code) WHERE state = 'pending';
   CREATE TABLE contract_events (
     out_contract_code text NOT NULL REFERENCES contracts,
     event text NOT NULL,
     cause text NOT NULL,
     at timestamptz NOT NULL DEFAULT now()
   );`,
]

/** Safe when several processes start at once: one migrates, the others wait for it. */
export async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query("SELECT pg_advisory_xact_lock(hashtext('contract service: migrations'))")
    await client.query('CREATE TABLE IF NOT EXISTS migrations (version int PRIMARY KEY)')
    const { rows } = await client.query(
      'SELECT coalesce(max(version), 0) AS version FROM migrations',
    )
    for (let version = rows[0].version; version < migrations.length; version++) {
      await client.query(migrations[version] as string)
      await client.query('INSERT INTO migrations VALUES ($1)', [version + 1])
    }
    await client.query('COMMIT')
  } finally {
    client.release(true) // closes the connection, and with it a failed transaction
  }
}
