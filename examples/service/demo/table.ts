import type { Pool } from 'pg'

export interface Line {
  readonly contract: string
  readonly state: string
  /** Rows that its notifications wrote: must be one. */
  readonly effects: number
  /** How often a handler was started for it. */
  readonly attempts: number
}

export async function readLines(pool: Pool): Promise<Line[]> {
  const { rows } = await pool.query<Line>(
    `SELECT left(c.out_contract_code, 12) AS contract, c.state, count(e)::int AS effects, max(i.attempts)::int AS attempts
     FROM contracts c
     LEFT JOIN contract_events e USING (out_contract_code)
     LEFT JOIN wechatpay_inbox i ON i.id = e.cause
     GROUP BY c.out_contract_code ORDER BY c.created_at`,
  )
  return rows
}

export function formatTable(lines: readonly Line[]): string {
  const rows = lines.map(({ contract, state, effects, attempts }) =>
    [contract, state, effects, attempts].map(String),
  )
  return [['contract', 'state', 'effects', 'attempts'], ...rows]
    .map((row) =>
      `  ${row.map((cell, at) => cell.padEnd([14, 9, 9, 0][at] ?? 0)).join('')}`.trimEnd(),
    )
    .join('\n')
}
