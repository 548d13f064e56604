import { randomBytes } from 'node:crypto'
import { changedMeanwhile, invalid, type LocalizedFieldError, type Platform } from '#platform/server'
import { type Codes, channels, type EngineId, engines, indexNowHosts, readBaiduToken, readCode } from '../core/index.ts'
import { channelsOf, forgetWaiting, pagesChanged } from './pages-changed.ts'
import { type DiscoveryRow, readSettings } from './settings.ts'
import type { DiscoveryTables } from './tables.ts'

interface Change {
  hidden?: boolean | undefined
  /** as pasted */
  codes?: Codes | undefined
  indexNow?: { on: boolean; host?: string | undefined } | undefined
  /** as pasted */
  baiduToken?: string | undefined
  wechat?: { appId: string; secret?: string | undefined } | undefined
  /** the revision that was seen */
  revision: string
}

/**
 * Changes what is given. Fails with 422 naming what was pasted wrongly, with 412 where somebody was faster. Once engines are welcome
 * again they are told of all pages.
 */
export async function changeSettings(platform: Platform, { revision, ...change }: Change): Promise<void> {
  await platform.database.transaction(async () => {
    const before = await readSettings(platform.database, true)
    if (String(before.revision) !== revision) throw changedMeanwhile()
    const after = await changed(platform, before, change)
    const values = {
      ...after,
      codes: JSON.stringify(after.codes),
      revision: before.revision + 1,
      updated_at: platform.now(),
    }
    const kept = await platform.database
      .db<DiscoveryTables>()
      .insertInto('discovery')
      .values(values)
      .onConflict(conflict => conflict.column('only_one').doUpdateSet(values).where('discovery.revision', '=', before.revision))
      .returning('revision')
      .executeTakeFirst()
    if (!kept) throw changedMeanwhile() // both were the first, with no row to wait for
    await platform.audit.write({
      action: 'discovery.changed',
      target: { kind: 'portal', id: 'discovery' },
      before: shownInAudit(before),
      after: shownInAudit(after),
    })
    await platform.live.publish('pages', 'discovery')
    for (const channel of channels) if (!channelsOf(after).includes(channel)) await forgetWaiting(platform, channel)
    if (before.hidden && !after.hidden)
      await pagesChanged(
        platform,
        (await platform.publicPages()).map(({ path }) => path),
      )
  })
}

async function changed(
  { config, vault }: Platform,
  before: DiscoveryRow,
  change: Omit<Change, 'revision'>,
): Promise<DiscoveryRow> {
  const after = { ...before, hidden: change.hidden ?? before.hidden }
  if (change.codes) after.codes = mergeCodes(before.codes, change.codes)
  if (change.indexNow) {
    after.index_now_host = change.indexNow.on ? (change.indexNow.host ?? before.index_now_host ?? indexNowHosts[0]) : null
    after.index_now_key = before.index_now_key ?? (change.indexNow.on ? randomBytes(16).toString('hex') : null)
  }
  if (change.baiduToken !== undefined) {
    const token = change.baiduToken.trim() === '' ? null : demandToken(change.baiduToken, new URL(config.publicUrl).host)
    after.baidu_token = token === null ? null : await vault.seal(token, 'discovery.baidu_token')
  }
  if (change.wechat) {
    const { appId, secret } = change.wechat
    demandWechat(appId, secret, before)
    after.wechat_app_id = appId || null
    if (!appId) after.wechat_secret = null
    else if (secret) after.wechat_secret = await vault.seal(secret, 'discovery.wechat_secret')
  }
  return after
}

function mergeCodes(before: Codes, pasted: Codes): Codes {
  const after = { ...before }
  const errors: LocalizedFieldError[] = []
  for (const [id, text = ''] of Object.entries(pasted) as [EngineId, string | undefined][]) {
    if (text.trim() === '') {
      delete after[id]
      continue
    }
    const read = readCode(id, text)
    if (read.status === 'code') after[id] = read.code
    else errors.push(wrongCode(id, text, read.status === 'other' ? read.engine : null))
  }
  if (errors.length > 0) throw invalid(errors)
  return after
}

function wrongCode(id: EngineId, value: string, other: EngineId | null): LocalizedFieldError {
  const { name, tag, example } = engines[id]
  return {
    field: `/codes/${id}`,
    value: value.slice(0, 100),
    message: other
      ? {
          'zh-CN': `这是${engines[other].name['zh-CN']}的验证标签，不是${name['zh-CN']}的。`,
          en: `This is the tag of ${engines[other].name.en}, not of ${name.en}.`,
        }
      : { 'zh-CN': `没有找到${name['zh-CN']}的验证码。`, en: `There is no code of ${name.en} in it.` },
    remedy: {
      'zh-CN': `请粘贴名为 ${tag} 的整个 meta 标签，或其中 content 的值，如 ${example}。`,
      en: `Paste the whole meta tag named ${tag}, or the value of its content, such as ${example}.`,
    },
  }
}

function demandToken(pasted: string, host: string): string {
  const read = readBaiduToken(pasted, host)
  if (read.status === 'token') return read.token
  throw invalid([
    {
      field: '/baiduToken', // its value is a secret
      message:
        read.status === 'site'
          ? {
              'zh-CN': `此接口地址属于站点“${read.site}”，而本门户是“${host}”。`,
              en: `This address is for the site “${read.site}”, and this portal is “${host}”.`,
            }
          : { 'zh-CN': '这不是百度的推送密钥。', en: 'This is not a token of Baidu.' },
      remedy: {
        'zh-CN': `请在百度搜索资源平台为 ${host} 复制接口调用地址，或其中 token= 之后的部分。`,
        en: `Copy the interface address that Baidu shows for ${host}, or what stands in it after token=.`,
      },
    },
  ])
}

function demandWechat(appId: string, secret: string | undefined, before: DiscoveryRow): void {
  if (appId === '') return
  const errors: LocalizedFieldError[] = []
  if (!/^wx[0-9a-f]{16}$/.test(appId))
    errors.push({
      field: '/wechat/appId',
      value: appId,
      message: { 'zh-CN': '这不是公众号的 AppID。', en: 'This is not the AppID of a WeChat account.' },
      remedy: {
        'zh-CN': 'AppID 以 wx 开头，后接 16 位十六进制字符，见公众平台“开发接口管理”。',
        en: 'It begins with wx and goes on with 16 hexadecimal digits.',
      },
    })
  const kept = !secret && before.wechat_secret !== null && before.wechat_app_id === appId
  if (!kept && !/^[0-9a-f]{32}$/.test(secret ?? ''))
    errors.push({
      field: '/wechat/secret',
      message: { 'zh-CN': '这不是公众号的 AppSecret。', en: 'This is not the AppSecret of a WeChat account.' },
      remedy: {
        'zh-CN': 'AppSecret 是 32 位十六进制字符；忘记时在公众平台重置。',
        en: 'It has 32 hexadecimal digits. Who has lost it resets it at WeChat.',
      },
    })
  if (errors.length > 0) throw invalid(errors)
}

const shownInAudit = (row: DiscoveryRow) => ({
  hidden: row.hidden,
  codes: row.codes,
  indexNow: row.index_now_host,
  baidu: row.baidu_token !== null,
  wechat: row.wechat_app_id,
})
