import type { Pool } from 'pg'

export interface RegisteredMetric {
  key: string
  unit: string
  min: number
  max: number
  decimals: number
}

/** Machines of one type in the register, numbered as device-wire.ts names them, each with the token it has there. */
export async function registerMachines(pool: Pool, count: number, metrics: readonly RegisteredMetric[]): Promise<void> {
  const typeId = crypto.randomUUID()
  await pool.query(
    `insert into device_type (id, key, name_zh, name_en, revision, created_at, updated_at) values ($1, 'registered_machine', '机床', 'Machine', 1, now(), now())`,
    [typeId],
  )
  for (const [position, { key, unit, min, max, decimals }] of metrics.entries())
    await pool.query(
      `insert into device_type_metric (type_id, key, position, name_zh, name_en, unit, low, high, decimals, retired) values ($1, $2, $3, $2, $2, $4, $5, $6, $7, false)`,
      [typeId, key, position, unit, min, max, decimals],
    )
  const id = `('0199a000-0000-7000-8000-' || lpad(n::text, 12, '0'))`
  const numbers = `from generate_series(0, ${count - 1}) as n`
  await pool.query(
    `insert into device (id, serial, serial_key, model, model_key, type_id, created_at) select ${id}::uuid, 'M' || n, 'm' || n, 'MM', 'mm', $1, now() ${numbers}`,
    [typeId],
  )
  await pool.query(
    `insert into device_credential (id, device_id, kind, digest, label, created_at)
     select gen_random_uuid(), ${id}::uuid, 'token', encode(sha256(convert_to('token of ' || ${id}, 'UTF8')), 'hex'), '', now() ${numbers}`,
  )
}
