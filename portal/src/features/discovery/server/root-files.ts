import { sql } from 'kysely'
import { conflict, invalid, type LocalizedFieldError, notFound, type Platform } from '#platform/server'
import { faultOfRootFile, mostRootFiles, type RootFileFault } from '../core/index.ts'
import type { DiscoveryTables } from './tables.ts'

/** Serves a file at the root from now on; one of that name is replaced. Fails with 422 naming what is wrong with it. */
export async function addRootFile(platform: Platform, { name, content }: { name: string; content: string }): Promise<void> {
  const fault = faultOfRootFile(name, content)
  if (fault) throw invalid([wrongFile(name, fault)])
  await platform.database.transaction(async () => {
    const db = platform.database.db<DiscoveryTables>()
    const values = { content, added_at: platform.now() }
    await db
      .insertInto('root_file')
      .values({ name, ...values })
      .onConflict(conflict => conflict.column('name').doUpdateSet(values))
      .execute()
    const { count } = await db.selectFrom('root_file').select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()
    if (count > mostRootFiles) throw tooMany()
    await platform.audit.write({
      action: 'discovery.file-added',
      target: { kind: 'portal', id: 'discovery' },
      facts: { name, characters: content.length },
    })
  })
}

/** 404: there is no such file */
export async function removeRootFile(platform: Platform, name: string): Promise<void> {
  await platform.database.transaction(async () => {
    const removed = await platform.database
      .db<DiscoveryTables>()
      .deleteFrom('root_file')
      .where('name', '=', name)
      .returning('name')
      .executeTakeFirst()
    if (!removed) throw notFound({ 'zh-CN': '验证文件', en: 'verification file' })
    await platform.audit.write({
      action: 'discovery.file-removed',
      target: { kind: 'portal', id: 'discovery' },
      facts: { name },
    })
  })
}

/** Its content, or of the file with IndexNow's key the key; null: there is no such file. */
export async function findRootFile({ database }: Platform, name: string): Promise<string | null> {
  const db = database.db<DiscoveryTables>()
  const file = await db.selectFrom('root_file').select('content').where('name', '=', name).executeTakeFirst()
  if (file) return file.content
  if (!/^[0-9a-f]{32}\.txt$/.test(name)) return null
  const key = await db
    .selectFrom('discovery')
    .select('index_now_key')
    .where('index_now_key', '=', name.slice(0, -4))
    .executeTakeFirst()
  return key?.index_now_key ?? null
}

function wrongFile(name: string, fault: RootFileFault): LocalizedFieldError {
  switch (fault.fault) {
    case 'name':
      return {
        field: '/name',
        value: name,
        message: { 'zh-CN': '这不是验证文件的名称。', en: 'This is not the name of a verification file.' },
        remedy: {
          'zh-CN': '请使用下载时的原文件名：字母、数字、下划线或连字符，以 .txt、.html 或 .xml 结尾。',
          en: 'Use the name it was downloaded with: letters, digits, _ or -, and at the end .txt, .html or .xml.',
        },
      }
    case 'reserved':
      return {
        field: '/name',
        value: name,
        message: { 'zh-CN': '此地址由门户自己使用。', en: 'The portal itself answers at this address.' },
        remedy: { 'zh-CN': '请确认文件名与平台给出的一致。', en: 'Look whether the name is the one that was given out.' },
      }
    case 'empty':
      return {
        field: '/content',
        message: { 'zh-CN': '文件没有内容。', en: 'The file is empty.' },
        remedy: {
          'zh-CN': '请选择下载的文件，或粘贴其内容。',
          en: 'Choose the file that was downloaded, or paste what it holds.',
        },
      }
    case 'tag':
      return {
        field: '/content',
        value: fault.tag,
        message: {
          'zh-CN': `验证文件不应含有 ${fault.tag}。`,
          en: `A verification file does not hold ${fault.tag}.`,
        },
        remedy: {
          'zh-CN': '只接受平台给出的验证文件，不能借此发布网页。',
          en: 'Only files as engines give them out are taken; this is no way to publish a page.',
        },
      }
  }
}

const tooMany = () =>
  conflict(
    'too-many-root-files',
    { 'zh-CN': `最多 ${mostRootFiles} 个验证文件。`, en: `There may be ${mostRootFiles} verification files.` },
    { 'zh-CN': '请先删除不再需要的文件。', en: 'Remove one that is no longer needed.' },
  )
