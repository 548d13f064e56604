import { devicesById, noSuchDevice, visibleIntervals } from '#features/devices/server'
import { type Account, invalid, mayCallPrivate, type Platform } from '#platform/server'

/** 422 where an address is none to send to. Whether its host is in a private network is seen when it is called. */
export function demandAddress(platform: Platform, companyId: string | null, address: string): void {
  const url = URL.canParse(address) ? new URL(address) : null
  const plain = url?.protocol === 'http:' && mayCallPrivate(platform.config, companyId)
  if (url && (url.protocol === 'https:' || plain) && !url.username && !url.password && !url.hash) return
  throw invalid([
    {
      field: '/address',
      message: { 'zh-CN': '这不是可以发送的地址。', en: 'This is no address to send to.' },
      remedy: {
        'zh-CN': '请填写以 https:// 开头的完整地址，不含用户名、密码和 #。',
        en: 'Enter a whole address that begins with https://, without name, password or #.',
      },
    },
  ])
}

/** 404 where of one of the machines nothing may be seen, as for one that is not there. */
export async function demandDevices(platform: Platform, actor: Account, deviceIds: readonly string[] | null): Promise<void> {
  if (!deviceIds || deviceIds.length === 0) return
  if (actor.kind === 'staff') {
    if ((await devicesById(platform.database, deviceIds)).length < new Set(deviceIds).size) throw noSuchDevice()
    return
  }
  const seen = new Set((await visibleIntervals(platform, actor, deviceIds)).map(({ deviceId }) => deviceId))
  if (deviceIds.some(id => !seen.has(id))) throw noSuchDevice()
}
