import { createHash } from 'node:crypto'
import { type IncomingFile, paletteWith, readableSignal, type Scheme } from '#platform/core'
import { type Account, changedMeanwhile, type Database, invalid, type Platform, receivePicture } from '#platform/server'
import { type BrandPictureName, type ShownBrand, styleOf } from '../core/index.ts'
import type { ManufacturerTables } from './tables.ts'

/** px that a picture is made to fit: twice or more what any page, document or mail shows. */
export const boxes: Record<BrandPictureName, { width: number; height: number }> = {
  logo: { width: 720, height: 180 },
  mark: { width: 256, height: 256 },
}

/** What the audit log holds of a change. */
type Look = Record<string, string | null>

export interface Brand {
  signal: string | null
  logo: ShownBrand['logo']
  mark: ShownBrand['mark']
}

/** With the revision that an edit has to name; 0 where nobody has chosen anything yet. */
export async function readBrand(database: Database, lock = false): Promise<{ brand: Brand; revision: number }> {
  const db = database.db<ManufacturerTables>()
  const [row, pictures] = [
    await db
      .selectFrom('brand')
      .select(['signal', 'revision'])
      .$if(lock, query => query.forUpdate())
      .executeTakeFirst(),
    await db.selectFrom('brand_picture').select(['which', 'width', 'height', 'hash']).execute(),
  ]
  const shown = (name: BrandPictureName) => {
    const found = pictures.find(({ which }) => which === name)
    return found ? { path: `/brand/${name}-${found.hash}.png`, width: found.width, height: found.height } : null
  }
  return { brand: { signal: row?.signal ?? null, logo: shown('logo'), mark: shown('mark') }, revision: row?.revision ?? 0 }
}

/** What pages need of it. */
export async function shownBrand(database: Database): Promise<ShownBrand> {
  const { brand } = await readBrand(database)
  return { style: brand.signal && stylePath(brand.signal), logo: brand.logo, mark: brand.mark }
}

/** The palette of documents and pictures that leave the portal. */
export async function brandPalette(database: Database, scheme: Scheme = 'light') {
  return paletteWith((await readBrand(database)).brand.signal, scheme)
}

/** A style sheet is its colour: the address says all of it, and the hash what this version makes of that. */
export const stylePath = (signal: string): string => `/brand/${signal.slice(1)}-${hashOf(styleOf(signal))}.css`

/** Chooses the colour. Fails with 422 naming the nearest colour where this one cannot be read, with 412 where somebody was faster. */
export async function changeSignal(
  platform: Platform,
  actor: Pick<Account, 'id'>,
  { signal, revision }: { signal: string | null; revision: string },
): Promise<void> {
  if (signal !== null) demandReadable(signal)
  await platform.database.transaction(async () => {
    const before = await readBrand(platform.database, true)
    if (String(before.revision) !== revision) throw changedMeanwhile()
    await touch(platform, before.revision, { signal })
    await note(platform, actor, { signal: before.brand.signal }, { signal })
  })
}

/** Fails with 422 naming the nearest colour where this one cannot be read. */
export function demandReadable(signal: string): void {
  const nearest = readableSignal(signal)
  if (nearest === signal) return
  throw invalid([
    {
      field: '/signal',
      value: signal,
      message: {
        'zh-CN': '此颜色的按钮或文字在页面上看不清。',
        en: 'Buttons or writing of this colour cannot be read on the page.',
      },
      remedy: { 'zh-CN': `请使用最接近的可读颜色 ${nearest}。`, en: `Take the nearest that can be read: ${nearest}.` },
    },
  ])
}

/** Puts a picture in place of the one there is. Throws file-refused. */
export async function putPicture(
  platform: Platform,
  actor: Pick<Account, 'id'>,
  which: BrandPictureName,
  incoming: IncomingFile,
): Promise<void> {
  const { png, width, height } = await receivePicture(platform, incoming, boxes[which])
  const values = { png, width, height, hash: hashOf(png), updated_at: platform.now() }
  await platform.database.transaction(async () => {
    const before = await readBrand(platform.database, true)
    await platform.database
      .db<ManufacturerTables>()
      .insertInto('brand_picture')
      .values({ which, ...values })
      .onConflict(conflict => conflict.column('which').doUpdateSet(values))
      .execute()
    await touch(platform, before.revision, {})
    await note(platform, actor, { [which]: before.brand[which]?.path ?? null }, { [which]: `/brand/${which}-${values.hash}.png` })
  })
}

/** Nothing there is as good as taken away. */
export async function takePictureAway(platform: Platform, actor: Pick<Account, 'id'>, which: BrandPictureName): Promise<void> {
  await platform.database.transaction(async () => {
    const before = await readBrand(platform.database, true)
    await platform.database.db<ManufacturerTables>().deleteFrom('brand_picture').where('which', '=', which).execute()
    await touch(platform, before.revision, {})
    await note(platform, actor, { [which]: before.brand[which]?.path ?? null }, { [which]: null })
  })
}

/** The bytes of a picture, where it is still the one with this hash. */
export async function findPicture(database: Database, which: BrandPictureName, hash?: string): Promise<Buffer | null> {
  const row = await database
    .db<ManufacturerTables>()
    .selectFrom('brand_picture')
    .select('png')
    .where('which', '=', which)
    .$if(hash !== undefined, query => query.where('hash', '=', hash!))
    .executeTakeFirst()
  return row?.png ?? null
}

async function touch(platform: Platform, revision: number, change: { signal?: string | null }): Promise<void> {
  const values = { ...change, revision: revision + 1, updated_at: platform.now() }
  await platform.database
    .db<ManufacturerTables>()
    .insertInto('brand')
    .values({ signal: null, ...values })
    .onConflict(conflict => conflict.column('only_one').doUpdateSet(values))
    .execute()
  await platform.live.publish('pages', 'brand')
}

async function note(platform: Platform, actor: Pick<Account, 'id'>, before: Look, after: Look): Promise<void> {
  await platform.record('brand.changed', { by: actor.id })
  await platform.audit.write({ action: 'brand.changed', target: { kind: 'brand', id: 'brand' }, before, after })
}

const hashOf = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex').slice(0, 16)
